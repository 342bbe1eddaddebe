import { postQuery } from '../compose/post-query.js';

/** A query to a subgraph, and its response. */
export interface QueryResult {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly status: number;
  readonly data: unknown;
  readonly errors: readonly {
    readonly message?: string;
    readonly path?: readonly (string | number)[];
    readonly extensions?: Readonly<Record<string, unknown>>;
  }[];
  /** The body of the response, unparsed. */
  readonly text: string;
}

/** The subgraph that is checked against the contract. */
export interface Subject {
  /** The URL of its `/subgraph`. */
  readonly url: string;
  readonly secret: string | undefined;
  readonly sdl: string;
  /** Its field on Query. */
  readonly folder: string;
  /** The prefix of the names of its types, such as `Belgian`. */
  readonly adjective: string;
  /** ISO 3166-1 alpha-2, upper case. */
  readonly code: string;
  /** The prefix of its ids, such as `be`. */
  readonly prefix: string;
  readonly query: (query: string, variables?: Readonly<Record<string, unknown>>) => Promise<QueryResult>;
  /** Queries its catalogue; the alias of the field is `catalogue`. */
  readonly queryCatalogue: (
    selection: string,
    variables?: Readonly<Record<string, unknown>>,
    declared?: string,
  ) => Promise<QueryResult>;
}

/** A violation of the contract. */
export interface Finding {
  /** The query with its variables. */
  readonly request: string;
  readonly expected: string;
  readonly received: string;
}

/** Something that the contract requires of every subgraph. */
export interface Check {
  /** The part of the contract and the requirement: `entities: an unknown ref is null`. */
  readonly name: string;
  /** What would go wrong otherwise. */
  readonly why: string;
  /** Returns the violations, or null if the catalogue has no data to check it with. */
  readonly run: (subject: Subject) => Promise<readonly Finding[] | null>;
}

/** The part of a response at a path of names and list positions. */
export const at = (part: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce((found: unknown, step) => (found as Record<string | number, unknown> | null | undefined)?.[step], part);

/** The list at a path of a response; empty if there is no list. */
export const listAt = (part: unknown, ...path: readonly (string | number)[]): unknown[] => {
  const found = at(part, ...path);
  return Array.isArray(found) ? (found as unknown[]) : [];
};

const maxLength = 600;
const shorten = (text: string): string => (text.length > maxLength ? `${text.slice(0, maxLength)}…` : text);

/** A violation, with the request that shows it. */
export const toFinding = (result: QueryResult, expected: string, received: unknown = result.text): Finding => ({
  request: shorten(
    result.query + (Object.keys(result.variables).length > 0 ? ` with ${JSON.stringify(result.variables)}` : ''),
  ),
  expected,
  received: shorten(typeof received === 'string' ? received : JSON.stringify(received)),
});

/** A finding, unless the condition is met. */
export const findUnless = (isMet: boolean, result: QueryResult, expected: string, received?: unknown): Finding[] =>
  isMet ? [] : [toFinding(result, expected, received)];

/** Findings, unless the query failed with this code of the contract and the error exposes no internals. */
export const findUnlessRejected = (result: QueryResult, code: string): Finding[] => [
  ...findUnless(
    result.errors.some(({ extensions }) => extensions?.['code'] === code),
    result,
    `an error with extensions.code ${code}`,
  ),
  ...findUnless(
    !/node_modules|stacktrace|"stack"|\bat .+:\d+:\d+/.test(result.text),
    result,
    'an error that exposes no internals: no stack trace, no file names',
  ),
];

/** A request without a response. */
export class NoResponseError extends Error {
  readonly request: string;

  constructor(request: string, cause: unknown) {
    const { message, cause: reason } = cause as Error & { cause?: { code?: string } };
    super(reason?.code ?? message, { cause });
    this.request = shorten(request);
  }
}

const limits = { timeoutMs: 30_000, maxBytes: 64 * 1024 * 1024 };

/** Creates a client of a GraphQL endpoint. If a response is not valid GraphQL, its result has only the text. */
export const createQuery =
  (url: string, secret: string | undefined) =>
  async (query: string, variables: Readonly<Record<string, unknown>> = {}): Promise<QueryResult> => {
    const { status, text } = await postQuery(url, secret, { query, variables }, limits).catch((error: unknown) => {
      throw new NoResponseError(query, error);
    });
    const { data = null, errors } = parse(text);
    const listed = Array.isArray(errors) ? (errors as QueryResult['errors']) : [];
    return { query, variables, status, data, errors: listed, text };
  };

function parse(text: string): { data?: unknown; errors?: unknown } {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? parsed : {};
  } catch {
    return {};
  }
}
