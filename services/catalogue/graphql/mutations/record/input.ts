import type { LocalisedText } from '../../../../shared/languages.js';
import type { NationalCatalogue } from '../../../model/national-catalogue.js';
import type { ProvenanceInput, RecordInput } from '../../../generated/resolver-types.js';
import { toRecordRow } from '../../../import/tables/to-solution-rows.js';
import * as tables from '../../../import/tables/table-definitions.js';
import { readLicence } from '../../../publiccode/licence.js';
import { formatCode } from '../../../model/codes.js';
import type { RecordColumns } from '../../../model/rows.js';
import { type FieldPath, invalidValue, reject, MutationError } from '../core/failures.js';
import { provenanceCells, provenanceFields, toReferences, inputToRow } from '../core/input-to-row.js';
import type { UnitOfWork } from '../core/unit-of-work.js';
import { parseTexts } from '../core/texts.js';

interface RecordWithProvenance {
  readonly record: RecordInput;
  readonly provenance: ProvenanceInput;
}

const maxDescriptionLength = 150;

const recordField = (name: keyof RecordInput): FieldPath => ['record', name];

const fields = {
  kind: recordField('kind'),
  address: recordField('solutionAddress'),
  aliases: recordField('aliases'),
  name: recordField('name'),
  localised_name_: recordField('localisedNames'),
  short_description_: recordField('shortDescriptions'),
  url: recordField('url'),
  landing_url: recordField('landingURL'),
  licence: recordField('licence'),
  development_status: recordField('developmentStatus'),
  software_type: recordField('softwareType'),
  categories: recordField('categories'),
  platforms: recordField('platforms'),
  based_on: recordField('isBasedOn'),
  release_date: recordField('releaseDate'),
  application_suite: recordField('applicationSuite'),
  part_of: recordField('partOf'),
  maintenance_type: recordField('maintenance'),
  maintained_until: recordField('maintainedUntil'),
  publisher: recordField('publisherId'),
  publisher_name: recordField('publisherName'),
  codes: recordField('codes'),
  ...provenanceFields,
};

/**
 * Converts an input to the row of a record, and checks that no other record of the catalogue describes its solution. Locks the
 * address until the transaction ends.
 *
 * @throws MutationError INVALID_VALUE where an import would reject it, NOT_FOUND or ALREADY_EXISTS.
 */
export async function inputToRecord(
  unitOfWork: UnitOfWork,
  catalogue: NationalCatalogue,
  id: string,
  { record, provenance }: RecordWithProvenance,
): Promise<RecordColumns> {
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
    part_of: record.partOf,
    maintenance_type: record.maintenance,
    maintained_until: record.maintainedUntil,
    publisher: publisherId,
    publisher_name: record.publisherName,
    codes: record.codes?.map(formatCode),
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
      `This catalogue has a record of ${row.address} already, ${other}: correct that record instead.`,
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

function parseDistinctTexts(
  texts: RecordInput['localisedNames'],
  field: FieldPath,
  maxTextLength = Infinity,
): LocalisedText[] {
  const parsed = parseTexts(texts, field);
  for (const [index, { language, text }] of parsed.entries()) {
    if (text.length > maxTextLength)
      throw new MutationError([
        invalidValue([...field, `${index}`, 'text'], `is longer than ${maxTextLength} characters`),
      ]);
    if (parsed.findIndex((other) => other.language === language) < index)
      throw new MutationError([
        invalidValue([...field, `${index}`, 'language'], 'is given twice: one text per language is allowed'),
      ]);
  }
  return parsed;
}
