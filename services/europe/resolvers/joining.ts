import type { Context } from '../context.js';
import type { ResolversOf } from '../generated/resolver-types.js';
import {
  assessJoining,
  type Joiner,
  type Joining,
  type JoiningFacts,
  type JoiningTerms,
} from '../reuse-check/may-join.js';
import type { TermsContent } from '../rows.js';
import { stubForId } from '../stubs.js';

/** A solution that an administration may join in maintaining. */
interface JoinedSolution {
  readonly id: string;
  /** The country that owns it: only that one can state why it is not shared. Undefined if no catalogue describes it. */
  readonly owner: string | undefined;
}

/** Whether an administration may join those who maintain a solution, and from what that follows. */
interface LoadedJoining {
  readonly mayJoin: Joining;
  readonly consortia: readonly JoiningFacts[];
  /** All terms of the solution. */
  readonly terms: readonly TermsContent[];
}

/** Reads who maintains a solution on a day and on which terms, and assesses whether an administration may join. */
export async function loadJoining(
  { id, owner }: JoinedSolution,
  administration: (Joiner & { readonly id: string }) | null,
  day: string,
  { loaders }: Context,
): Promise<LoadedJoining> {
  const [facts, stated] = await Promise.all([
    loaders.joiningFacts.load({ id, day, arguments: administration?.id ?? null }),
    loaders.termsOfSolution.load(id),
  ]);
  const consortia = facts.map((row) => ({ ...row, terms: row.terms.map(toJoiningTerms) }));
  const terms = stated.map(({ content }) => content);
  const ownTerms = terms.filter(({ consortiumId, country }) => consortiumId === null && country === owner);
  return { mayJoin: assessJoining(administration, consortia, ownTerms.map(toJoiningTerms)), consortia, terms };
}

const toJoiningTerms = ({
  openToKinds,
  openToNuts,
  eligibility,
  exceptionGround,
  provenance: { source, observedOn },
}: TermsContent): JoiningTerms => ({
  openToKinds,
  openToNuts,
  hasEligibility: eligibility.length > 0,
  exceptionGround,
  source,
  observedOn,
});

export const joiningAssessmentResolvers: ResolversOf<'JoiningAssessment'> = {
  consortium: ({ consortiumId }) => (consortiumId === null ? null : stubForId(consortiumId)),
};
