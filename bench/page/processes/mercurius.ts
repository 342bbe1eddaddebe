/** Mercurius with its JIT compiler, and DataLoader, over the three statements of the page. */
import DataLoader from 'dataloader';
import fastify from 'fastify';
import { mercurius } from 'mercurius';

import { groupBy } from '../../../services/kit/graphql/loaders.js';
import { type MembershipRow, nameOf, openPageStatements, type OrganisationRow } from './page-statements.js';

const { findPage, findMemberships, findConsortia } = openPageStatements(process.env['DATABASE_URL'] ?? '');

const createLoaders = () => ({
  memberships: new DataLoader<string, readonly MembershipRow[]>(async (ids) => {
    const rows = groupBy(await findMemberships(ids), ({ memberId }) => memberId);
    return ids.map((id) => rows.get(id) ?? []);
  }),
  consortium: new DataLoader<string, OrganisationRow | null>(async (ids) => {
    const rows = new Map((await findConsortia(ids)).map((row) => [row.id, row]));
    return ids.map((id) => rows.get(id) ?? null);
  }),
});

type Loaders = ReturnType<typeof createLoaders>;

const schema = `
  type Query { italy: Catalogue! }
  type Catalogue { administrations(first: Int, after: String): Connection! }
  type Connection { nodes: [Administration!]! }
  type Administration { id: ID! name: String! memberships: [Membership!]! }
  type Membership { consortium: Consortium }
  type Consortium { id: ID! name: String! }`;

const app = fastify();
await app.register(mercurius, {
  schema,
  resolvers: {
    Query: { italy: () => ({}) },
    Catalogue: {
      administrations: async (_root: unknown, { first, after }: { first: number; after?: string }) => ({
        nodes: await findPage(first, after),
      }),
    },
    Administration: {
      name: nameOf,
      memberships: ({ id }: OrganisationRow, _args: unknown, context: unknown) =>
        (context as Loaders).memberships.load(id),
    },
    Membership: {
      consortium: ({ consortiumId }: MembershipRow, _args: unknown, context: unknown) =>
        (context as Loaders).consortium.load(consortiumId),
    },
    Consortium: { name: nameOf },
  },
  jit: 1,
  context: createLoaders,
});
await app.listen({ port: Number(process.env['PORT']), host: '127.0.0.1' });
