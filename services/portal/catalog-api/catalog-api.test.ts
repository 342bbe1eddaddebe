import { parse } from 'yaml';

import { countries } from '../../../schema/values/countries.js';
import { type FakeGateway, startFakeGateway, toPage } from '../testing/fake-gateway.js';
import { findResponseProblems } from '../testing/open-catalog-validator.js';
import { startTestPortal, type TestPortal } from '../testing/start-test-portal.js';

const provenance = { retrievedAt: '2026-03-01T10:00:00Z', method: 'DECLARED' };

const record = (country: string, index: number) => ({
  id: `${country}:record:r${index}`,
  name: `R${index}`,
  url: index === 7 ? null : `https://github.com/${country}-group/r${index}`,
  aliases: index === 1 ? [`github.com/${country}-group/old`, 'urn:dk:solution:old'] : [],
  // Two have one time.
  issued: `2026-01-0${1 + (index >> 1)}T00:00:00Z`,
  publisherId: index % 2 === 0 ? `${country}:consortium:1` : null,
  publisherName: index === 5 ? null : 'A name',
  publisher: index % 2 === 0 ? { __typename: 'DanishConsortium', name: 'Group' } : null,
  provenance,
  publiccodeFile:
    index === 3 ? null : { text: `publiccodeYmlVersion: '0.7'\nname: R${index}\n`, valid: true, issues: [] },
  solution: {
    adoptions: () =>
      toPage(
        [
          { confirmed: true, administration: { __typename: 'DanishAdministration', name: 'Ærø' } },
          { confirmed: false, administration: { __typename: 'DanishAdministration', name: 'Elsewhere' } },
          { confirmed: true, administration: null },
        ],
        {},
      ),
  },
});
const records = new Map(
  countries.map(({ code }) => [
    code,
    Array.from({ length: code === 'DK' ? 8 : 0 }, (_, index) => record(code.toLowerCase(), index)),
  ]),
);

let gateway: FakeGateway;
let portal: TestPortal;
beforeAll(async () => {
  const adjectives = new Map(countries.map(({ code, adjective }) => [code.toLowerCase(), adjective]));
  gateway = await startFakeGateway({
    catalogues: () =>
      countries.map(({ code, adjective }) => ({
        __typename: `${adjective}Catalogue`,
        id: `${code.toLowerCase()}:catalogue`,
        country: code,
        title: `Catalogue of ${code}`,
      })),
    node: ({ id }: { id: string }) => {
      const code = id.slice(0, 2);
      const own = records.get(code.toUpperCase()) ?? [];
      return {
        __typename: `${adjectives.get(code) ?? ''}Catalogue`,
        records: (args: { first: number; after: string | null }) => toPage(own, args),
      };
    },
    ...Object.fromEntries(
      countries.map(({ code, folder }) => [
        folder,
        { record: ({ id }: { id: string }) => records.get(code)?.find((other) => other.id === id) },
      ]),
    ),
  });
  portal = await startTestPortal(gateway.url);
});
afterAll(async () => {
  await portal.stop();
  await gateway.stop();
});

interface Software {
  readonly id: string;
  readonly url: string;
  readonly aliases?: readonly string[];
  readonly publiccodeYml: string;
}

interface List<Item> {
  readonly data: readonly Item[];
  readonly links: { readonly prev: string | null; readonly next: string | null };
}

/** Requests a path, and checks that the response is as the OpenAPI document states. */
const read = async <Body>(path: string, documented: string): Promise<Body> => {
  const response = await portal.fetch(`/v1${path}`);
  const body = (await response.json()) as Body;
  expect({ path, status: response.status, problems: findResponseProblems(documented, response.status, body) }).toEqual({
    path,
    status: 200,
    problems: [],
  });
  return body;
};

const nameOf = ({ publiccodeYml }: Software): string => (parse(publiccodeYml) as { name: string }).name;

describe('the Open Catalog API', () => {
  it('lists the records that have a repository and a publiccode.yml, with their users, in order of creation', async () => {
    const { data, links } = await read<List<Software>>('/software', '/software');
    expect(data.map(nameOf).sort()).toEqual(['R0', 'R1', 'R2', 'R4', 'R5', 'R6']);
    expect(links).toEqual({ prev: null, next: null });
    const [one] = data.filter((software) => nameOf(software) === 'R1');
    expect(one?.aliases).toEqual(['https://github.com/dk-group/old']);
    expect(parse(one?.publiccodeYml ?? '')).toEqual({ publiccodeYmlVersion: '0.7', name: 'R1', usedBy: ['Ærø'] });
  });

  it('has pages in both directions, whose links keep the other parameters', async () => {
    const all = (await read<List<Software>>('/software', '/software')).data.map(({ id }) => id);
    const pages: string[][] = [];
    let query = '?page[size]=3&from=2025-12-31T00:00:00Z';
    let last: List<Software> | undefined;
    while (query) {
      last = await read<List<Software>>(`/software${query}`, '/software');
      pages.push(last.data.map(({ id }) => id));
      expect(last.links.next ?? '?from=&page[size]=3').toMatch(/from=.*page\[size\]=3/);
      query = last.links.next ?? '';
    }
    expect(pages.flat()).toEqual(all);
    const before = await read<List<Software>>(`/software${last?.links.prev ?? ''}`, '/software');
    expect(before.data.map(({ id }) => id)).toEqual(pages.at(-2));
    expect(
      (await read<List<Software>>('/software?from=2026-01-02T00:00:00Z&to=2026-01-04T00:00:00Z', '/software')).data
        .map(nameOf)
        .sort(),
    ).toEqual(['R4', 'R5']);
  });

  it('reads texts by the same operation for any number of records but one', async () => {
    const queriesOf = async (size: number): Promise<string[]> => {
      gateway.received.length = 0;
      await read(`/software?page[size]=${size}`, '/software');
      return gateway.received.map(({ query }) => query).filter((query) => query.includes('RecordTexts'));
    };
    const [three, five] = [await queriesOf(3), await queriesOf(5)];
    expect([three.length, three]).toEqual([1, five]);
  });

  it('finds software by its id, and by its address however it is written', async () => {
    const { data } = await read<List<Software>>('/software?url=http://www.github.com/DK-group/OLD.git', '/software');
    expect(data.map(nameOf)).toEqual(['R1']);
    const id = data[0]?.id ?? '';
    expect(nameOf(await read<Software>(`/software/${id}`, '/software/{softwareId}'))).toBe('R1');
    expect((await read<Software>('/software/dk:record:r1', '/software/{softwareId}')).id).toBe(id);
  });

  it('lists publishers with the groups of their repositories', async () => {
    const { data } = await read<List<{ description: string; alternativeId?: string; codeHosting: { url: string }[] }>>(
      '/publishers',
      '/publishers',
    );
    expect(
      data.map(({ description, alternativeId, codeHosting }) => [
        description,
        alternativeId,
        codeHosting.map(({ url }) => url),
      ]),
    ).toEqual(
      expect.arrayContaining([
        ['Group', 'dk:consortium:1', ['https://github.com/dk-group/']],
        ['A name', undefined, ['https://github.com/dk-group/']],
      ]),
    );
    await read('/publishers/dk:consortium:1', '/publishers/{publisherId}');
  });

  it('has a catalog per country, by which software and publishers can be read', async () => {
    const { data } = await read<List<{ id: string; alternativeId: string; name: string }>>('/catalogs', '/catalogs');
    expect(new Set(data.map(({ alternativeId }) => alternativeId))).toEqual(new Set(countries.map(({ code }) => code)));
    const denmark = data.find(({ alternativeId }) => alternativeId === 'DK')?.id ?? '';
    expect(await read('/catalogs/dk', '/catalogs/{catalogId}')).toMatchObject({ id: denmark, name: 'Catalogue of DK' });
    expect(
      (await read<List<Software>>(`/catalogs/${denmark}/software`, '/catalogs/{catalogId}/software')).data,
    ).toHaveLength(6);
    expect((await read<List<Software>>('/catalogs/BE/software', '/catalogs/{catalogId}/software')).data).toEqual([]);
    expect((await read<List<object>>('/catalogs/DK/publishers', '/catalogs/{catalogId}/publishers')).data).toHaveLength(
      2,
    );
    expect((await portal.fetch('/v1/status')).status).toBe(204);
  });

  it.each([
    ['/software?page[size]=0', 422, 'page[size] must be between 1 and 100'],
    ['/software?page[size]=x', 422, 'page[size] must be an integer'],
    ['/software?page[after]=eA==', 422, 'wrong cursor format in page[after] or page[before]'],
    ['/publishers?from=yesterday', 422, 'from must be an RFC 3339 time in UTC, such as 2026-06-07T14:56:23Z'],
    ['/software/00000000-0000-4000-8000-000000000000', 404, 'Software was not found'],
    ['/publishers/%C3%A6', 404, 'Publisher was not found'],
    ['/catalogs/se/software', 404, 'Catalog was not found'],
  ])('rejects %s with status %i: %s', async (path, status, detail) => {
    const response = await portal.fetch(`/v1${path}`);
    expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect([response.status, await response.json()]).toMatchObject([status, { detail, status }]);
  });

  it('is unavailable, and not shorter, while the catalogue of a country cannot be read', async () => {
    const own = await startTestPortal(gateway.url);
    gateway.catalogues = [{ country: 'DK', state: 'TIMEOUT' }];
    const [all, belgian] = [await own.fetch('/v1/software'), await own.fetch('/v1/catalogs/BE/software')];
    gateway.catalogues = [];
    await own.stop();
    expect([all.status, all.headers.get('retry-after'), belgian.status]).toEqual([503, '5', 200]);
  });
});
