import type { Question } from './questions.js';
import type { ScaleIndex } from './scale-index.js';

/** How PostgreSQL answers a question: each statement with its plan, as it was run. */
export async function explain(index: ScaleIndex, { name, text, variables }: Question): Promise<string> {
  const statements = await index.record(text, variables);
  const plans: string[] = [];
  for (const { text: statement, values } of statements) {
    const rows = await index.query<{ 'QUERY PLAN': string }>(`EXPLAIN (ANALYZE, BUFFERS) ${statement}`, values);
    plans.push(statement, JSON.stringify(values), ...rows.map((row) => `    ${row['QUERY PLAN']}`), '');
  }
  return [`── ${name} ${'─'.repeat(Math.max(0, 80 - name.length))}`, ...plans].join('\n');
}
