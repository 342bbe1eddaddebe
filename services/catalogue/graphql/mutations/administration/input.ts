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
import { type FieldPath, invalidValue, MutationError } from '../core/failures.js';
import { addIdentifiers, inputToIdentifiers } from '../organisation/identifiers.js';
import { type FieldPaths, provenanceCells, provenanceFields, periodCells, toReferences, inputToRow } from '../core/input-to-row.js';
import type { RelatedChanges, UnitOfWork } from '../core/unit-of-work.js';
import { bodies } from '../../../repositories/audited-tables.js';
import { parseTags, parseTexts } from '../core/texts.js';

/** A new administration, as an input says it. */
export interface NewAdministration {
  readonly input: AdministrationInput;
  /** Where in the input that stands. */
  readonly at: FieldPath;
  readonly existed: InputMaybe<PeriodInput> | undefined;
  /** Where the columns of its period stand. */
  readonly periodFields: FieldPaths;
  readonly provenance: ProvenanceInput;
}

/**
 * Registers an administration with its codes.
 *
 * @param beside what else its entry in the audit trail has.
 * @throws WriteRefused INVALID_VALUE as an import would refuse it, or ALREADY_EXISTS.
 */
export async function insertAdministration(
  unitOfWork: UnitOfWork,
  catalogue: NationalCatalogue,
  { input: said, at, existed, periodFields, provenance }: NewAdministration,
  beside: RelatedChanges = {},
): Promise<OrganisationParent> {
  const references = toReferences(provenance, [said.id]);
  const field = (name: string): FieldPath => [...at, name];
  const row = inputToRow(
    tables.administrations,
    {
      cells: {
        id: said.id,
        kind: said.kind,
        level: said.level,
        official_languages: parseTags(said.officialLanguages, field('officialLanguages')),
        nuts: said.nuts,
        lau: said.lau,
        homepage: said.homepage,
        ...periodCells(existed),
        ...provenanceCells(provenance),
      },
      fields: {
        id: field('id'),
        official_languages: field('officialLanguages'),
        nuts: field('nuts'),
        lau: field('lau'),
        homepage: field('homepage'),
        name_: field('names'),
        ...periodFields,
        ...provenanceFields,
      },
      texts: {
        name_: parseTexts(said.names, field('names')),
        alternative_names_: parseTexts(said.alternativeNames, field('alternativeNames')),
        kind_detail_: parseTexts(said.kindDetail, field('kindDetail')),
      },
      national: toNationalColumns(catalogue, said.national, field('national')),
    },
    toAdministrationRow(catalogue, references),
  );
  const identifiers = inputToIdentifiers(catalogue, references, row.id, said.identifiers, field('identifiers'));
  const administration = await unitOfWork.insert(bodies, row, field('id'), { identifiers, ...beside });
  await addIdentifiers(unitOfWork, row, identifiers, field('identifiers'));
  return administration;
}

function toNationalColumns(
  { nationalColumns }: NationalCatalogue,
  said: InputMaybe<readonly NationalValueInput[]> | undefined,
  at: FieldPath,
): Record<string, string> {
  return Object.fromEntries(
    (said ?? []).map(({ column, value }, index) => {
      if (nationalColumns.includes(column)) return [column, value];
      const columns =
        nationalColumns.length === 0 ? 'left out: this country has none' : `one of ${nationalColumns.join(', ')}`;
      throw new MutationError([invalidValue([...at, `${index}`, 'column'], `must be ${columns}`)]);
    }),
  );
}
