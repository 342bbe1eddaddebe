import type { Country } from '../../../schema/values/countries.js';
import { countrySdl } from '../../../schema/sdl/subgraph-sdl.js';
import { readContract } from '../../../schema/compose/subgraph-sources.js';
import { checks, examine, describeSubgraph, type Outcome } from '../examine.js';
import { type Distortion, startRuritania } from './start-ruritania.js';

const line: Country = { code: 'XR', name: 'Ruritania', folder: 'ruritania', adjective: 'Ruritanian', port: 0 };
const sdl = countrySdl(readContract(), line, '');
const secret = 'what Ruritania is shown';

async function outcomesWith(distort?: Distortion): Promise<Outcome[]> {
  const { url, stop } = await startRuritania(sdl, secret, distort);
  try {
    const outcomes: Outcome[] = [];
    for await (const outcome of examine(await describeSubgraph(url, secret))) outcomes.push(outcome);
    return outcomes;
  } finally {
    await stop();
  }
}

it('a subgraph without our kit conforms, and everything is tried on it', async () => {
  const outcomes = await outcomesWith();
  expect(outcomes.filter(({ result }) => result !== 'PASSED')).toEqual([]);
  expect(outcomes).toHaveLength(checks.length);
});

const inSdl =
  (from: string, to: string): Distortion =>
  (answer, query) =>
    query.includes('_service') ? answer.replaceAll(from, to) : answer;

/** Distorts answers to the queries that hold a text. */
const when =
  (part: string | RegExp, change: (answer: string) => string): Distortion =>
  (answer, query) =>
    (typeof part === 'string' ? query.includes(part) : part.test(query)) ? change(answer) : answer;

const withoutCode =
  (code: string): Distortion =>
  (answer) =>
    answer.replaceAll(code, 'INTERNAL_SERVER_ERROR');

/** Of every thing that is checked: a subgraph that does just this wrong. */
const wrong: Readonly<Record<string, Distortion>> = {
  'SDL: it states the version of the contract': inSdl('@contract(version: \\"1.0\\")', ''),
  'SDL: it has everything that the contract has, of the same types': inSdl('lau: String', 'local: String'),
  'SDL: it adds fields to its own types alone, and nothing to Query': inSdl(
    '"sdl":"',
    '"sdl":"type Novelty { novelty: Int } ',
  ),
  'SDL: it composes with the other subgraphs of this release': inSdl('eligible: Int', 'eligible: String'),
  'entities: a ref that is an id resolves to its organisation': when('_entities', (answer) =>
    answer.replace('Zenda', 'Hofbau'),
  ),
  'entities: a ref that is a code resolves to the organisation that has it': when('_entities', (answer) =>
    answer.replaceAll('xr:administration:01', 'xr:administration:02'),
  ),
  'entities: an unknown ref is null, without an error, and costs the others nothing': when('_entities', (answer) =>
    answer.replace('[null', '[{"__typename":"RuritanianAdministration","id":"xr:administration:ghost","name":"Ghost"}'),
  ),
  'entities: a malformed ref is rejected at its own position': when('_entities', withoutCodeOf('INVALID_ID')),
  'entities: the catalogue is found by its id, and no other': when('_entities', (answer) =>
    answer.replace(',null]', ',{"__typename":"RuritanianCatalogue","id":"zz:catalogue"}]'),
  ),
  'names: a name in a language is the one that `names` has in it, and a language without one falls back': when(
    'language: "tlh"',
    (answer) => answer.replace('Strelsau', 'Streslau'),
  ),
  'names: a malformed language is rejected': withoutCode('INVALID_LANGUAGE'),
  'time: a membership counts from its first day, and not on the day before': when(/\$asOf: Date.*members/, () =>
    JSON.stringify({ data: { catalogue: { organisation: { members: { nodes: [{ id: 'xr:membership:01' }] } } } } }),
  ),
  'time: a consortium has no members before it exists': when(/\$asOf: Date.*members/, () =>
    JSON.stringify({ data: { catalogue: { organisation: { members: { nodes: [{ id: 'xr:membership:01' }] } } } } }),
  ),
  'time: an organisation is listed from its first day, and not on the day before': when('consortia(asOf', () =>
    JSON.stringify({ data: { catalogue: { consortia: { nodes: [{ id: 'xr:consortium:towns' }] } } } }),
  ),
  'time: an organisation is listed on its last day, and not on the day on which it ended': when(
    'administrations(search',
    () => JSON.stringify({ data: { catalogue: { administrations: { nodes: [{ id: 'xr:administration:04' }] } } } }),
  ),
  'time: a day that does not exist is rejected': withoutCode('INVALID_DATE'),
  'counts: `knownMembers` are the members that are listed, and `share` is told of complete lists alone': (answer) =>
    answer.replace('"share":null', '"share":0.5'),
  'counts: a growth curve has the days asked for in order, and on each the members that are listed': when(
    'growth(',
    (answer) => answer.replace(/"knownMembers":\d+/, '"knownMembers":99'),
  ),
  'counts: a number of inhabitants is of the day asked for or before': when('before: population', (answer) =>
    answer.replace('"before":null', '"before":{"on":"2020-06-01"}'),
  ),
  'counts: a denominator is told only for kinds and days for which the list is complete': (answer) =>
    answer.replace('"now":null', '"now":3'),
  'lists: walked both ways they have the same rows, each once, and as many as `totalCount`': (answer) =>
    answer.replace('"totalCount":3', '"totalCount":4'),
  'cursors: an invalid one, or one of another list, is rejected': when(
    'after: $after, last',
    withoutCodeOf('INVALID_CURSOR'),
  ),
  'limits: a page has at most 200 rows, and a search at most 100 characters': withoutCode('INVALID_ARGUMENT'),
  'limits: /graphql rejects an operation that requests a whole country many times over': when('a1999:', () =>
    JSON.stringify({ data: { ruritania: {} } }),
  ),
  'feed: pages of any size give the same entries in the same order, of one feed': when('changes(', (answer) =>
    answer.replace('"feedId":"ruritania-1"', `"feedId":"ruritania-${answer.length}"`),
  ),
  'feed: behind its end is an empty page of the same feed': when('changes(', (answer) =>
    answer.replace('"nodes":[]', '"nodes":[{"id":"1","subject":"CLAIM","subjectId":"xr:claim:1"}]'),
  ),
  'feed: an invalid cursor is rejected, and so are too many entries at once': when(
    'changes(',
    withoutCodeOf('INVALID_CURSOR'),
  ),
  'feed: Europe takes every entry into its index': when('query Changes', (answer) =>
    answer.replace('"status":"IN_PRODUCTION"', '"status":"USED"'),
  ),
  'feed: it contains everything that is listed': when('consortia(first: 20) { nodes { id } } records', (answer) =>
    answer.replace('xr:administration:03', 'xr:administration:05'),
  ),
  'errors: bad input has the code that the contract names, and costs its own field alone':
    withoutCode('UNKNOWN_SCHEME'),
  'endpoints: /subgraph rejects a request without its secret': (answer, query) =>
    query === 'secret' ? 'come in' : answer,
  'endpoints: /graphql exposes nothing that is internal to Europe and the countries': when(
    /^\/graphql .*_service/,
    () => JSON.stringify({ data: { _service: { sdl: 'everything' } } }),
  ),
  'endpoints: /health/live and /health/ready respond with 200': when('/health/ready', () => '{"status":"unavailable"}'),
};

function withoutCodeOf(code: string): (answer: string) => string {
  return (answer) => answer.replaceAll(code, 'INTERNAL_SERVER_ERROR');
}

it('something is wrong in every way that is checked', () => {
  expect(Object.keys(wrong).sort()).toEqual(checks.map(({ name }) => name).sort());
});

it.each(Object.entries(wrong))('notices: %s', async (name, distort) => {
  const { url, stop } = await startRuritania(sdl, secret, distort);
  try {
    const subject = await describeSubgraph(url, secret);
    const findings = await checks.find((check) => check.name === name)?.run(subject);
    expect(findings?.length).toBeGreaterThan(0);
    for (const { request, expected, received } of findings ?? []) {
      expect([request, expected, received].map((part) => part.length > 0)).toEqual([true, true, true]);
    }
  } finally {
    await stop();
  }
});
