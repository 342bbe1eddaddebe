import { setTimeout as wait } from 'node:timers/promises';

import { at, listAt } from '../../services/catalogue/testing/test-catalogue.js';
import { type Answer, startTestGraph, type TestGraph } from '../support/test-graph.js';

let world: TestGraph;
beforeAll(async () => {
  world = await startTestGraph(100);
}, 120_000);
afterAll(() => world.stop());

/** Asks until an answer is as it should be: Europe follows a country a moment later. */
async function until(query: string, isSo: (answer: Answer) => boolean): Promise<Answer> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const answer = await world.ask(query);
    if (isSo(answer)) return answer;
    await wait(50);
  }
  throw new Error(`never became so: ${query}`);
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

const nodesOf = ({ data }: Answer): unknown[] => listAt(data, 'solutions', 'nodes');

describe('who already has a solution for meetings', () => {
  it('is answered from two countries, each fact with its source', async () => {
    const answer = await world.ask(meetings);
    expect(answer.errors).toBeUndefined();
    expect(new Set(nodesOf(answer).flatMap((node) => listAt(node, 'publishedIn')))).toEqual(new Set(['BE', 'DK']));
    for (const node of nodesOf(answer)) {
      expect(at(node, 'maintainers', 0, 'name')).toEqual(expect.any(String));
      for (const adoption of listAt(node, 'adoptions', 'nodes')) {
        expect(at(adoption, 'administration', 'id')).toBe(at(adoption, 'administrationId'));
        expect(at(adoption, 'provenance', 'source')).toMatch(/^https:/);
      }
    }
  });

  it('costs one request to Europe, and one to each country that it leads to', async () => {
    const { cost } = await world.queryWithCost(meetings);
    expect(cost.requests['europe']).toBe(1);
    // Europe may look for changes at the same time.
    for (const country of ['denmark', 'belgium']) {
      expect(cost.requests[country]).toBeGreaterThanOrEqual(1);
      expect(cost.requests[country]).toBeLessThanOrEqual(3);
    }
  });
});

describe('a country that goes down', () => {
  it('is named as stale; what was indexed of it stays to be found, and its bodies come back with it', async () => {
    await world.stopSubgraphs(['belgium']);
    const stale = await until(meetings, ({ data }) => listAt(data, 'solutions', 'staleCatalogues').length > 0);
    expect(at(stale.data, 'solutions', 'staleCatalogues')).toEqual(['BE']);
    expect(stale.errors?.map(({ extensions }) => extensions?.['service'])).toEqual(expect.arrayContaining(['belgium']));
    const belgian = nodesOf(stale).find((node) => listAt(node, 'publishedIn').includes('BE'));
    expect(at(belgian, 'name')).toBe('PloneMeeting');
    expect(at(belgian, 'adoptions', 'nodes', 0)).toMatchObject({ administration: null });
    expect(world.leaks(stale)).toEqual([]);

    await world.stopSubgraphs([]);
    const whole = await until(meetings, ({ data }) => listAt(data, 'solutions', 'staleCatalogues').length === 0);
    expect(whole.errors).toBeUndefined();
  });
});

describe('what is deleted in its country', () => {
  const everything = `{
    solution(address: "github.com/os2web/os2dagsorden") { name adoptions { totalCount nodes { administrationId } } reuse { adopters } }
    solutions(filter: { usedBy: "dk:administration:0151" }) { totalCount }
    administrations(search: "ballerup") { totalCount nodes { id } }
    organisation(id: "dk:administration:0151") { id }
    catalogueStatus { country entries }
  }`;

  it('is gone from every answer of Europe: a body', async () => {
    const before = await world.ask(everything);
    expect(JSON.stringify(before.data)).toContain('dk:administration:0151');
    await world.write('denmark', `DELETE FROM organisation WHERE id = 'dk:administration:0151'`);
    // Each field is a statement of its own, and the index may move between two of them.
    const after = await until(
      everything,
      ({ data, text }) => !text.includes('dk:administration:0151') && at(data, 'solutions', 'totalCount') === 0,
    );
    expect(at(after.data, 'administrations', 'totalCount')).toBe(0);
    const users = ({ data }: Answer): number => Number(at(data, 'solution', 'reuse', 0, 'adopters'));
    expect(users(after)).toBe(users(before) - 1);
  });

  it('a record', async () => {
    await world.write('denmark', `DELETE FROM catalogue_record WHERE id = 'dk:record:os2dagsorden'`);
    const after = await until(meetings, ({ text }) => !text.includes('OS2dagsorden'));
    expect(new Set(nodesOf(after).flatMap((node) => listAt(node, 'publishedIn')))).toEqual(new Set(['BE']));
    // Its users still name the address.
    const named = await world.ask(
      '{ solution(address: "github.com/os2web/os2dagsorden") { name records { id } adoptions { totalCount } } }',
    );
    expect(at(named.data, 'solution')).toMatchObject({ name: null, records: [], adoptions: { totalCount: 4 } });
  });
});

it('what is written in a country is in Europe’s answers a moment later', async () => {
  const matrix = '{ reuseMatrix { publishedIn usedIn adoptions } }';
  await world.write(
    'italy',
    `INSERT INTO adoption (id, administration_id, address, status, start_date, start_precision, provenance)
    VALUES ('it:adoption:test', 'it:administration:062008', 'github.com/os2mo/os2mo', 'PILOT', '2026-01-01', 'DAY',
      '{"source":"https://example.org/","retrievedAt":null,"observedOn":null,"assertedBy":null,"method":"DECLARED","licence":null,"note":null}')`,
  );
  const answer = await until(matrix, ({ text }) => text.includes('"publishedIn":"DK","usedIn":"IT"'));
  expect(listAt(answer.data, 'reuseMatrix')).toContainEqual({ publishedIn: 'DK', usedIn: 'IT', adoptions: 1 });
});
