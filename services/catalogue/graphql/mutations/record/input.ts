import type { LocalisedText } from '../../../../shared/languages.js';
import type { NationalCatalogue } from '../../../model/national-catalogue.js';
import type { ProvenanceInput, RecordInput } from '../../../generated/resolver-types.js';
import { toRecordRow } from '../../../import/tables/to-solution-rows.js';
import * as tables from '../../../import/tables/table-definitions.js';
import { readLicence } from '../../../publiccode/licence.js';
import type { WrittenRecord } from '../../../model/rows.js';
import { type FieldPath, invalidValue, reject, MutationError } from '../core/failures.js';
import { provenanceCells, provenanceFields, toReferences, inputToRow } from '../core/input-to-row.js';
import type { UnitOfWork } from '../core/unit-of-work.js';
import { parseTexts } from '../core/texts.js';

/** All that an editor says of a record. */
interface RecordWithProvenance {
  readonly record: RecordInput;
  readonly provenance: ProvenanceInput;
}

const maxDescriptionLength = 150;

const field = (name: keyof RecordInput): FieldPath => ['record', name];

const fields = {
  kind: field('kind'),
  address: field('solutionAddress'),
  aliases: field('aliases'),
  name: field('name'),
  localised_name_: field('localisedNames'),
  short_description_: field('shortDescriptions'),
  url: field('url'),
  landing_url: field('landingURL'),
  licence: field('licence'),
  development_status: field('developmentStatus'),
  software_type: field('softwareType'),
  categories: field('categories'),
  platforms: field('platforms'),
  based_on: field('isBasedOn'),
  release_date: field('releaseDate'),
  application_suite: field('applicationSuite'),
  maintenance_type: field('maintenance'),
  maintained_until: field('maintainedUntil'),
  publisher: field('publisherId'),
  publisher_name: field('publisherName'),
  ...provenanceFields,
};

/**
 * The row of a record, of a solution that no other record of the catalogue describes. Until this is over nobody else writes
 * one of its address.
 *
 * @throws WriteRefused INVALID_VALUE as an import would refuse it, NOT_FOUND, ALREADY_EXISTS.
 */
export async function inputToRecord(
  unitOfWork: UnitOfWork,
  catalogue: NationalCatalogue,
  id: string,
  { record, provenance }: RecordWithProvenance,
): Promise<WrittenRecord> {
  const { publisherId } = record;
  const organisations = await unitOfWork.findOrganisations(publisherId == null ? {} : { publisherId }, ['record']);
  const cells = {
    id,
    kind: record.kind,
    address: record.solutionAddress,
    aliases: record.aliases,
    name: record.name,
    url: record.url,
    landing_url: record.landingURL,
    licence: parseLicence(record),
    development_status: record.developmentStatus,
    software_type: record.softwareType,
    categories: record.categories,
    platforms: record.platforms,
    based_on: record.isBasedOn,
    release_date: record.releaseDate,
    application_suite: record.applicationSuite,
    maintenance_type: record.maintenance,
    maintained_until: record.maintainedUntil,
    publisher: publisherId,
    publisher_name: record.publisherName,
    ...provenanceCells(provenance),
  };
  const texts = {
    localised_name_: parseDistinctTexts(record.localisedNames, fields.localised_name_),
    short_description_: parseDistinctTexts(record.shortDescriptions, fields.short_description_, maxDescriptionLength),
  };
  const references = toReferences(provenance, organisations.keys());
  const row = inputToRow(tables.records, { cells, fields, texts }, toRecordRow(catalogue, references));
  await unitOfWork.rows.lock([`record ${row.address}`]);
  const other = await unitOfWork.rows.findOtherRecord(row);
  if (other !== null) {
    reject(
      'ALREADY_EXISTS',
      fields.address,
      `${other} is this catalogue’s record of ${row.address}: correct that one.`,
    );
  }
  return row;
}

function parseLicence({ licence }: RecordInput): string | null {
  if (licence == null) return null;
  const read = readLicence(licence);
  if (read.isSpdx) return read.licence;
  throw new MutationError([invalidValue(fields.licence, 'must be an SPDX expression such as EUPL-1.2')]);
}

function parseDistinctTexts(texts: RecordInput['localisedNames'], where: FieldPath, longest = Infinity): LocalisedText[] {
  const read = parseTexts(texts, where);
  for (const [index, { language, text }] of read.entries()) {
    if (text.length > longest)
      throw new MutationError([invalidValue([...where, `${index}`, 'text'], `is longer than ${longest} characters`)]);
    if (read.findIndex((other) => other.language === language) < index)
      throw new MutationError([
        invalidValue([...where, `${index}`, 'language'], 'is there twice: one text for each language'),
      ]);
  }
  return read;
}
