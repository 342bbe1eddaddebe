import { InputError } from '../../kit/graphql/errors.js';
import type { Context } from '../context.js';
import { type Concept, conceptKey, topicScheme } from '../crosswalk/crosswalk.js';
import { parseConceptKey } from '../crosswalk/codes.js';
import type { StatedMatch } from '../need-rows.js';
import { findMatchesOf } from './codes.js';
import { findCloseTopics, termsByTopic } from '../search/topics.js';
import { understandText } from '../understanding/understand-text.js';
import type { CheckInput } from '../reuse-check/check-record.js';
import type { SearchedCodes, Topic } from '../reuse-check/reuse-check.js';

const maxTopics = 5;
const maxCodes = 10;
/** A topic to which the text points less than half as strongly as to the first one is not part of the need. */
const minShare = 0.5;

/** What a need is about. */
export interface UnderstoodNeed {
  readonly topics: readonly Topic[];
  /** The codes and topics in which crosswalks begin. */
  readonly concepts: readonly Concept[];
}

/**
 * What a need is about: the topics that the client states; else those of its codes, or of the codes of a stated need; else those of
 * its words.
 *
 * @throws InputError INVALID_ARGUMENT or INVALID_ID.
 */
export async function understandNeed(input: CheckInput, context: Context): Promise<UnderstoodNeed> {
  requireOneInput(input);
  if (input.topics !== null) {
    const topics = requireTopics(input.topics).map((topic): Topic => ({ topic, relation: 'GIVEN', path: [topic] }));
    return { topics, concepts: topics.map(toConcept) };
  }
  const need = input.need === null ? null : await context.loaders.need.load(input.need);
  if (input.need !== null && need === null)
    throw new InputError(
      'INVALID_ID',
      `No catalogue states a need with the id ${JSON.stringify(input.need.slice(0, 80))}.`,
    );
  const codes = input.codes?.map(parseConceptKey) ?? need?.codes ?? [];
  if (codes.length > 0) return { topics: await findTopicsOfCodes(codes, context), concepts: codes };
  const topics = await findTopicsOfText(input.text ?? need?.statements[0]?.text ?? '', context);
  return { topics, concepts: topics.map(toConcept) };
}

const toConcept = ({ topic }: Topic): Concept => ({ scheme: topicScheme, notation: topic });

function requireOneInput({ text, codes, need, topics }: CheckInput): void {
  const given = [text, codes, need].filter((input) => input !== null);
  if (given.length > 1) throw new InputError('INVALID_ARGUMENT', 'Give one of `text`, `codes` and `need`.');
  if (text?.trim() === '' || codes?.length === 0 || (given.length === 0 && topics === null))
    throw new InputError('INVALID_ARGUMENT', 'Nothing was given to check; give `text`, `codes`, `need` or `topics`.');
  if (codes !== null && codes.length > maxCodes)
    throw new InputError('INVALID_ARGUMENT', `\`codes\` has ${codes.length} items; at most ${maxCodes} are allowed.`);
}

function requireTopics(topics: readonly string[]): readonly string[] {
  if (topics.length === 0 || topics.length > maxTopics)
    throw new InputError(
      'INVALID_ARGUMENT',
      `\`topics\` has ${topics.length} items; from 1 to ${maxTopics} are allowed.`,
    );
  const unknown = topics.find((topic) => !termsByTopic.has(topic));
  if (unknown !== undefined)
    throw new InputError(
      'INVALID_ARGUMENT',
      `${JSON.stringify(unknown.slice(0, 80))} is not a topic; \`understoodAs { topic }\` returns topics for a text.`,
    );
  return [...new Set(topics)];
}

async function findTopicsOfText(text: string, { repositories }: Context): Promise<readonly Topic[]> {
  const found = await understandText(repositories.query, text);
  const least = (found[0]?.score ?? 0) * minShare;
  const topics = found
    .filter(({ score }) => score >= least)
    .map(({ topic, words }): Topic => ({ topic, relation: 'TEXT', path: [...words, topic] }));
  return withCloseTopics(topics).slice(0, maxTopics);
}

/** The topics, and after them those that share names with one of them: who writes about the council may mean any meetings. */
function withCloseTopics(topics: readonly Topic[]): readonly Topic[] {
  const all = new Map(topics.map((topic) => [topic.topic, topic]));
  for (const { topic, relation, path } of topics) {
    for (const close of findCloseTopics(topic))
      if (!all.has(close)) all.set(close, { topic: close, relation, path: [...path, close] });
  }
  return [...all.values()];
}

async function findTopicsOfCodes(codes: readonly Concept[], context: Context): Promise<readonly Topic[]> {
  const matches = await findMatchesOf(codes, context);
  return matches
    .filter(({ to }) => to.scheme === topicScheme && termsByTopic.has(to.notation))
    .slice(0, maxTopics)
    .map(({ from, to, relation, path }) => ({
      topic: to.notation,
      relation: path.length === 0 ? 'GIVEN' : relation,
      path: [from, ...path.map((step) => step.to)].map((concept) =>
        concept.scheme === topicScheme ? concept.notation : conceptKey(concept),
      ),
    }));
}

/** The codes by which records are found. What words lead to is never the same: the topics themselves are a guess. */
export function toSearchedCodes(matches: readonly StatedMatch[], topics: readonly Topic[]): SearchedCodes {
  const isGuess = topics[0]?.relation === 'TEXT';
  const codesOf = (wanted: readonly string[]): string[] =>
    matches.flatMap(({ to, relation }) =>
      to.scheme !== topicScheme && wanted.includes(relation) ? [conceptKey(to)] : [],
    );
  return isGuess
    ? { same: [], close: codesOf(['EXACT', 'CLOSE']) }
    : { same: codesOf(['EXACT']), close: codesOf(['CLOSE']) };
}
