import { identifier } from '../../../model/entities.js';
import type { NationalCatalogue } from '../../../model/national-catalogue.js';
import type { HeldIdentifierInput, InputMaybe } from '../../../generated/resolver-types.js';
import { toIdentifierRow } from '../../../import/tables/to-rows.js';
import type { References } from '../../../import/tables/row-checks.js';
import * as tables from '../../../import/tables/table-definitions.js';
import type { IdentifierRow, OrganisationRow } from '../../../model/rows.js';
import { type FieldPath, invalidValue, reject, MutationError } from '../core/failures.js';
import { periodCells, periodFields, inputToRow } from '../core/input-to-row.js';
import type { UnitOfWork } from '../core/unit-of-work.js';

/**
 * Converts the codes of a new organisation to rows.
 *
 * @throws MutationError INVALID_VALUE where an import would reject a code, or if the input contains a code twice.
 */
export function inputToIdentifiers(
  catalogue: NationalCatalogue,
  references: References,
  organisationId: string,
  input: InputMaybe<readonly HeldIdentifierInput[]> | undefined,
  at: FieldPath,
): IdentifierRow[] {
  const seen = new Set<string>();
  return (input ?? []).map(({ scheme, notation, during }, index) => {
    const field = [...at, `${index}`];
    const own = Object.entries(periodFields('during')).map(([column, path]) => [column, [...field, ...path]]);
    const row = inputToRow(
      tables.identifiers,
      {
        cells: { organisation: organisationId, scheme, notation, ...periodCells(during) },
        fields: {
          ...(Object.fromEntries(own) as Record<string, FieldPath>),
          scheme: [...field, 'scheme'],
          notation: [...field, 'notation'],
        },
      },
      toIdentifierRow(catalogue, references),
    );
    if (seen.has(nameOf(row)))
      throw new MutationError([invalidValue(field, 'is the same code as an earlier one: leave one of them out')]);
    seen.add(nameOf(row));
    return row;
  });
}

/**
 * Adds the codes of a new organisation, and locks them until the transaction ends.
 *
 * @throws MutationError ALREADY_EXISTS if another organisation holds one of them during the same period.
 */
export async function addIdentifiers(
  unitOfWork: UnitOfWork,
  organisation: OrganisationRow,
  identifiers: readonly IdentifierRow[],
  at: FieldPath,
): Promise<void> {
  if (identifiers.length === 0) return;
  await unitOfWork.rows.lock(identifiers.map((row) => `code ${nameOf(row)}`));
  const held = await unitOfWork.rows.findHeldIdentifier(organisation, identifiers);
  if (held) {
    const index = identifiers.findIndex((row) => nameOf(row) === nameOf(held));
    const message = `${nameOf(held)} is a code of ${held.organisationId} in the same period: refer to that organisation, or correct the period of the code.`;
    reject('ALREADY_EXISTS', [...at, `${index}`, 'notation'], message);
  }
  await unitOfWork.rows.addTo(identifier, identifiers);
}

const nameOf = ({ scheme, notation }: IdentifierRow): string => `${scheme}:${notation}`;
