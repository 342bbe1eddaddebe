import type { Query } from '../index-database.js';
import { loadTopics, type TopicTerm } from '../search/find-topics.js';

/** A topic to search for: the terms by which a record has it, by the weight of the text in which they occur. */
export interface SearchedTopic {
  readonly topic: string;
  /** How important it is for the need, from 0 to 1. */
  readonly weight: number;
  /** PostgreSQL's tsqueries for names, short descriptions, features and categories, and anything. */
  readonly queries: readonly [name: string, short: string, feature: string, any: string];
}

/** How much less each topic counts than the one before it. */
const furtherTopic = 0.6;

/** What to search for, of the topics of a need. The first one is the most important. */
export async function toSearchedTopics(query: Query, topics: readonly string[]): Promise<readonly SearchedTopic[]> {
  const { byTopic } = await loadTopics(query);
  return topics.map((topic, place) => {
    const terms = byTopic.get(topic) ?? [];
    const inField = (label: string): string => terms.map((term) => termQuery(term, label)).join(' | ');
    return {
      topic,
      weight: furtherTopic ** place,
      queries: [inField(':A'), inField(':B'), inField(':C'), inField('')],
    };
  });
}

// Words are letters and digits of any script, so nothing needs escaping. A name is in no language, and has no stems.
const termQuery = ({ needed, name }: TopicTerm, label: string): string => {
  const words = needed.map((word) => `'${word}'${label}`).join(' & ');
  return name === undefined || (label !== ':A' && label !== '') ? `(${words})` : `(${words} | '${name}':A)`;
};
