/** What identifies a graph: the names of its subgraphs, and the fields of its query type. */
export interface GraphIdentity {
  readonly subgraphs: readonly string[];
  readonly rootFields: readonly string[];
}

/**
 * Checks that a new supergraph is one of the graph that is served, and not of another one that was deployed by mistake: it has all
 * of its subgraphs, and at least half of its root fields.
 *
 * @throws Error that names both.
 */
export function checkSameGraph(served: GraphIdentity, next: GraphIdentity): void {
  const lacking = served.subgraphs.filter((name) => !next.subgraphs.includes(name));
  if (lacking.length > 0)
    throw differentGraph(
      `it has the subgraphs ${list(next.subgraphs)}, and lacks ${list(lacking)} of those that are served, ${list(served.subgraphs)}`,
    );
  const common = served.rootFields.filter((name) => next.rootFields.includes(name));
  if (common.length * 2 < served.rootFields.length)
    throw differentGraph(
      `its query type has the fields ${list(next.rootFields)}, and only ${common.length} of the ${served.rootFields.length} that are served: ${list(served.rootFields)}`,
    );
}

const differentGraph = (difference: string): Error =>
  new Error(
    `it is a different graph: ${difference}. To serve it, restart the gateway, or set ALLOW_DIFFERENT_GRAPH=true`,
  );

/** How many names an error lists. */
const maxListed = 30;

const list = (names: readonly string[]): string =>
  [...names].sort().slice(0, maxListed).join(', ') + (names.length > maxListed ? ', …' : '') || '(none)';
