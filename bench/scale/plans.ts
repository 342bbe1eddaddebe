import type { Operation } from './operations.js';
import type { ScaleIndex } from './scale-index.js';

/** Explains how PostgreSQL executes an operation: each statement with the plan of an actual run. */
export async function explain(index: ScaleIndex, { name, text, variables }: Operation): Promise<string> {
  const statements = await index.record(text, variables);
  const plans: string[] = [];
  for (const { text: statement, values } of statements) {
    const rows = await index.queryUnlimited<{ 'QUERY PLAN': string }>(
      `EXPLAIN (ANALYZE, BUFFERS) ${statement}`,
      values,
    );
    plans.push(statement, JSON.stringify(values), ...rows.map((row) => `    ${row['QUERY PLAN']}`), '');
  }
  return [`── ${name} ${'─'.repeat(Math.max(0, 80 - name.length))}`, ...plans].join('\n');
}
