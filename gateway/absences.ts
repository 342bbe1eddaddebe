import type { SubgraphFetch } from './subgraph-errors.js';

/**
 * Europe names a body before anybody knows whether there is one. Where its owner then has none, or does not answer,
 * @apollo/gateway would keep what Europe said, and a client who asks for nullable fields alone would see a ghost made of
 * nulls. It gives null for an object whose type does not exist: so that is what is put in the place of an absent body.
 */
export function withAbsences(
  data: Record<string, unknown> | null,
  { path, variables }: SubgraphFetch,
  owns: (typename: string) => boolean,
): Record<string, unknown> | null {
  if (path.length === 0) return data;
  const asked = (variables['representations'] ?? []) as readonly { readonly __typename: string }[];
  const found = (data?.['_entities'] ?? []) as readonly unknown[];
  return {
    _entities: asked.map(({ __typename }, index) => found[index] ?? (owns(__typename) ? { __typename: absent } : null)),
  };
}

/** No type of any schema may be called so. */
const absent = '__Absent';
