import { normalise } from '../../shared/normalise.js';
import { topicTerms } from './topics.js';

/** A topic that a label is about, by its words alone. */
export interface TextTopic {
  readonly topic: string;
  /** CLOSE: the label is a term of the topic. RELATED: it contains one. */
  readonly relation: 'CLOSE' | 'RELATED';
}

interface LabelText {
  readonly language: string;
  readonly text: string;
}

/** Terms by language and by the beginning of their first word, so that a label is compared with few of them. */
const termsByStart = new Map<string, { readonly topic: string; readonly words: readonly string[] }[]>();
for (const { topic, language, term } of topicTerms) {
  const words = term.split(' ');
  const key = startOf(language, words[0] ?? '');
  termsByStart.set(key, [...(termsByStart.get(key) ?? []), { topic, words }]);
}

function startOf(language: string, word: string): string {
  return `${language} ${word.slice(0, 3)}`;
}

/** A word of which only the end differs: `biblioteker` and `bibliotek`. A short word has too little that is not its end. */
const minStemLength = 5;
const maxEndLength = 4;
const isForm = (word: string, term: string): boolean =>
  word === term || (term.length >= minStemLength && word.startsWith(term) && word.length - term.length <= maxEndLength);

/** Finds the topics that labels are about: each once, with its strongest relation, in the order of their names. */
export function findTextTopics(labels: readonly LabelText[]): TextTopic[] {
  const found = new Map<string, TextTopic>();
  for (const { language, text } of labels) {
    const words = normalise(text).split(' ');
    for (let place = 0; place < words.length; place += 1) {
      const candidates =
        termsByStart.get(startOf(language.split('-')[0]?.toLowerCase() ?? '', words[place] ?? '')) ?? [];
      for (const { topic, words: term } of candidates) {
        if (!term.every((part, index) => isForm(words[place + index] ?? '', part))) continue;
        const relation = term.length === words.length ? 'CLOSE' : 'RELATED';
        if (found.get(topic)?.relation !== 'CLOSE') found.set(topic, { topic, relation });
      }
    }
  }
  return [...found.values()].sort((one, other) => (one.topic < other.topic ? -1 : 1));
}
