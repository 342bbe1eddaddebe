import { getNullableType, GraphQLBoolean, type GraphQLFieldResolver } from 'graphql';

import { getEffectiveDay } from '../model/effective-date.js';
import type { NationalCatalogue, NationalField } from '../model/national-catalogue.js';
import type { OrganisationRow } from '../model/rows.js';
import type { Context } from './context.js';

type FieldResolver = GraphQLFieldResolver<OrganisationRow, Context>;

/**
 * The resolvers of the fields that only one country has: `{ cvr: { code: 'DK_CVR' } }` gives `{ cvr: (organisation, …) => … }`.
 *
 * @throws Error naming a field that is neither a code of the catalogue's schemes nor one of its national columns.
 */
export const nationalFieldResolvers = (
  catalogue: NationalCatalogue,
  fields: Readonly<Record<string, NationalField>>,
): Record<string, FieldResolver> =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, createResolver(catalogue, name, field)]));

function createResolver({ schemes, nationalColumns }: NationalCatalogue, name: string, field: NationalField) {
  const { code, column }: { readonly code?: string; readonly column?: string } = field;
  if (code !== undefined) {
    const known = schemes.map(({ scheme }) => scheme);
    if (known.includes(code)) return codeField(code);
    throw invalidField(name, field, `\`code\` must be a scheme of this catalogue (${known.join(', ')})`);
  }
  if (column !== undefined) {
    if (nationalColumns.includes(column)) return columnField(column);
    const known = nationalColumns.length === 0 ? 'it is empty' : nationalColumns.join(', ');
    throw invalidField(name, field, `\`column\` must be listed in \`nationalColumns\` (${known})`);
  }
  throw invalidField(name, field, "write { code: '<scheme>' } or { column: '<column>' }");
}

const invalidField = (name: string, field: unknown, remedy: string): Error =>
  new Error(
    `The national field ${name} is ${typeof field === 'object' ? JSON.stringify(field) : `a ${typeof field}`}: ${remedy}.`,
  );

const codeField =
  (code: string): FieldResolver =>
  async (organisation, _args, { loaders }) => {
    const day = getEffectiveDay(organisation, null);
    const identifiers = await loaders.identifiers.load({ id: organisation.id, day, arguments: null });
    return identifiers.find(({ scheme }) => scheme === code)?.notation ?? null;
  };

/** GraphQL reads a number out of a cell's text by itself, but not a boolean. */
const columnField =
  (column: string): FieldResolver =>
  ({ national }, _args, _context, { returnType }) => {
    const cell = national[column] ?? null;
    return cell !== null && getNullableType(returnType) === GraphQLBoolean ? cell === 'true' : cell;
  };
