import { parse } from 'csv-parse/sync';

import { readProjectFile } from '../../../../schema/files.js';
import type { Language } from '../model/languages.js';

/** The names of topics in the languages of the pages. */
export interface TopicNames {
  /** The names of some topics; a topic without a name has none. */
  readonly of: (language: Language, topics: readonly string[]) => Readonly<Record<string, string>>;
}

/** The vocabulary of the search: each topic with the words for it, of which the first is its name. */
const file = 'services/europe/search/topics.csv';

/** Reads the names of all topics. */
export function readTopicNames(): TopicNames {
  const rows = parse<Record<string, string>>(readProjectFile(file), { columns: true });
  const byTopic = new Map(rows.map((row) => [row['topic'], row]));
  return {
    of: (language, topics) =>
      Object.fromEntries(
        topics.flatMap((topic) => {
          const [name] = byTopic.get(topic)?.[language]?.split('|') ?? [];
          return name === undefined || name === '' ? [] : [[topic, name]];
        }),
      ),
  };
}
