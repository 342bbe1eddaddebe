import { at, type Check, createQuery, findUnless, findUnlessRejected } from '../subject.js';

export const errorChecks: readonly Check[] = [
  {
    name: 'errors: bad input has the code that the contract names, and costs its own field alone',
    why: 'Clients act on codes; one wrong argument must not make the rest of the response fail.',
    run: async (subject) => {
      const partial = await subject.queryCatalogue('id wrong: organisation(id: "no id") { id }');
      const unknown = await subject.queryCatalogue(
        `organisation(id: "${subject.prefix}:administration:nobody-has-this-code-0") { id }`,
      );
      return [
        ...findUnlessRejected(partial, 'INVALID_ID'),
        ...findUnless(
          at(partial.data, 'catalogue', 'id') === `${subject.prefix}:catalogue`,
          partial,
          'the other field of the same query',
        ),
        ...findUnlessRejected(
          await subject.queryCatalogue('administration(identifier: { scheme: "NO_SUCH", notation: "1" }) { id }'),
          'UNKNOWN_SCHEME',
        ),
        ...findUnlessRejected(
          await subject.queryCatalogue('administrations(first: 1, orderBy: { field: RELEVANCE }) { totalCount }'),
          'INVALID_ARGUMENT',
        ),
        ...findUnless(
          unknown.errors.length === 0 && at(unknown.data, 'catalogue', 'organisation') === null,
          unknown,
          'null without an error: an unknown id is not an error',
        ),
      ];
    },
  },
  {
    name: 'endpoints: /subgraph rejects a request without its secret',
    why: 'The endpoint is internal: only Europe and the gateway may use it.',
    run: async ({ url, secret }) => {
      if (secret === undefined) return null;
      const result = await createQuery(url, undefined)('{ __typename }');
      return findUnless(result.status === 401, result, 'status 401 without Authorization', String(result.status));
    },
  },
  {
    name: 'endpoints: /graphql exposes nothing that is internal to Europe and the countries',
    why: 'A client that builds on it breaks with the next release.',
    run: async ({ url, folder }) => {
      const endpoint = new URL('graphql', url).href;
      const query = createQuery(endpoint, undefined);
      const known = await query(`{ ${folder} { id } }`);
      const hidden = await query('{ _service { sdl } }');
      return [
        ...findUnless(at(known.data, folder, 'id') !== undefined, known, `the id of the catalogue at ${endpoint}`),
        ...findUnless(
          (at(hidden.data, '_service') ?? null) === null && hidden.errors.length > 0,
          hidden,
          'an error: there is no _service',
        ),
      ];
    },
  },
  {
    name: 'endpoints: /health/live and /health/ready respond with 200',
    why: 'Operators restart a service that is not live, and send no requests to one that is not ready.',
    run: async ({ url }) => {
      const wrong: string[] = [];
      for (const path of ['health/live', 'health/ready']) {
        const { status } = await fetch(new URL(path, url), { signal: AbortSignal.timeout(10_000) });
        if (status !== 200) wrong.push(`${path}: ${status}`);
      }
      return wrong.map((received) => ({
        request: 'GET /health/live, GET /health/ready',
        expected: 'status 200',
        received,
      }));
    },
  },
];
