import type { Connection } from '../kit/graphql/pagination.js';

/** A page of a search in names, which marks what matches only with a typing error. */
export interface FuzzyConnection<Row> extends Connection<Row> {
  readonly edges: readonly { readonly node: Row; readonly cursor: string; readonly fuzzy: boolean | null }[];
  /** Null without a search, and on an empty page. */
  readonly fuzzy: boolean | null;
}

/** Marks the edges of a page as its rows are marked. */
export function withFuzzyEdges<Row extends { readonly fuzzy: boolean | null }>(
  page: Connection<Row>,
): FuzzyConnection<Row> {
  const edges = page.edges.map((edge) => ({
    node: edge.node,
    get cursor() {
      return edge.cursor;
    },
    fuzzy: edge.node.fuzzy,
  }));
  const [first] = edges;
  return {
    ...page,
    edges,
    fuzzy: first === undefined || first.fuzzy === null ? null : edges.some(({ fuzzy }) => fuzzy),
  };
}
