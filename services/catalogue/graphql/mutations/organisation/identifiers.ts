import { identifier } from '../../../model/entities.js';
import type { NationalCatalogue } from '../../../model/national-catalogue.js';
import type { HeldIdentifierInput, InputMaybe } from '../../../generated/resolver-types.js';
import { toIdentifierRow, type References } from '../../../import/tables/to-rows.js';
import * as tables from '../../../import/tables/table-definitions.js';
import type { IdentifierRow, OrganisationRow } from '../../../model/rows.js';
import { type Field, invalid, refuse, WriteRefused } from '../core/failures.js';
import { periodCells, periodFields, rowOfInput } from '../core/input-to-row.js';
import type { Store } from '../core/unit-of-work.js';

/**
 * The codes that a new body holds.
 *
 * @throws WriteRefused INVALID_VALUE as an import would refuse them, and where one stands twice.
 */
export function identifiersOf(
  catalogue: NationalCatalogue,
  references: References,
  organisationId: string,
  said: InputMaybe<readonly HeldIdentifierInput[]> | undefined,
  at: Field,
): IdentifierRow[] {
  const seen = new Set<string>();
  return (said ?? []).map(({ scheme, notation, during }, index) => {
    const field = [...at, `${index}`];
    const own = Object.entries(periodFields('during')).map(([column, path]) => [column, [...field, ...path]]);
    const row = rowOfInput(
      tables.identifiers,
      {
        cells: { organisation: organisationId, scheme, notation, ...periodCells(during) },
        fields: {
          ...(Object.fromEntries(own) as Record<string, Field>),
          scheme: [...field, 'scheme'],
          notation: [...field, 'notation'],
        },
      },
      toIdentifierRow(catalogue, references),
    );
    if (seen.has(nameOf(row))) throw new WriteRefused([invalid(field, 'stands there twice')]);
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
  store: Store,
  body: OrganisationRow,
  identifiers: readonly IdentifierRow[],
  at: Field,
): Promise<void> {
  if (identifiers.length === 0) return;
  await store.rows.lock(identifiers.map((row) => `code ${nameOf(row)}`));
  const held = await store.rows.findHeld(body, identifiers);
  if (held) {
    const index = identifiers.findIndex((row) => nameOf(row) === nameOf(held));
    const message = `${nameOf(held)} is a code of ${held.organisationId}: it is that body, or one of the two held it at another time.`;
    refuse('ALREADY_EXISTS', [...at, `${index}`, 'notation'], message);
  }
  await store.rows.addTo(identifier, identifiers);
}

const nameOf = ({ scheme, notation }: IdentifierRow): string => `${scheme}:${notation}`;
