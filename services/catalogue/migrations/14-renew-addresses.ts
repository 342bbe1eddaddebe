import type { MigrationInterface, QueryRunner } from 'typeorm';

import { toSolutionAddress } from '../../../schema/values/solution-address.js';

const tables = ['catalogue_record', 'portfolio_entry', 'adoption', 'claim'] as const;

/**
 * Writes addresses as the present rules do, so that what is imported or looked up finds them: in lower case on more hosts, and
 * without the pages of more forges. The change feed advances, so that the index follows.
 */
export class RenewAddresses1765300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const stored = (await runner.query(
      `${tables.map((table) => `SELECT address FROM ${table} WHERE address IS NOT NULL`).join(' UNION ')}
      UNION SELECT unnest(aliases) FROM catalogue_record`,
    )) as { readonly address: string }[];
    const renewed = stored
      .map(({ address }) => ({ from: address, to: toSolutionAddress(address) ?? address }))
      .filter(({ from, to }) => from !== to);
    if (renewed.length === 0) return;
    const parameters = [renewed.map(({ from }) => from), renewed.map(({ to }) => to)];
    const pairs = 'unnest($1::text[], $2::text[]) AS renewed (old, new)';
    for (const table of tables) {
      await runner.query(`UPDATE ${table} SET address = new FROM ${pairs} WHERE address = old`, parameters);
    }
    await runner.query(
      `UPDATE catalogue_record SET aliases = ARRAY(
        SELECT coalesce(new, alias) FROM unnest(aliases) WITH ORDINALITY AS list (alias, position)
        LEFT JOIN ${pairs} ON old = alias ORDER BY position)
      WHERE aliases && $1::text[]`,
      parameters,
    );
  }

  /** The former spelling is not kept; an earlier release finds the present one too. */
  down(): Promise<void> {
    return Promise.resolve();
  }
}
