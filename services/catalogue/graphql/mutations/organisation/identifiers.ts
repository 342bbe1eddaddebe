import { identifier } from '../../../model/entities.js';
import type { NationalCatalogue } from '../../../model/national-catalogue.js';
import type { HeldIdentifierInput, InputMaybe } from '../../../generated/resolver-types.js';
import { toIdentifierRow, type References } from '../../../import/tables/to-rows.js';
import * as tables from '../../../import/tables/table-definitions.js';
import type { IdentifierRow, OrganisationRow } from '../../../model/rows.js';
import { type FieldPath, invalidValue, reject, MutationError } from '../core/failures.js';
import { periodCells, periodFields, inputToRow } from '../core/input-to-row.js';
import type { UnitOfWork } from '../core/unit-of-work.js';

/**
 * The codes that a new body holds.
 *
 * @throws WriteRefused INVALID_VALUE as an import would refuse them, and where one stands twice.
 */
export function inputToIdentifiers(
  catalogue: NationalCatalogue,
  references: References,
  organisationId: string,
  said: InputMaybe<readonly HeldIdentifierInput[]> | undefined,
  at: FieldPath,
): IdentifierRow[] {
  const seen = new Set<string>();
  return (said ?? []).map(({ scheme, notation, during }, index) => {
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
    if (seen.has(nameOf(row))) throw new MutationError([invalidValue(field, 'stands there twice')]);
    seen.add(nameOf(row));
    return row;
  });
}

/**
 * Adds the codes of a new body. Until this is over nobody else gives one of them to another.
 *
 * @throws WriteRefused ALREADY_EXISTS where another body holds one of them at some time at which this one would.
 */
export async function addIdentifiers(
  unitOfWork: UnitOfWork,
  body: OrganisationRow,
  identifiers: readonly IdentifierRow[],
  at: FieldPath,
): Promise<void> {
  if (identifiers.length === 0) return;
  await unitOfWork.rows.lock(identifiers.map((row) => `code ${nameOf(row)}`));
  const held = await unitOfWork.rows.findHeld(body, identifiers);
  if (held) {
    const index = identifiers.findIndex((row) => nameOf(row) === nameOf(held));
    const message = `${nameOf(held)} is a code of ${held.organisationId}: it is that body, or one of the two held it at another time.`;
    reject('ALREADY_EXISTS', [...at, `${index}`, 'notation'], message);
  }
  await unitOfWork.rows.addTo(identifier, identifiers);
}

const nameOf = ({ scheme, notation }: IdentifierRow): string => `${scheme}:${notation}`;
