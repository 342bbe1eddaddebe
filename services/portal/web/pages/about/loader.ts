import { readProjectFile } from '../../../../../schema/files.js';
import type { Loader } from '../../model/loader.js';
import type { AboutData, Catalogue, MapSource } from './data.js';

/** Reads what the catalogues state of themselves. The page is shown without that, too. */
export const loadAbout: Loader<AboutData> = async ({ language, execute, municipalities }) => {
  const { catalogues } = await execute<{ catalogues: readonly (Catalogue | null)[] | null }>('about', { language });
  return { catalogues, mapSources: [...readMapSources(), ...(municipalities ? [giscoSource] : [])] };
};

/** The operator's file of municipal boundaries: see docs/web-pages.md. */
const giscoSource: MapSource = {
  attribution: '© EuroGeographics for the administrative boundaries',
  source: 'https://ec.europa.eu/eurostat/web/gisco/geodata/statistical-units/local-administrative-units',
  licence: 'Eurostat GISCO, for non-commercial use',
};

const readMapSources = (): MapSource[] =>
  Object.values(
    JSON.parse(readProjectFile('services/portal/web/maps/boundaries/sources.json')) as Record<string, MapSource>,
  );
