import type { NationalCatalogue } from '../../../model/national-catalogue.js';
import type {
  AdministrationInput,
  InputMaybe,
  NationalValueInput,
  PeriodInput,
  ProvenanceInput,
} from '../../../generated/resolver-types.js';
import { toAdministrationRow } from '../../../import/tables/to-rows.js';
import * as tables from '../../../import/tables/table-definitions.js';
import type { OrganisationParent } from '../../../model/rows.js';
import { type Field, invalid, WriteRefused } from '../core/failures.js';
import { addIdentifiers, identifiersOf } from '../organisation/identifiers.js';
import { type Fields, originCells, originFields, periodCells, referencesOf, rowOfInput } from '../core/input-to-row.js';
import type { Beside, Store } from '../core/unit-of-work.js';
import { bodies } from '../../../repositories/audited-tables.js';
import { readTags, readTexts } from '../core/texts.js';

/** A new administration, as an input says it. */
export interface NewAdministration {
  readonly said: AdministrationInput;
  /** Where in the input that stands. */
  readonly at: Field;
  readonly existed: InputMaybe<PeriodInput> | undefined;
  /** Where the columns of its period stand. */
  readonly periodFields: Fields;
  readonly provenance: ProvenanceInput;
}

/**
 * Registers an administration with its codes.
 *
 * @param beside what else its entry in the audit trail has.
 * @throws WriteRefused INVALID_VALUE as an import would refuse it, or ALREADY_EXISTS.
 */
export async function insertAdministration(
  store: Store,
  catalogue: NationalCatalogue,
  { said, at, existed, periodFields, provenance }: NewAdministration,
  beside: Beside = {},
): Promise<OrganisationParent> {
  const references = referencesOf(provenance, [said.id]);
  const field = (name: string): Field => [...at, name];
  const row = rowOfInput(
    tables.administrations,
    {
      cells: {
        id: said.id,
        kind: said.kind,
        level: said.level,
        official_languages: readTags(said.officialLanguages, field('officialLanguages')),
        nuts: said.nuts,
        lau: said.lau,
        homepage: said.homepage,
        ...periodCells(existed),
        ...originCells(provenance),
      },
      fields: {
        id: field('id'),
        official_languages: field('officialLanguages'),
        nuts: field('nuts'),
        lau: field('lau'),
        homepage: field('homepage'),
        name_: field('names'),
        ...periodFields,
        ...originFields,
      },
      texts: {
        name_: readTexts(said.names, field('names')),
        alternative_names_: readTexts(said.alternativeNames, field('alternativeNames')),
        kind_detail_: readTexts(said.kindDetail, field('kindDetail')),
      },
      national: nationalOf(catalogue, said.national, field('national')),
    },
    toAdministrationRow(catalogue, references),
  );
  const identifiers = identifiersOf(catalogue, references, row.id, said.identifiers, field('identifiers'));
  const administration = await store.insert(bodies, row, field('id'), { identifiers, ...beside });
  await addIdentifiers(store, row, identifiers, field('identifiers'));
  return administration;
}

function nationalOf(
  { nationalColumns }: NationalCatalogue,
  said: InputMaybe<readonly NationalValueInput[]> | undefined,
  at: Field,
): Record<string, string> {
  return Object.fromEntries(
    (said ?? []).map(({ column, value }, index) => {
      if (nationalColumns.includes(column)) return [column, value];
      const columns =
        nationalColumns.length === 0 ? 'left out: this country has none' : `one of ${nationalColumns.join(', ')}`;
      throw new WriteRefused([invalid([...at, `${index}`, 'column'], `must be ${columns}`)]);
    }),
  );
}
