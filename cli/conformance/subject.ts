import { postQuery } from '../compose/post-query.js';

/** What a subgraph answered, and to what. */
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
  /** As it came. */
  readonly text: string;
}

/** The subgraph that is held against the contract. */
export interface Subject {
  /** Its `/subgraph`. */
  readonly url: string;
  readonly secret: string | undefined;
  readonly sdl: string;
  /** Its field on Query. */
  readonly folder: string;
  /** Begins the names of its types. */
  readonly adjective: string;
  /** ISO 3166-1 alpha-2, upper case. */
  readonly code: string;
  /** Begins its ids. */
  readonly prefix: string;
  readonly query: (query: string, variables?: Readonly<Record<string, unknown>>) => Promise<QueryResult>;
  /** Asks its catalogue, under the name `catalogue`. */
  readonly queryCatalogue: (
    selection: string,
    variables?: Readonly<Record<string, unknown>>,
    declared?: string,
  ) => Promise<QueryResult>;
}

/** Where a subgraph departs from the contract. */
export interface Finding {
  /** What was asked. */
  readonly request: string;
  readonly expected: string;
  readonly received: string;
}

/** Something that the contract says of every subgraph. */
export interface Check {
  /** The part of the contract, and what of it: `entities: an unknown ref is null`. */
  readonly name: string;
  /** What would go wrong otherwise. */
  readonly why: string;
  /** What departs from it; empty when nothing does. Null: its data gave nothing to try it on. */
  readonly run: (subject: Subject) => Promise<readonly Finding[] | null>;
}

/** A part of an answer, by the names and numbers that lead to it. */
export const at = (part: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce((found: unknown, step) => (found as Record<string | number, unknown> | null | undefined)?.[step], part);

/** A part of an answer that should be a list; empty where it is none. */
export const listAt = (part: unknown, ...path: readonly (string | number)[]): unknown[] => {
  const found = at(part, ...path);
  return Array.isArray(found) ? (found as unknown[]) : [];
};

const longest = 600;
const shortened = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}…` : text);

/** What departs, told with the request. */
export const toFinding = (answer: QueryResult, expected: string, received: unknown = answer.text): Finding => ({
  request: shortened(
    answer.query + (Object.keys(answer.variables).length > 0 ? ` with ${JSON.stringify(answer.variables)}` : ''),
  ),
  expected,
  received: shortened(typeof received === 'string' ? received : JSON.stringify(received)),
});

/** A finding unless it is so. */
export const findUnless = (isSo: boolean, answer: QueryResult, expected: string, received?: unknown): Finding[] =>
  isSo ? [] : [toFinding(answer, expected, received)];

/** A finding unless an answer is refused with a code of the contract, and tells nothing of what is inside. */
export const findUnlessRejected = (answer: QueryResult, code: string): Finding[] => [
  ...findUnless(
    answer.errors.some(({ extensions }) => extensions?.['code'] === code),
    answer,
    `an error with extensions.code ${code}`,
  ),
  ...findUnless(
    !/node_modules|stacktrace|"stack"|\bat .+:\d+:\d+/.test(answer.text),
    answer,
    'an error that tells nothing of the inside: no stack, no files',
  ),
];

const limits = { timeoutMs: 30_000, maxBytes: 64 * 1024 * 1024 };

/** Asks a GraphQL endpoint. What is no answer of GraphQL has no data and no errors, and its text. */
export const createQuery =
  (url: string, secret: string | undefined) =>
  async (query: string, variables: Readonly<Record<string, unknown>> = {}): Promise<QueryResult> => {
    const { status, text } = await postQuery(url, secret, { query, variables }, limits);
    const { data = null, errors } = parse(text);
    const told = Array.isArray(errors) ? (errors as QueryResult['errors']) : [];
    return { query, variables, status, data, errors: told, text };
  };

function parse(text: string): { data?: unknown; errors?: unknown } {
  try {
    const answer: unknown = JSON.parse(text);
    return typeof answer === 'object' && answer !== null ? answer : {};
  } catch {
    return {};
  }
}
