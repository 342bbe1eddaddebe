import { readProjectFile } from '../../../../../schema/files.js';
import type { Loader } from '../../model/loader.js';
import type { AboutData, Catalogue, MapSource } from './data.js';

/** Reads what the catalogues state of themselves. The page is shown without that, too. */
export const loadAbout: Loader<AboutData> = async ({ language, execute }) => {
  const { catalogues } = await execute<{ catalogues: readonly (Catalogue | null)[] | null }>('about', { language });
  return { catalogues, mapSources: readMapSources() };
};

const readMapSources = (): MapSource[] =>
  Object.values(
    JSON.parse(readProjectFile('services/portal/web/maps/boundaries/sources.json')) as Record<string, MapSource>,
  );
