import { normalise } from '../../shared/normalise.js';

const meaningSoftware: Readonly<Record<string, string>> = {
  da: 'software system systemer systemet løsning løsninger løsningen værktøj værktøjer',
  nl: 'software systeem systemen oplossing oplossingen toepassing toepassingen hulpmiddel',
  fr: 'logiciel logiciels système systèmes solution solutions application applications outil outils',
  de: 'Software System Systeme Lösung Lösungen Anwendung Anwendungen Werkzeug Werkzeuge',
  it: 'software sistema sistemi soluzione soluzioni applicazione applicazioni strumento strumenti',
  en: 'software system systems solution solutions application applications tool tools',
};

/** Stop words that PostgreSQL's own lists contain only with accents, which normalised searches and texts lack. */
const withoutAccents: Readonly<Record<string, string>> = {
  da: 'på når være været også sådan',
  fr: 'à même été était étaient être',
  de: 'für fuer über ueber während waehrend können koennen könnte würde würden',
  it: 'è più perché',
};

const normalised = (words: Readonly<Record<string, string>>): ReadonlySet<string> =>
  new Set(normalise(Object.values(words).join(' ')).split(' '));

/**
 * Words that apply to every solution, in any language: `software for meetings` finds meetings that do not mention software.
 * Normalised.
 */
export const stopWords = normalised(meaningSoftware);

/** Stop words of a language that PostgreSQL's lists lack. Normalised. */
export const languageStopWords = normalised(withoutAccents);

/** Phrases that mean free software, of words that mean something elsewhere. Normalised. */
const stopPhrases = [
  'open source',
  'open kildekode',
  'fri software',
  'vrije software',
  'logiciel libre',
  'logiciels libres',
  'code source ouvert',
  'freie software',
  'quelloffene software',
  'software libero',
  'free software',
].map((phrase) => phrase.split(' '));

/** For each word of a text, whether it is a stop word or part of a stop phrase. */
export function markStopWords(words: readonly string[]): readonly boolean[] {
  const inPhrases = new Set(
    stopPhrases.flatMap((phrase) =>
      words.flatMap((_word, start) =>
        phrase.every((part, index) => words[start + index] === part) ? phrase.map((_part, index) => start + index) : [],
      ),
    ),
  );
  return words.map((word, place) => stopWords.has(word) || inPhrases.has(place));
}
