import { today } from '../../shared/dates.js';
import { InputError } from '../../kit/graphql/errors.js';
import type { Context } from '../context.js';
import type { QueryResolvers, ResolversOf } from '../generated/resolver-types.js';
import {
  type CheckInput,
  type CheckRecord,
  decodeCheckRecord,
  encodeCheckRecord,
  toFingerprint,
} from '../reuse-check/check-record.js';
import { assessJoining } from '../reuse-check/may-join.js';
import {
  assessCandidate,
  type CandidateParent,
  type ReuseCheckParent,
  type Topic,
} from '../reuse-check/reuse-check.js';
import { toSearchedTopics } from '../reuse-check/search-topics.js';
import { findCloseTopics, termsByTopic } from '../search/topics.js';
import { stubForId } from '../stubs.js';
import { understandText } from '../understanding/understand-text.js';
import { requireAdministrationId } from './peers.js';
import { loadSolutions } from './solution.js';
import { findUnconsidered } from './unconsidered.js';

const maxTopics = 5;
const defaultCandidates = 10;
const maxCandidates = 50;
/** A topic to which the text points less than half as strongly as to the first one is not part of the need. */
const minShare = 0.5;

export const reuseCheckQueries: Required<Pick<QueryResolvers, 'reuseCheck' | 'reuseCheckRecord'>> = {
  reuseCheck: (_root, { text, for: administration, topics, asOf }, context) =>
    check(
      { text: text ?? null, for: administration ?? null, topics: topics ?? null, asOf: asOf ?? null },
      null,
      context,
    ),
  reuseCheckRecord: async (_root, { id }, context) => {
    const recorded = decodeCheckRecord(id);
    const { input } = recorded;
    return {
      recorded,
      check: await check({ ...input, asOf: dayOf(recorded) }, recorded, context),
      today: await check({ ...input, asOf: null }, null, context),
    };
  },
};

/** The day that a recorded check was about. */
const dayOf = ({ input, checkedAt }: CheckRecord): string =>
  input.asOf ?? new Date(checkedAt * 1000).toISOString().slice(0, 10);

async function check(
  input: CheckInput,
  recorded: CheckRecord | null,
  { repositories }: Context,
): Promise<ReuseCheckParent> {
  const day = input.asOf ?? today();
  if (day > today()) throw new InputError('INVALID_ARGUMENT', `\`asOf\` is ${day}; it must not be after today.`);
  if (input.for !== null) requireAdministrationId(input.for);
  return {
    input,
    day,
    recorded,
    understoodAs: await understand(input, repositories),
    administration: input.for === null ? null : await repositories.reuseChecks.findAdministration(input.for),
  };
}

async function understand({ text, topics }: CheckInput, { query }: Context['repositories']): Promise<readonly Topic[]> {
  if (topics !== null) return requireTopics(topics).map((topic) => ({ topic, relation: 'GIVEN', path: [topic] }));
  if (text === null || text.trim() === '')
    throw new InputError('INVALID_ARGUMENT', 'Nothing was given to check; give `text` or `topics`.');
  const found = await understandText(query, text);
  const least = (found[0]?.score ?? 0) * minShare;
  const topicsOfText = found
    .filter(({ score }) => score >= least)
    .map(({ topic, words }): Topic => ({ topic, relation: 'TEXT', path: [...words, topic] }));
  return withCloseTopics(topicsOfText).slice(0, maxTopics);
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

async function findCandidates(
  parent: ReuseCheckParent,
  first: number | null | undefined,
  cataloguedAfter: string | null,
  { repositories }: Context,
): Promise<CandidateParent[]> {
  const limit = first ?? defaultCandidates;
  if (limit < 0 || limit > maxCandidates)
    throw new InputError('INVALID_ARGUMENT', `\`first\` is ${limit}; it must be from 0 to ${maxCandidates}.`);
  const { administration, day, understoodAs } = parent;
  if (understoodAs.length === 0 || limit === 0) return [];
  const topics = await toSearchedTopics(
    repositories.query,
    understoodAs.map(({ topic }) => topic),
  );
  const rows = await repositories.reuseChecks.findCandidates(topics, { cataloguedBy: day, cataloguedAfter, limit });
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const [facts, joining] = await Promise.all([
    repositories.reuseChecks.findFacts(ids, day, administration?.id ?? null),
    repositories.reuseChecks.findJoiningFacts(ids, day, administration?.id ?? null),
  ]);
  const factsOf = new Map(facts.map((row) => [row.id, row]));
  return rows.flatMap((row) => {
    const known = factsOf.get(row.id);
    const mayJoin = assessJoining(
      administration,
      joining.filter(({ parentId }) => parentId === row.id),
    );
    return known ? [assessCandidate({ row, facts: known, mayJoin, check: { administration, day } })] : [];
  });
}

export const reuseCheckResolvers: ResolversOf<'ReuseCheck'> = {
  text: ({ input }) => input.text,
  forId: ({ input }) => input.for,
  asOf: ({ day }) => day,
  understoodAs: ({ understoodAs }) =>
    understoodAs.map(({ topic, relation, path }) => ({ topic, relation, path: [...path] })),
  candidates: (parent, { first }, context) => findCandidates(parent, first, null, context),
  notConsidered: (_parent, _args, context) => findUnconsidered(context, { needs: false }),
  record: async ({ input, recorded }, _args, { repositories }) =>
    toRecord(
      recorded ?? { input, checkedAt: Math.floor(Date.now() / 1000), positions: await findPositions(repositories) },
    ),
};

const toRecord = (record: CheckRecord) => ({
  id: encodeCheckRecord(record),
  checkedAt: new Date(record.checkedAt * 1000).toISOString(),
  positions: [...record.positions],
});

const findPositions = async ({ reuseChecks }: Context['repositories']): Promise<CheckRecord['positions']> =>
  (await reuseChecks.findPositions()).map(({ country, position }) => ({
    country,
    position: position === null ? null : toFingerprint(position),
  }));

export const reuseCheckRecordResolvers: ResolversOf<'ReuseCheckRecord'> = {
  record: ({ recorded }) => toRecord(recorded),
  notReproduced: () => ['DESCRIPTIONS', 'ORGANISATIONS', 'LATER_STATEMENTS', 'VOCABULARY'],
  changedSince: async ({ recorded }, _args, { repositories }) => {
    const before = new Map(recorded.positions.map(({ country, position }) => [country, position]));
    return (await findPositions(repositories)).flatMap(({ country, position }) =>
      before.get(country) === position ? [] : [country],
    );
  },
  addedSince: ({ recorded, today: now }, { first }, context) => findCandidates(now, first, dayOf(recorded), context),
};

export const joiningAssessmentResolvers: ResolversOf<'JoiningAssessment'> = {
  consortium: ({ consortiumId }) => (consortiumId === null ? null : stubForId(consortiumId)),
};

export const reuseCandidateResolvers: ResolversOf<'ReuseCandidate'> = {
  solutionId: ({ row }) => row.id,
  solution: ({ row }) => ({ address: row.address, row }),
  topics: ({ row }) => [...row.topics],
  usersLikeMe: ({ facts: { peers, peerUsers } }) => (peers === null ? null : { count: peerUsers ?? 0, of: peers }),
  licence: ({ row }) => row.content.licence,
  maintainedUntil: ({ row }) => row.content.maintainedUntil,
  derivatives: async ({ row }, _args, context) =>
    loadSolutions(await context.loaders.derivatives.load(row.id), context),
  evidence: async ({ row, check: { administration, day } }, _args, { loaders }) =>
    (await loaders.evidence.load({ id: row.id, day, arguments: administration?.id ?? null })).map(
      ({ provenance }) => provenance,
    ),
};
