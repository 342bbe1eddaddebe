import { normalise, normaliseWithTwoLetters } from '../../shared/normalise.js';
import { editDistance } from '../../shared/edit-distance.js';
import { InputError } from '../../kit/graphql/errors.js';
import type { Query } from '../index-database.js';
import { compoundLanguages, configurations } from '../search/languages.js';
import { stopWords } from '../search/stop-words.js';
import { introductions } from './introductions.js';
import { lexize } from './lexize.js';
import { formKey, loadVocabulary, type NeedTerm, type Vocabulary } from './vocabulary.js';

/** A topic of a text. */
export interface UnderstoodTopic {
  readonly topic: string;
  /** The larger, the more the text is about it. Only the order has a meaning. */
  readonly score: number;
  /** The words of the text by which it was found, in their order, normalised. */
  readonly words: readonly string[];
}

/** A word of a text, with its stems by language; a language without a stem has it as a stop word. */
interface TextWord {
  readonly word: string;
  readonly stems: ReadonlyMap<string, readonly string[]>;
  readonly stopWordOf: readonly string[];
  /** Whether it stands for a compound whose last part follows: `el` and `vand` in `el-, vand- og varmeforbrug`. */
  readonly isFirstPart: boolean;
}

/** That a word of the text occurs in a term. */
interface Match {
  readonly term: NeedTerm;
  readonly form: string;
  readonly place: number;
  /** How certain it is, from 0 to 1. */
  readonly weight: number;
}

export const maxTextLength = 500;
const maxWords = 100;

/** How much a word of another language than the text's counts. */
const otherLanguage = 0.4;
/** How much a part of a compound, and a word with a typing error, count. */
const compoundPart = 0.75;
const misspelt = 0.5;
/** How much a word counts that only needs use, and a term whose words are not side by side. */
const hint = 0.8;
/** Each further word of a topic counts less than the one before: many weak words are not a strong one. */
const furtherWord = 0.6;
/** How much the last word counts; the first one counts 1. A need begins with what is needed. */
const lastWord = 0.5;
/** How much more a term of several words counts, each of which may be in other terms too. */
const wholePhrase = 1.15;
/** How much a word counts within a term that introduces any need: `management` in `document management`. */
const commonWord = 0.3;
/** By whom and for whom something is needed is rarely what is needed. */
const bystanders = new Set(
  'municipality citizens employees children family youth volunteers council-members mayor patients other'.split(' '),
);
const bystander = 0.35;

/**
 * The topics of a need in free text, the most likely first.
 *
 * @throws InputError INVALID_ARGUMENT when it is too long.
 */
export async function understandText(query: Query, text: string): Promise<readonly UnderstoodTopic[]> {
  if (text.length > maxTextLength)
    throw new InputError(
      'INVALID_ARGUMENT',
      `\`text\` has ${text.length} characters; at most ${maxTextLength} are allowed.`,
    );
  const vocabulary = await loadVocabulary(query);
  return rankTopics(await readWords(query, text), vocabulary);
}

async function readWords(query: Query, text: string): Promise<readonly TextWord[]> {
  const words = normalise(text).split(' ').slice(0, maxWords);
  const withTwoLetters = normaliseWithTwoLetters(text).split(' ');
  const firstParts = new Set(
    Array.from(text.matchAll(/([\p{Letter}\p{Mark}]+)-(?=[\s,;/])/gu), ([, part = '']) => normalise(part)),
  );
  const spelled = words.map((word, place) => [...new Set([word, withTwoLetters[place] ?? word])]);
  const languages = [...configurations.keys()];
  const lexemes = await lexize(
    query,
    languages.flatMap((language) => spelled.flat().map((word) => ({ language, word }))),
  );
  return spelled.map((spellings) => {
    const stems = new Map(
      languages.map((language) => [language, spellings.flatMap((word) => lexemes.stem(language, word) ?? [])]),
    );
    return {
      word: spellings[0] ?? '',
      stems,
      stopWordOf: languages.filter((language) => stems.get(language)?.length === 0),
      isFirstPart: firstParts.has(spellings[0] ?? ''),
    };
  });
}

function rankTopics(words: readonly TextWord[], vocabulary: Vocabulary): UnderstoodTopic[] {
  const languages = weighLanguages(words, vocabulary);
  // Several, if the text is too short to decide.
  const own = new Set([...languages].flatMap(([language, weight]) => (weight === 1 ? [language] : [])));
  // A stop word of the text's language is not a word of another language: `per` is not the press, in Dutch `pers`.
  const meaningful = words.filter(
    ({ word, stopWordOf }) => word !== '' && !stopWordOf.some((language) => own.has(language)),
  );
  const matches = meaningful.flatMap((word, place) =>
    [...languages.keys()].flatMap((language) =>
      matchWord(word, { language, isOwn: own.has(language), place }, vocabulary),
    ),
  );
  const byTerm = new Map<NeedTerm, Match[]>();
  for (const match of matches) byTerm.set(match.term, [...(byTerm.get(match.term) ?? []), match]);
  const byTopic = new Map<string, Map<number, number>>();
  for (const [term, found] of byTerm) {
    const best = bestPlaces(term, found);
    if (best === null || best.every(({ place }) => isCommon(meaningful[place]))) continue;
    const places = byTopic.get(term.topic) ?? new Map<number, number>();
    byTopic.set(term.topic, places);
    const weight =
      (languages.get(term.language) ?? 0) *
      (term.isName ? 1 : hint) *
      (best.length > 1 ? wholePhrase : 1) *
      (bystanders.has(term.topic) ? bystander : 1);
    for (const { place, form, weight: certainty } of best) {
      const position = 1 - (1 - lastWord) * (meaningful.length < 2 ? 0 : place / (meaningful.length - 1));
      const specificity = vocabulary.specificity.get(formKey(term.language, form)) ?? 0;
      const points = weight * certainty * position * specificity * (isCommon(meaningful[place]) ? commonWord : 1);
      places.set(place, Math.max(places.get(place) ?? 0, points));
    }
  }
  return [...byTopic]
    .map(([topic, places]) => ({
      topic,
      score: [...places.values()]
        .sort((one, other) => other - one)
        .reduce((sum, points, rank) => sum + points * furtherWord ** rank, 0),
      words: [...places.keys()].sort((one, other) => one - other).map((place) => meaningful[place]?.word ?? ''),
    }))
    .sort((one, other) => other.score - one.score || (one.topic < other.topic ? -1 : 1));
}

/** Whether a word introduces any need, or applies to any solution. */
const isCommon = (word: TextWord | undefined): boolean =>
  word !== undefined && (introductions.has(word.word) || stopWords.has(word.word));

/** How much the words of each language count: the text's own language is the one with most of its stop words. */
function weighLanguages(words: readonly TextWord[], { byForm }: Vocabulary): ReadonlyMap<string, number> {
  const points = new Map([...configurations.keys()].map((language) => [language, 0]));
  for (const { stems, stopWordOf } of words) {
    for (const language of stopWordOf) points.set(language, (points.get(language) ?? 0) + 1 / stopWordOf.length);
    for (const [language, forms] of stems)
      if (forms.some((form) => byForm.has(formKey(language, form))))
        points.set(language, (points.get(language) ?? 0) + 0.2);
  }
  const most = Math.max(...points.values());
  return new Map(
    [...points].map(([language, count]) => [
      language,
      count === most ? 1 : Math.max(otherLanguage, (count / (most || 1)) * 0.9),
    ]),
  );
}

/** The terms in which a word occurs: in any of its forms; else as a part of a compound, or with a typing error. */
function matchWord(
  { word, stems, stopWordOf, isFirstPart }: TextWord,
  { language, isOwn, place }: { readonly language: string; readonly isOwn: boolean; readonly place: number },
  vocabulary: Vocabulary,
): Match[] {
  if (stopWordOf.includes(language)) return [];
  const toMatches = (forms: readonly string[], weight: number): Match[] =>
    [...new Set(forms)].flatMap((form) =>
      (vocabulary.byForm.get(formKey(language, form)) ?? []).map((term) => ({ term, form, place, weight })),
    );
  // The stem of a short word is often that of another one: in Dutch, `per` is that of `pers`.
  if (word.length <= maxShortWord && vocabulary.words.get(language)?.has(word) !== true) return [];
  const own = stems.get(language) ?? [];
  const whole = toMatches(own, isFirstPart ? compoundPart ** 2 : 1);
  if (whole.length > 0 || !isOwn) return whole;
  const parts = vocabulary.parts.get(language) ?? new Map<string, string>();
  const compound = compoundLanguages.includes(language) ? own.flatMap((stem) => findParts(word, stem, parts)) : [];
  return compound.length > 0 ? toMatches(compound, compoundPart) : toMatches(findSimilar(word, parts), misspelt);
}

const maxShortWord = 3;
/** A word with fewer letters is more often another word than a misspelt one. */
const minMisspeltLength = 6;

/** The forms of the known words that a word may be with a typing error: those with the same first letter and fewest edits. */
function findSimilar(word: string, parts: ReadonlyMap<string, string>): string[] {
  if (word.length < minMisspeltLength) return [];
  let fewest = word.length < 9 ? 1 : 2;
  let found: string[] = [];
  for (const [part, form] of parts) {
    if (part[0] !== word[0] || part.length < minMisspeltLength) continue;
    const distance = editDistance(word, part, fewest);
    if (distance > fewest) continue;
    found = distance < fewest ? [form] : [...found, form];
    fewest = distance;
  }
  return found;
}

const minPartLength = 4;
const minRestLength = 3;

/** The longest known words with which a compound begins and ends. */
function findParts(word: string, stem: string, parts: ReadonlyMap<string, string>): string[] {
  const found: string[] = [];
  for (let length = word.length - minRestLength; length >= minPartLength; length -= 1) {
    const form = parts.get(word.slice(0, length));
    if (form === undefined) continue;
    found.push(form);
    break;
  }
  for (let start = minRestLength; stem.length - start >= minPartLength; start += 1) {
    const form = parts.get(stem.slice(start)) ?? parts.get(word.slice(start));
    if (form === undefined) continue;
    found.push(form);
    break;
  }
  return found;
}

/** Where all words of a term occur, near one another; null if one is missing. */
function bestPlaces({ forms }: NeedTerm, found: readonly Match[]): readonly Match[] | null {
  const best = [...new Set(forms)].map(
    (form) =>
      found
        .filter((match) => match.form === form)
        .sort((one, other) => other.weight - one.weight || one.place - other.place)[0],
  );
  const all = best.filter((match) => match !== undefined);
  if (all.length < best.length) return null;
  const places = all.map(({ place }) => place);
  return Math.max(...places) - Math.min(...places) <= forms.length + 2 ? all : null;
}
