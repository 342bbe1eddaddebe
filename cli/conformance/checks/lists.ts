import { Kind, parse } from 'graphql';

import {
  type QueryResult,
  at,
  type Check,
  createQuery,
  type Finding,
  listAt,
  type Subject,
  findUnless,
  findUnlessRejected,
} from '../subject.js';

const lists = ['administrations', 'consortia', 'records', 'codes', 'needs', 'terms', 'contracts'] as const;
type List = (typeof lists)[number];

const declared = '($first: Int, $after: String, $last: Int, $before: String)';
const page = (subject: Subject, list: List, variables: Readonly<Record<string, unknown>>): Promise<QueryResult> =>
  subject.queryCatalogue(
    `${list}(first: $first, after: $after, last: $last, before: $before) { totalCount nodes { id } edges { cursor node { id } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }`,
    variables,
    declared,
  );

/** Whether the catalogue of a subgraph has a list. */
export const hasList = ({ sdl, adjective }: Pick<Subject, 'sdl' | 'adjective'>, list: string): boolean =>
  parse(sdl).definitions.some(
    (definition) =>
      definition.kind === Kind.OBJECT_TYPE_DEFINITION &&
      definition.name.value === `${adjective}Catalogue` &&
      definition.fields?.some(({ name }) => name.value === list),
  );

const listedIds = (result: QueryResult, list: List): unknown[] =>
  listAt(result.data, 'catalogue', list, 'nodes').map((node) => at(node, 'id'));

/** The most rows that are read of a list: enough to reach its middle, too few for a whole country. */
const maxRows = 1000;

async function readPages(subject: Subject, list: List, size: number, backward: boolean) {
  const ids: unknown[] = [];
  const findings: Finding[] = [];
  let cursor: unknown = null;
  for (;;) {
    const result = await page(
      subject,
      list,
      backward ? { last: size, before: cursor } : { first: size, after: cursor },
    );
    const found = at(result.data, 'catalogue', list);
    const edges = listAt(found, 'edges');
    const own = listedIds(result, list);
    findings.push(
      ...findUnless(
        JSON.stringify(edges.map((edge) => at(edge, 'node', 'id'))) === JSON.stringify(own),
        result,
        '`edges` and `nodes` with the same rows',
      ),
      ...findUnless(
        (at(found, 'pageInfo', 'startCursor') ?? null) === (at(edges[0], 'cursor') ?? null) &&
          (at(found, 'pageInfo', 'endCursor') ?? null) === (at(edges.at(-1), 'cursor') ?? null),
        result,
        'startCursor and endCursor of the first and the last edge, null on an empty page',
      ),
    );
    if (backward) ids.unshift(...own);
    else ids.push(...own);
    const more = at(found, 'pageInfo', backward ? 'hasPreviousPage' : 'hasNextPage') === true;
    if (!more || own.length === 0 || ids.length >= maxRows || findings.length > 0) {
      return { ids, findings, total: at(found, 'totalCount'), isWhole: !more, last: result };
    }
    cursor = at(found, 'pageInfo', backward ? 'startCursor' : 'endCursor');
  }
}

export const listChecks: readonly Check[] = [
  {
    name: 'lists: in both directions they have the same rows, each once, and as many as `totalCount`',
    why: 'A client that reads page by page must miss no row and count none twice.',
    run: async (subject) => {
      const findings: Finding[] = [];
      let tried = 0;
      for (const list of lists) {
        // A subgraph of an older version does not have every list, and a catalogue need not keep codes, needs and terms.
        if (!hasList(subject, list)) continue;
        const first = await page(subject, list, { first: 1 });
        const total = at(first.data, 'catalogue', list, 'totalCount');
        if (total === 0 || (total == null && first.errors.length === 0)) continue;
        tried += 1;
        const size = Number(total) > 50 ? 200 : 2;
        const forwards = await readPages(subject, list, size, false);
        findings.push(
          ...forwards.findings,
          ...findUnless(
            new Set(forwards.ids).size === forwards.ids.length,
            forwards.last,
            `${list}: each row once`,
            forwards.ids,
          ),
        );
        if (!forwards.isWhole) continue;
        const backwards = await readPages(subject, list, size, true);
        findings.push(
          ...backwards.findings,
          ...findUnless(
            JSON.stringify(backwards.ids) === JSON.stringify(forwards.ids),
            backwards.last,
            `${list}: the same rows backwards as forwards`,
            backwards.ids,
          ),
          ...findUnless(
            forwards.total === forwards.ids.length,
            forwards.last,
            `${list}: totalCount ${forwards.ids.length}, as many as there are on all pages`,
            forwards.total,
          ),
        );
      }
      return tried === 0 ? null : findings;
    },
  },
  {
    name: 'cursors: an invalid one, or one of another list, is rejected',
    why: 'If it were ignored, the list would start again and never end.',
    run: async (subject) => {
      const findings = findUnlessRejected(
        await page(subject, 'administrations', { first: 1, after: 'no cursor' }),
        'INVALID_CURSOR',
      );
      const first = await page(subject, 'consortia', { first: 1 });
      const cursor = at(first.data, 'catalogue', 'consortia', 'pageInfo', 'endCursor');
      if (typeof cursor !== 'string') return findings;
      return [
        ...findings,
        ...findUnlessRejected(await page(subject, 'administrations', { first: 1, after: cursor }), 'INVALID_CURSOR'),
      ];
    },
  },
  {
    name: 'limits: a page has at most 200 rows, and a search at most 100 characters',
    why: 'Europe and the gateway rely on it when they compute the cost of an operation.',
    run: async (subject) => [
      ...findUnlessRejected(await page(subject, 'administrations', { first: 201 }), 'INVALID_ARGUMENT'),
      ...findUnlessRejected(await page(subject, 'administrations', { last: 201 }), 'INVALID_ARGUMENT'),
      ...findUnlessRejected(await page(subject, 'administrations', { first: 1, last: 1 }), 'INVALID_ARGUMENT'),
      ...findUnlessRejected(await page(subject, 'administrations', { first: -1 }), 'INVALID_ARGUMENT'),
      ...findUnlessRejected(
        await subject.queryCatalogue(
          'administrations(search: $search, first: 1) { nodes { id } }',
          { search: 'x'.repeat(101) },
          '($search: String)',
        ),
        'INVALID_ARGUMENT',
      ),
    ],
  },
  {
    name: 'limits: /graphql rejects an operation that requests a whole country many times over',
    why: 'A few hundred bytes from one client would make a country unavailable to all others.',
    run: async ({ url, folder }) => {
      const query = createQuery(new URL('graphql', url).href, undefined);
      const aliases = Array.from(
        { length: 2_000 },
        (_, nth) => `a${nth}: administrations(first: 200) { nodes { id } }`,
      );
      const findings: Finding[] = [];
      for (const selection of [`administrations(first: 200) { nodes { ${nestMembers(8)} } }`, aliases.join(' ')]) {
        const result = await query(`{ ${folder} { ${selection} } }`);
        const isRejected = result.errors.length > 0 && result.data === null;
        findings.push(...findUnless(isRejected, result, 'an error, and no data', `status ${result.status}, with data`));
      }
      return findings;
    },
  },
];

/** Members of consortia of members of consortia: a query whose cost grows with each step. */
const nestMembers = (steps: number): string =>
  steps === 0
    ? 'id'
    : `memberships { consortium { members(first: 200) { nodes { member { ${nestMembers(steps - 1)} } } } } }`;
