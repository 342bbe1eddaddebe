import type { Database } from '../../kit/database/database.js';
import { inExclusiveTransaction } from '../derive/exclusive-transaction.js';
import { settle, unsettle } from '../derive/segments.js';

/** Settles all solutions, and unsettles every third one: so a search reads segments, slots that were removed, and rows. */
export const settleSome = ({ dataSource }: Pick<Database, 'dataSource'>): Promise<void> =>
  inExclusiveTransaction(dataSource, async (run) => {
    await settle(run, 0);
    const changed = await run<{ id: string }>(`SELECT id FROM solution WHERE hashtext(id) % 3 = 0`);
    await unsettle(
      run,
      changed.map(({ id }) => id),
    );
  });
