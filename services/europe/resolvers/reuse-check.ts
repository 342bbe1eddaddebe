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
import { conceptKey } from '../crosswalk/crosswalk.js';
import type { NeedSelection } from '../repositories/needs.js';
import { assessCost } from '../reuse-check/assess-cost.js';
import { assessCandidate, type CandidateParent, type ReuseCheckParent } from '../reuse-check/reuse-check.js';
import { toSearchedTopics } from '../reuse-check/search-topics.js';
import { toSearchedCodes, understandNeed } from './understand-need.js';
import { catalogueStubs } from '../stubs.js';
import { findMatchesOf } from './codes.js';
import { loadJoining } from './joining.js';
import { findNeedMatches, listNeeds } from './needs.js';
import { requireAdministrationId } from './peers.js';
import { loadSolutions } from './solution.js';
import { findUnconsidered } from './unconsidered.js';

const defaultCandidates = 10;
const maxCandidates = 50;

export const reuseCheckQueries: Required<Pick<QueryResolvers, 'reuseCheck' | 'reuseCheckRecord'>> = {
  reuseCheck: (_root, { text, codes, need, for: administration, topics, asOf }, context) =>
    check(
      {
        text: text ?? null,
        codes: codes?.map(conceptKey) ?? null,
        need: need ?? null,
        for: administration ?? null,
        topics: topics ?? null,
        asOf: asOf ?? null,
      },
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

async function check(input: CheckInput, recorded: CheckRecord | null, context: Context): Promise<ReuseCheckParent> {
  const day = input.asOf ?? today();
  if (day > today()) throw new InputError('INVALID_ARGUMENT', `\`asOf\` is ${day}; it must not be after today.`);
  if (input.for !== null) requireAdministrationId(input.for);
  const { topics, concepts } = await understandNeed(input, context);
  return {
    input,
    day,
    recorded,
    understoodAs: topics,
    concepts,
    administration: input.for === null ? null : await context.loaders.checkedAdministration.load(input.for),
  };
}

async function findCandidates(
  parent: ReuseCheckParent,
  first: number | null | undefined,
  cataloguedAfter: string | null,
  context: Context,
): Promise<CandidateParent[]> {
  const limit = first ?? defaultCandidates;
  if (limit < 0 || limit > maxCandidates)
    throw new InputError('INVALID_ARGUMENT', `\`first\` is ${limit}; it must be from 0 to ${maxCandidates}.`);
  const { administration, day, understoodAs, concepts } = parent;
  if (concepts.length === 0 || limit === 0) return [];
  const { reuseChecks, query } = context.repositories;
  const topics = await toSearchedTopics(
    query,
    understoodAs.map(({ topic }) => topic),
  );
  const codes = toSearchedCodes(await findMatchesOf(concepts, context), understoodAs);
  const rows = await reuseChecks.findCandidates(topics, codes, { cataloguedBy: day, cataloguedAfter, limit });
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const [facts, joining] = await Promise.all([
    reuseChecks.findFacts(ids, day, administration?.id ?? null),
    Promise.all(
      rows.map((row) => loadJoining({ id: row.id, owner: row.publishedIn[0] }, administration, day, context)),
    ),
  ]);
  const factsOf = new Map(facts.map((row) => [row.id, row]));
  return rows.flatMap((row, index) => {
    const [known, found] = [factsOf.get(row.id), joining[index]];
    if (!known || !found) return [];
    const { mayJoin, consortia, terms } = found;
    return [
      assessCandidate({
        row,
        facts: known,
        mayJoin,
        cost: assessCost(administration, day, terms, consortia),
        check: { administration, day },
      }),
    ];
  });
}

export const reuseCheckResolvers: ResolversOf<'ReuseCheck'> = {
  text: ({ input }) => input.text,
  codes: ({ input }) => (input.codes === null ? null : [...input.codes]),
  needId: ({ input }) => input.need,
  forId: ({ input }) => input.for,
  asOf: ({ day }) => day,
  understoodAs: ({ understoodAs }) =>
    understoodAs.map(({ topic, relation, path }) => ({ topic, relation, path: [...path] })),
  sameNeed: async ({ concepts, day }, { countries, ...pageArguments }, context) => {
    if (countries) catalogueStubs(countries);
    const selection: NeedSelection = {
      search: null,
      matches: await findNeedMatches(concepts, context),
      holder: null,
      countries: countries ?? null,
      state: null,
      day,
      order: { field: 'RELEVANCE', direction: 'ASC' },
    };
    return listNeeds(selection, concepts, pageArguments, context);
  },
  candidates: (parent, { first }, context) => findCandidates(parent, first, null, context),
  notConsidered: (_parent, _args, context) => findUnconsidered(context, { needs: true }),
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

export const reuseCandidateResolvers: ResolversOf<'ReuseCandidate'> = {
  solutionId: ({ row }) => row.id,
  solution: ({ row }) => ({ address: row.address, row }),
  topics: ({ row }) => [...row.topics],
  usersLikeMe: ({ facts: { peers, peerUsers } }) => (peers === null ? null : { count: peerUsers ?? 0, of: peers }),
  cost: ({ cost }) => (cost.fees.length === 0 ? null : [...cost.fees]),
  licence: ({ row }) => row.content.licence,
  maintainedUntil: ({ row }) => row.content.maintainedUntil,
  derivatives: async ({ row }, _args, context) =>
    loadSolutions(await context.loaders.derivatives.load(row.id), context),
  evidence: async ({ row, check: { administration, day } }, _args, { loaders }) =>
    (await loaders.evidence.load({ id: row.id, day, arguments: administration?.id ?? null })).map(
      ({ provenance }) => provenance,
    ),
};
