import type { Run } from '../derive/exclusive-transaction.js';
import type { Content } from '../feed/entry-schemas.js';
import { textScheme } from '../crosswalk/crosswalk.js';
import { understandText } from '../understanding/understand-text.js';

/** A topic to which a statement points less than half as strongly as to its first one is not part of the need. */
const minShare = 0.5;

/**
 * The topics that the statements of a need are about, as keys of text: CLOSE if more than half of the statements are about it
 * before all else, RELATED if half of them are about it too. Languages vote, because a word may mean two things in one of them.
 */
export async function findNeedTopics(run: Run, { statements }: Content<'NEED'>): Promise<string[]> {
  const [first, all] = [new Map<string, number>(), new Map<string, number>()];
  const count = (votes: Map<string, number>, topic: string): unknown => votes.set(topic, (votes.get(topic) ?? 0) + 1);
  for (const { text } of statements) {
    const understood = await understandText(run, text);
    const [best] = understood;
    if (!best) continue;
    count(first, best.topic);
    for (const { topic, score } of understood) if (score >= best.score * minShare) count(all, topic);
  }
  return [...all]
    .flatMap(([topic, votes]) => {
      if ((first.get(topic) ?? 0) > statements.length / 2) return [`${textScheme}:CLOSE:${topic}`];
      return votes >= statements.length / 2 ? [`${textScheme}:RELATED:${topic}`] : [];
    })
    .sort();
}
