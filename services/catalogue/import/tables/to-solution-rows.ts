import { toSearchText } from '../../../shared/name-search.js';
import { normalise } from '../../../shared/normalise.js';
import type { NationalCatalogue } from '../../model/national-catalogue.js';
import type { PubliccodeRecord } from '../../publiccode/record.js';
import type { AdoptionRow, PortfolioRow, RecordColumns } from '../../model/rows.js';
import type { ReadRow } from './read-table.js';
import { RowError } from '../core/row-error.js';
import { requireKnownIfDomestic, checkPeriod, requireKnown, toProvenance, type References } from './row-checks.js';
import * as tables from './table-definitions.js';

export const toRecordRow =
  (national: NationalCatalogue, references: References) =>
  (row: ReadRow<typeof tables.records>): RecordColumns => {
    const { cells } = row;
    if (cells.aliases.includes(cells.address)) {
      throw new RowError(
        'aliases',
        `contains the record's own address, ${cells.address}: list only its other addresses`,
      );
    }
    if ([cells.address, ...cells.aliases].includes(cells.part_of ?? ''))
      throw new RowError('part_of', `is the record's own address: name the solution of which it is a part`);
    return {
      id: cells.id,
      address: cells.address,
      aliases: cells.aliases,
      partOf: cells.part_of,
      kind: cells.kind,
      publisherId:
        cells.publisher === null ? null : requireKnownIfDomestic(national, references, 'publisher', cells.publisher),
      publisherName: cells.publisher_name,
      content: toContent(row),
      maintainedUntil: cells.maintained_until,
      issues: [],
      validByStandard: null,
      codes: cells.codes,
      provenance: toProvenance(references, cells),
      ...toSearchColumns(toContent(row)),
    };
  };

/** The columns of a record by which it is sorted and searched. */
export function toSearchColumns({
  name,
  description,
}: PubliccodeRecord): Pick<RecordColumns, 'sortName' | 'searchText'> {
  const texts = [
    name,
    ...description.flatMap(({ localisedName, shortDescription }) => [localisedName, shortDescription]),
  ];
  return { sortName: normalise(name).slice(0, 300), searchText: toSearchText(texts.filter((text) => text !== null)) };
}

/** Empty values of the fields that the tables have no column for. */
const fieldsWithoutColumn = {
  softwareVersion: null,
  logo: null,
  usedBy: [],
  fundedBy: [],
  roadmap: null,
  supports: [],
  organisation: null,
  intendedAudience: { countries: [], unsupportedCountries: [], scope: [] },
  localisation: { localisationReady: null, availableLanguages: [] },
  dependsOn: { open: [], proprietary: [], hardware: [] },
} as const;

function toContent(row: ReadRow<typeof tables.records>): PubliccodeRecord {
  const { cells } = row;
  const [names, descriptions] = [row.texts('localised_name_'), row.texts('short_description_')];
  const languages = [...new Set([...names, ...descriptions].map(({ language }) => language))];
  return {
    ...fieldsWithoutColumn,
    name: cells.name,
    url: cells.url,
    landingURL: cells.landing_url,
    applicationSuite: cells.application_suite,
    isBasedOn: cells.based_on,
    releaseDate: cells.release_date,
    developmentStatus: cells.development_status,
    softwareType: cells.software_type,
    categories: cells.categories,
    platforms: cells.platforms,
    legal: { license: cells.licence, mainCopyrightOwner: null },
    maintenance: { type: cells.maintenance_type, contractors: [] },
    description: languages.map((language) => ({
      language,
      localisedName: names.find((text) => text.language === language)?.text ?? null,
      shortDescription: descriptions.find((text) => text.language === language)?.text ?? null,
      longDescription: null,
      documentation: null,
      apiDocumentation: null,
      features: [],
      screenshots: [],
      videos: [],
      awards: [],
    })),
  };
}

export const toPortfolioRow =
  (references: References) =>
  ({ cells }: ReadRow<typeof tables.portfolio>): PortfolioRow => {
    checkPeriod(cells);
    return {
      id: cells.id,
      consortiumId: requireKnown(references, 'consortium', cells.consortium),
      address: cells.address,
      stage: cells.stage,
      level: cells.level,
      ...tables.toPeriodColumns(cells),
      endReason: cells.end_reason,
      observedOn: cells.observed_on,
      provenance: toProvenance(references, cells),
    };
  };

export const toAdoptionRow =
  (national: NationalCatalogue, references: References) =>
  ({ cells, named = [] }: ReadRow<typeof tables.adoptions>): AdoptionRow => {
    checkPeriod(cells);
    const [byName] = named;
    if (cells.administration === null && cells.group === null && cells.raw_name === null) {
      throw new RowError('administration', 'is required unless there is a group or a raw_name: an adoption has a user');
    }
    if (cells.start === null && cells.observed_on === null) {
      throw new RowError('observed_on', 'is required if start is empty: the adoption counts from that day');
    }
    return {
      id: cells.id,
      administrationId:
        cells.administration === null
          ? null
          : requireKnownIfDomestic(national, references, 'administration', cells.administration),
      usersGroup: cells.group,
      address: cells.address,
      status: cells.status,
      ...tables.toPeriodColumns(cells),
      version: cells.version,
      rawName: cells.raw_name ?? byName?.written ?? null,
      matchConfidence: cells.match_confidence ?? byName?.confidence ?? null,
      observedOn: cells.observed_on,
      provenance: toProvenance(references, cells),
    };
  };

/** Takes the fields that the tables have no column for from the stored content of a record. */
export function keepFieldsWithoutColumn(content: PubliccodeRecord, before: PubliccodeRecord): PubliccodeRecord {
  const otherFields = Object.fromEntries(
    Object.keys(fieldsWithoutColumn).map((field) => [field, before[field as keyof typeof fieldsWithoutColumn]]),
  );
  const { mainCopyrightOwner } = before.legal;
  const { contractors } = before.maintenance;
  const languages = new Set([...content.description, ...before.description].map(({ language }) => language));
  return {
    ...content,
    ...otherFields,
    legal: { ...content.legal, mainCopyrightOwner },
    maintenance: { ...content.maintenance, contractors },
    description: [...languages].flatMap((language) => {
      const current = content.description.find((description) => description.language === language);
      const stored = before.description.find((description) => description.language === language);
      if (!stored) return current ?? [];
      const { localisedName = null, shortDescription = null } = current ?? {};
      return { ...stored, localisedName, shortDescription };
    }),
  };
}
