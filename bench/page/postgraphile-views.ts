import type pg from 'pg';

import { italy } from '../../services/italy/catalogue.js';
import { openGraphQLClient } from '../http-client.js';
import { nameSql } from './one-statement.js';

/** The schema of the views from which PostGraphile makes its own. */
export const viewSchema = 'bench_page';

/** Creates views of what the page shows, with the rules that the catalogue applies in its code. */
export async function createViews(database: pg.Pool, day: string): Promise<void> {
  const languages = `ARRAY[${italy.languages.map((language) => `'${language}'`).join()}]`;
  const organisations = (type: string): string =>
    `SELECT id, ${nameSql('o', languages)} AS name, sort_name FROM organisation o WHERE type = '${type}'`;
  await database.query(`
    CREATE SCHEMA IF NOT EXISTS ${viewSchema};
    CREATE OR REPLACE VIEW ${viewSchema}.administration AS
      ${organisations('ADMINISTRATION')} AND exists_on(start_date, end_date, ended, '${day}');
    CREATE OR REPLACE VIEW ${viewSchema}.consortium AS ${organisations('CONSORTIUM')};
    CREATE OR REPLACE VIEW ${viewSchema}.membership AS
      SELECT id, member_id, consortium_id FROM counted_membership
      WHERE counts_from <= '${day}' AND (counts_until IS NULL OR '${day}' < counts_until);
    COMMENT ON VIEW ${viewSchema}.administration IS E'@primaryKey id';
    COMMENT ON VIEW ${viewSchema}.consortium IS E'@primaryKey id';
    COMMENT ON VIEW ${viewSchema}.membership IS
      E'@primaryKey id\\n@foreignKey (member_id) references administration (id)|@foreignFieldName memberships\\n@foreignKey (consortium_id) references consortium (id)|@fieldName consortium'`);
}

/** The page as PostGraphile has it. */
export const viewQuery = `query ($after: Cursor) {
  page: allAdministrations(first: 20, after: $after, orderBy: [SORT_NAME_ASC, ROW_ID_ASC]) {
    nodes {
      id: rowId
      name
      memberships(orderBy: [CONSORTIUM_ID_ASC, ROW_ID_ASC]) { nodes { consortium { id: rowId name } } }
    }
  }
}`;

interface ViewData {
  readonly page: {
    readonly nodes: readonly { readonly memberships: { readonly nodes: readonly unknown[] } }[];
  };
}

/** The data of the page as the catalogue has it. */
export const toCatalogueData = (data: unknown) => ({
  italy: {
    administrations: {
      nodes: (data as ViewData).page.nodes.map((node) => ({ ...node, memberships: node.memberships.nodes })),
    },
  },
});

/** PostGraphile's cursors of the administrations, by their ids. */
export async function readViewCursors(url: string): Promise<ReadonlyMap<string, string>> {
  const client = openGraphQLClient(url, 1);
  const cursors = new Map<string, string>();
  try {
    for (let after: string | null = null; ;) {
      const { page } = (await client.readData(
        `query ($after: Cursor) {
          page: allAdministrations(first: 500, after: $after, orderBy: [SORT_NAME_ASC, ROW_ID_ASC]) { edges { cursor node { id: rowId } } }
        }`,
        { after },
      )) as { page: { edges: { cursor: string; node: { id: string } }[] } };
      for (const { cursor, node } of page.edges) cursors.set(node.id, cursor);
      after = page.edges.at(-1)?.cursor ?? null;
      if (after === null) return cursors;
    }
  } finally {
    await client.close();
  }
}
