/** A request of somebody who means harm, and by what it is refused. */
export interface Abuse {
  readonly name: string;
  readonly method?: 'GET' | 'POST';
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Made when it is sent: some are large. */
  readonly body?: () => string | Buffer;
  readonly refusal: Refusal;
  /** By what else it may be refused, where that depends on how much stack the parser uses. */
  readonly otherwise?: Refusal;
}

/** How a request is refused. What never became GraphQL has a status alone. */
export interface Refusal {
  readonly status: number;
  readonly code?: string;
  /** Which limit was passed. */
  readonly limit?: string;
}

/** A body of GraphQL over HTTP. */
export const bodyOf =
  (query: string, variables?: unknown): (() => string) =>
  () =>
    JSON.stringify({ query, variables });

export const times = (count: number, part: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => part(index)).join(' ');

/** Fields within one another: `path('denmark consortia', 'id')` is `denmark { consortia { id } }`. */
export const path = (fields: string, inner: string): string =>
  fields
    .trim()
    .split(' ')
    .reduceRight((within, field) => `${field} { ${within} }`, inner);
