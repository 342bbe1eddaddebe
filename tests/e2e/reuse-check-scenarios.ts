import type { TestGraph } from '../support/test-graph.js';

interface Candidate {
  readonly solutionId: string;
  readonly solution: { readonly publishedIn: readonly string[] };
  readonly mayJoin: { readonly answer: string; readonly consortiumId: string | null; readonly source: string | null };
  readonly unknown: readonly string[];
}

export interface Check {
  readonly candidates: readonly Candidate[];
  readonly notConsidered: readonly { readonly country: string; readonly reason: string }[];
}

/** Checks a need in words, for an administration. */
export async function checkText(graph: TestGraph, text: string, administration: string): Promise<Check> {
  const { data, errors } = await graph.query(
    `query ($text: String!, $for: ID!) { reuseCheck(text: $text, for: $for) {
      candidates(first: 20) { solutionId solution { publishedIn } mayJoin { answer consortiumId source } unknown }
      notConsidered { country reason } } }`,
    { text, for: administration },
  );
  expect(errors).toBeUndefined();
  return data?.['reuseCheck'] as Check;
}

export interface StateCount {
  readonly state: string;
  readonly holders: number;
  readonly amounts: readonly { readonly amount: string; readonly currency: string }[];
}

interface Need {
  readonly holders: {
    readonly totalCount: number;
    readonly nodes: readonly { readonly metBy: readonly string[] }[];
    readonly states: readonly StateCount[];
  };
}

/** The holders of the same need as a stated one, of the catalogue that states it, in an area. */
export async function findHolders(graph: TestGraph, need: string, nuts: string): Promise<Need['holders'] | undefined> {
  const { data, errors } = await graph.query(
    `query ($need: ID!, $nuts: String!) { reuseCheck(need: $need) { sameNeed { nodes { id
      holders(nuts: $nuts, first: 200) { totalCount nodes { metBy } states { state holders amounts { amount currency } } } } } } }`,
    { need, nuts },
  );
  expect(errors).toBeUndefined();
  const { sameNeed } = data?.['reuseCheck'] as {
    readonly sameNeed: { readonly nodes: readonly (Need & { readonly id: string })[] };
  };
  return sameNeed.nodes.find(({ id }) => id === need)?.holders;
}
