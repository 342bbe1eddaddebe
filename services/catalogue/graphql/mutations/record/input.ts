import type { LocalisedText } from '../../../../shared/languages.js';
import type { NationalCatalogue } from '../../../model/national-catalogue.js';
import type { ProvenanceInput, RecordInput } from '../../../generated/resolver-types.js';
import { toRecordRow } from '../../../import/tables/to-solution-rows.js';
import * as tables from '../../../import/tables/table-definitions.js';
import { readLicence } from '../../../publiccode/licence.js';
import type { WrittenRecord } from '../../../model/rows.js';
import { type Field, invalid, refuse, WriteRefused } from '../core/failures.js';
import { originCells, originFields, referencesOf, rowOfInput } from '../core/input-to-row.js';
import type { Store } from '../core/unit-of-work.js';
import { readTexts } from '../core/texts.js';

/** All that an editor says of a record. */
interface Said {
  readonly record: RecordInput;
  readonly provenance: ProvenanceInput;
}

const longestDescription = 150;

const field = (name: keyof RecordInput): Field => ['record', name];

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
  ...originFields,
};

/**
 * The row of a record, of a solution that no other record of the catalogue describes. Until this is over nobody else writes
 * one of its address.
 *
 * @throws WriteRefused INVALID_VALUE as an import would refuse it, NOT_FOUND, ALREADY_EXISTS.
 */
export async function recordOf(
  store: Store,
  catalogue: NationalCatalogue,
  id: string,
  { record, provenance }: Said,
): Promise<WrittenRecord> {
  const { publisherId } = record;
  const bodies = await store.findBodies(publisherId == null ? {} : { publisherId }, ['record']);
  const cells = {
    id,
    kind: record.kind,
    address: record.solutionAddress,
    aliases: record.aliases,
    name: record.name,
    url: record.url,
    landing_url: record.landingURL,
    licence: licenceOf(record),
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
    ...originCells(provenance),
  };
  const texts = {
    localised_name_: textsOf(record.localisedNames, fields.localised_name_),
    short_description_: textsOf(record.shortDescriptions, fields.short_description_, longestDescription),
  };
  const references = referencesOf(provenance, bodies.keys());
  const row = rowOfInput(tables.records, { cells, fields, texts }, toRecordRow(catalogue, references));
  await store.rows.lock([`record ${row.address}`]);
  const other = await store.rows.findOtherRecord(row);
  if (other !== null) {
    refuse(
      'ALREADY_EXISTS',
      fields.address,
      `${other} is this catalogue’s record of ${row.address}: correct that one.`,
    );
  }
  return row;
}

function licenceOf({ licence }: RecordInput): string | null {
  if (licence == null) return null;
  const read = readLicence(licence);
  if (read.isSpdx) return read.licence;
  throw new WriteRefused([invalid(fields.licence, 'must be an SPDX expression such as EUPL-1.2')]);
}

function textsOf(texts: RecordInput['localisedNames'], where: Field, longest = Infinity): LocalisedText[] {
  const read = readTexts(texts, where);
  for (const [index, { language, text }] of read.entries()) {
    if (text.length > longest)
      throw new WriteRefused([invalid([...where, `${index}`, 'text'], `is longer than ${longest} characters`)]);
    if (read.findIndex((other) => other.language === language) < index)
      throw new WriteRefused([
        invalid([...where, `${index}`, 'language'], 'is there twice: one text for each language'),
      ]);
  }
  return read;
}
