import { at, listAt } from '../../../services/catalogue/testing/test-catalogue.js';
import { waitUntil } from '../../../services/kit/testing/wait-until.js';
import type { TestResponse } from '../../support/test-graph.js';
import { graph } from './graph.js';

/** Repeats a query until its response meets a condition: Europe follows a country a moment later. */
async function until(query: string, condition: (response: TestResponse) => boolean): Promise<TestResponse> {
  let response: TestResponse | undefined;
  const isMet = async () => condition((response = await graph.query(query)));
  await waitUntil(`a response to meet ${condition.toString()}: ${query}`, isMet, { intervalMs: 50 });
  if (!response) throw new Error('There is no response.');
  return response;
}

const meetings = `{
  solutions(search: "meeting management") {
    totalCount
    staleCatalogues
    nodes {
      name licence publishedIn releaseDate developmentStatus
      maintainers { id name country }
      reuse { country adopters firstAdopted }
      adoptions(first: 3) { totalCount nodes { administrationId administration { id name country } provenance { source } } }
    }
  }
}`;

const nodesOf = ({ data }: TestResponse): unknown[] => listAt(data, 'solutions', 'nodes');

describe('a search for solutions for meetings', () => {
  it('returns solutions of two countries, each fact with its source', async () => {
    const response = await graph.query(meetings);
    expect(response.errors).toBeUndefined();
    expect(new Set(nodesOf(response).flatMap((node) => listAt(node, 'publishedIn')))).toEqual(new Set(['BE', 'DK']));
    expect(nodesOf(response).filter((node) => listAt(node, 'maintainers').length > 0).length).toBeGreaterThanOrEqual(5);
    for (const node of nodesOf(response)) {
      // Services of other suppliers, such as MeetingBurger, have neither a consortium nor a licence.
      const isOfConsortium = listAt(node, 'maintainers').length > 0;
      if (!isOfConsortium) expect(at(node, 'licence')).toBeNull();
      if (isOfConsortium) expect(at(node, 'maintainers', 0, 'name')).toEqual(expect.any(String));
      for (const adoption of listAt(node, 'adoptions', 'nodes')) {
        expect(at(adoption, 'administration', 'id')).toBe(at(adoption, 'administrationId'));
        expect(at(adoption, 'provenance', 'source')).toMatch(/^https:/);
      }
    }
  });

  it('causes one request to Europe, and one to each country of the results', async () => {
    const { cost } = await graph.queryWithCost(meetings);
    expect(cost.requests).toMatchObject({ europe: 1, denmark: 1, belgium: 1 });
  });
});

describe('a country that goes down', () => {
  it('is reported as stale; its indexed solutions are still found, and its organisations return when it is up again', async () => {
    await graph.stopSubgraphs(['belgium']);
    const stale = await until(meetings, ({ data }) => listAt(data, 'solutions', 'staleCatalogues').length > 0);
    expect(at(stale.data, 'solutions', 'staleCatalogues')).toEqual(['BE']);
    expect(stale.errors?.map(({ extensions }) => extensions?.['service'])).toEqual(expect.arrayContaining(['belgium']));
    const belgian = nodesOf(stale).find((node) => listAt(node, 'publishedIn').includes('BE'));
    expect(at(belgian, 'name')).toBe('PloneMeeting');
    expect(at(belgian, 'adoptions', 'nodes', 0)).toMatchObject({ administration: null });
    expect(graph.leaks(stale)).toEqual([]);

    await graph.stopSubgraphs([]);
    const whole = await until(meetings, ({ data }) => listAt(data, 'solutions', 'staleCatalogues').length === 0);
    expect(whole.errors).toBeUndefined();
  });
});

describe('a row that is deleted in its country', () => {
  const everything = `{
    solution(address: "github.com/os2web/os2dagsorden") { name adoptions { totalCount nodes { administrationId } } reuse { adopters } }
    solutions(filter: { usedBy: "dk:administration:0151" }) { totalCount }
    administrations(search: "ballerup") { totalCount nodes { id } }
    organisation(id: "dk:administration:0151") { id }
    catalogueStatus { country entries }
  }`;

  it('disappears from every response of Europe if it is an organisation', async () => {
    const before = await graph.query(everything);
    expect(JSON.stringify(before.data)).toContain('dk:administration:0151');
    await graph.write('denmark', `DELETE FROM organisation WHERE id = 'dk:administration:0151'`);
    // Each field is a statement of its own, and the index may change between two of them.
    const after = await until(
      everything,
      ({ data, text }) => !text.includes('dk:administration:0151') && at(data, 'solutions', 'totalCount') === 0,
    );
    expect(at(after.data, 'administrations', 'totalCount')).toBe(0);
    const users = ({ data }: TestResponse): number => Number(at(data, 'solution', 'reuse', 0, 'adopters'));
    expect(users(after)).toBe(users(before) - 1);
  });

  it('disappears from the lists of Europe if it is a record', async () => {
    await graph.write('denmark', `DELETE FROM catalogue_record WHERE id = 'dk:record:os2dagsorden'`);
    const after = await until(meetings, ({ text }) => !text.includes('OS2dagsorden'));
    expect(new Set(nodesOf(after).flatMap((node) => listAt(node, 'publishedIn')))).toEqual(new Set(['BE']));
    // Adoptions still contain the address.
    const named = await graph.query(
      '{ solution(address: "github.com/os2web/os2dagsorden") { name records { id } adoptions { totalCount } } }',
    );
    expect(at(named.data, 'solution')).toMatchObject({ name: null, records: [], adoptions: { totalCount: 4 } });
  });
});

it('Europe’s responses contain a row a moment after it was written in a country', async () => {
  const matrix = '{ reuseMatrix { publishedIn usedIn adoptions } }';
  await graph.write(
    'italy',
    `INSERT INTO adoption (id, administration_id, address, status, start_date, start_precision, provenance)
    VALUES ('it:adoption:test', 'it:administration:062008', 'github.com/os2mo/os2mo', 'PILOT', '2026-01-01', 'DAY',
      '{"source":"https://example.org/","retrievedAt":null,"observedOn":null,"assertedBy":null,"method":"DECLARED","licence":null,"note":null}')`,
  );
  const response = await until(matrix, ({ text }) => text.includes('"publishedIn":"DK","usedIn":"IT"'));
  expect(listAt(response.data, 'reuseMatrix')).toContainEqual({ publishedIn: 'DK', usedIn: 'IT', adoptions: 1 });
});
