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
import {
  type FieldPaths,
  provenanceCells,
  provenanceFields,
  periodCells,
  toReferences,
  inputToRow,
} from '../core/input-to-row.js';
import type { RelatedChanges, UnitOfWork } from '../core/unit-of-work.js';
import { organisations } from '../../../repositories/audited-tables.js';
import { parseTags, parseTexts } from '../core/texts.js';

/** A new administration, from an input. */
interface NewAdministration {
  readonly input: AdministrationInput;
  /** The path of `input` within the whole input. */
  readonly at: FieldPath;
  readonly existed: InputMaybe<PeriodInput> | undefined;
  /** The fields from which the columns of its period are filled. */
  readonly periodFields: FieldPaths;
  readonly provenance: ProvenanceInput;
}

/**
 * Inserts an administration with its codes.
 *
 * @param related further changes to record in its audit entry.
 * @throws MutationError INVALID_VALUE where an import would reject it, or ALREADY_EXISTS.
 */
export async function insertAdministration(
  unitOfWork: UnitOfWork,
  catalogue: NationalCatalogue,
  { input, at, existed, periodFields, provenance }: NewAdministration,
  related: RelatedChanges = {},
): Promise<OrganisationParent> {
  const references = toReferences(provenance, [input.id]);
  const field = (name: string): FieldPath => [...at, name];
  const row = inputToRow(
    tables.administrations,
    {
      cells: {
        id: input.id,
        kind: input.kind,
        level: input.level,
        official_languages: parseTags(input.officialLanguages, field('officialLanguages')),
        nuts: input.nuts,
        lau: input.lau,
        homepage: input.homepage,
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
        name_: parseTexts(input.names, field('names')),
        alternative_names_: parseTexts(input.alternativeNames, field('alternativeNames')),
        kind_detail_: parseTexts(input.kindDetail, field('kindDetail')),
      },
      national: toNationalColumns(catalogue, input.national, field('national')),
    },
    toAdministrationRow(catalogue, references),
  );
  const identifiers = inputToIdentifiers(catalogue, references, row.id, input.identifiers, field('identifiers'));
  const administration = await unitOfWork.insert(organisations, row, field('id'), { identifiers, ...related });
  await addIdentifiers(unitOfWork, row, identifiers, field('identifiers'));
  return administration;
}

function toNationalColumns(
  { nationalColumns }: NationalCatalogue,
  values: InputMaybe<readonly NationalValueInput[]> | undefined,
  at: FieldPath,
): Record<string, string> {
  return Object.fromEntries(
    (values ?? []).map(({ column, value }, index) => {
      if (nationalColumns.includes(column)) return [column, value];
      const allowed =
        nationalColumns.length === 0 ? 'left out: this country has none' : `one of ${nationalColumns.join(', ')}`;
      throw new MutationError([invalidValue([...at, `${index}`, 'column'], `must be ${allowed}`)]);
    }),
  );
}
