/** An abusive request, and how it must be rejected. */
export interface Abuse {
  readonly name: string;
  readonly method?: 'GET' | 'POST';
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Created when it is sent: some are large. */
  readonly body?: () => string | Buffer;
  readonly rejection: Rejection;
  /** Another possible rejection, where that depends on how much stack the parser uses. */
  readonly alternative?: Rejection;
}

/** How a request is rejected. A request that is rejected before GraphQL has only a status. */
export interface Rejection {
  readonly status: number;
  readonly code?: string;
  /** The limit that was exceeded. */
  readonly limit?: string;
}

/** The body of a GraphQL request. */
export const requestBody =
  (query: string, variables?: unknown): (() => string) =>
  () =>
    JSON.stringify({ query, variables });

export const times = (count: number, part: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => part(index)).join(' ');

/** Nested fields: `path('denmark consortia', 'id')` is `denmark { consortia { id } }`. */
export const path = (fields: string, inner: string): string =>
  fields
    .trim()
    .split(' ')
    .reduceRight((within, field) => `${field} { ${within} }`, inner);
