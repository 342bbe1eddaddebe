import type { Country } from '../../../schema/values/countries.js';
import { contractVersion } from '../../../schema/sdl/contract-version.js';
import { countrySdl } from '../../../schema/sdl/subgraph-sdl.js';
import { readContract } from '../../../schema/compose/subgraph-sources.js';
import { checks, examine, describeSubgraph, type Outcome } from '../examine.js';
import { type Distortion, type Ruritania, startRuritania } from './start-ruritania.js';

const country: Country = {
  code: 'XR',
  name: 'Ruritania',
  folder: 'ruritania',
  adjective: 'Ruritanian',
  port: 0,
};
const sdl = countrySdl(readContract(), country, '');
const secret = 'the secret of Ruritania';

let ruritania: Ruritania;
beforeAll(async () => {
  ruritania = await startRuritania(sdl, secret);
});
afterAll(() => ruritania.stop());
afterEach(() => {
  ruritania.distortBy(undefined);
});

it('a subgraph without our kit passes every check, and none is left untried', async () => {
  const outcomes: Outcome[] = [];
  for await (const outcome of examine(await describeSubgraph(ruritania.url, secret))) outcomes.push(outcome);
  expect(outcomes.filter(({ result }) => result !== 'PASSED')).toEqual([]);
  expect(outcomes).toHaveLength(checks.length);
});

const inSdl =
  (from: string, to: string): Distortion =>
  (response, query) =>
    query.includes('_service') ? response.replaceAll(from, to) : response;

/** Distorts the responses to queries that contain a text. */
const when =
  (part: string | RegExp, change: (response: string) => string): Distortion =>
  (response, query) =>
    (typeof part === 'string' ? query.includes(part) : part.test(query)) ? change(response) : response;

const withoutCode =
  (code: string): Distortion =>
  (response) =>
    response.replaceAll(code, 'INTERNAL_SERVER_ERROR');

/** By the name of each check: a distortion that makes a subgraph fail it. */
const distortions: Readonly<Record<string, Distortion>> = {
  'SDL: it states the version of the contract': inSdl(`@contract(version: \\"${contractVersion}\\")`, ''),
  'SDL: it has everything that the contract has, of the same types': inSdl('lau: String', 'local: String'),
  'SDL: it adds fields only to its own types, and nothing to Query': inSdl(
    '"sdl":"',
    '"sdl":"type Novelty { novelty: Int } ',
  ),
  'SDL: it composes with the other subgraphs of this release': inSdl('eligible: Int', 'eligible: String'),
  'entities: a ref that is an id resolves to its organisation': when('_entities', (response) =>
    response.replace('Zenda', 'Hofbau'),
  ),
  'entities: a ref that is a code resolves to the organisation that has it': when('_entities', (response) =>
    response.replaceAll('xr:administration:01', 'xr:administration:02'),
  ),
  'entities: an unknown ref is null, without an error, and costs the others nothing': when('_entities', (response) =>
    response.replace(
      '[null',
      '[{"__typename":"RuritanianAdministration","id":"xr:administration:ghost","name":"Ghost"}',
    ),
  ),
  'entities: a malformed ref is rejected at its own position': when('_entities', withoutCodeOf('INVALID_ID')),
  'entities: the catalogue is found by its id, and no other': when('_entities', (response) =>
    response.replace(',null]', ',{"__typename":"RuritanianCatalogue","id":"zz:catalogue"}]'),
  ),
  'names: a name in a language is the one that `names` has in it, and a language without one falls back': when(
    'language: "tlh"',
    (response) => response.replace('Strelsau', 'Streslau'),
  ),
  'names: a malformed language is rejected': withoutCode('INVALID_LANGUAGE'),
  'time: a membership counts from its first day, and not on the day before': when(/\$asOf: Date.*members/, () =>
    JSON.stringify({
      data: { catalogue: { organisation: { members: { nodes: [{ id: 'xr:membership:01' }] } } } },
    }),
  ),
  'time: a consortium has no members before it exists': when(/\$asOf: Date.*members/, () =>
    JSON.stringify({
      data: { catalogue: { organisation: { members: { nodes: [{ id: 'xr:membership:01' }] } } } },
    }),
  ),
  'time: an organisation is listed from its first day, and not on the day before': when('consortia(asOf', () =>
    JSON.stringify({
      data: { catalogue: { consortia: { nodes: [{ id: 'xr:consortium:towns' }] } } },
    }),
  ),
  'time: an organisation is listed on its last day, and not on the day on which it ended': when(
    'administrations(search',
    () =>
      JSON.stringify({
        data: { catalogue: { administrations: { nodes: [{ id: 'xr:administration:04' }] } } },
      }),
  ),
  'time: a day that does not exist is rejected': withoutCode('INVALID_DATE'),
  'counts: `knownMembers` are the members that are listed, and `share` is null unless the list is complete': (
    response,
  ) => response.replace('"share":null', '"share":0.5'),
  'counts: a growth curve has the requested days in order, and counts the members listed on each': when(
    'growth(',
    (response) => response.replace(/"knownMembers":\d+/, '"knownMembers":99'),
  ),
  'counts: a number of inhabitants is of the requested day or an earlier one': when('before: population', (response) =>
    response.replace('"before":null', '"before":{"on":"2020-06-01"}'),
  ),
  'counts: a denominator is null, except for kinds and days for which the list is complete': (response) =>
    response.replace('"now":null', '"now":3'),
  'lists: in both directions they have the same rows, each once, and as many as `totalCount`': (response) =>
    response.replace('"totalCount":3', '"totalCount":4'),
  'cursors: an invalid one, or one of another list, is rejected': when(
    'after: $after, last',
    withoutCodeOf('INVALID_CURSOR'),
  ),
  'limits: a page has at most 200 rows, and a search at most 100 characters': withoutCode('INVALID_ARGUMENT'),
  'limits: /graphql rejects an operation that requests a whole country many times over': when('a1999:', () =>
    JSON.stringify({ data: { ruritania: {} } }),
  ),
  'feed: pages of any size lead to the end, with the same entries in the same order, of one feed': when(
    'changes(',
    (response) => response.replace('"feedId":"ruritania-1"', `"feedId":"ruritania-${response.length}"`),
  ),
  'feed: after its end there is an empty page of the same feed': when('changes(', (response) =>
    response.replace('"nodes":[]', '"nodes":[{"id":"1","subject":"CLAIM","subjectId":"xr:claim:1"}]'),
  ),
  'feed: an invalid cursor is rejected, and so are too many entries at once': when(
    'changes(',
    withoutCodeOf('INVALID_CURSOR'),
  ),
  'feed: Europe can read it to its end, and accepts every entry into its index': when('query Changes', (response) =>
    response.replace('"status":"IN_PRODUCTION"', '"status":"USED"'),
  ),
  'feed: it contains everything that is listed': when('consortia(first: 20) { nodes { id } } records', (response) =>
    response.replace('xr:administration:03', 'xr:administration:05'),
  ),
  'errors: bad input has the code that the contract names, and costs its own field alone':
    withoutCode('UNKNOWN_SCHEME'),
  'endpoints: /subgraph rejects a request without its secret': (response, query) =>
    query === 'secret' ? 'accepted' : response,
  'endpoints: /graphql exposes nothing that is internal to Europe and the countries': when(
    /^\/graphql .*_service/,
    () => JSON.stringify({ data: { _service: { sdl: 'everything' } } }),
  ),
  'endpoints: /health/live and /health/ready respond with 200': when('/health/ready', () => '{"status":"unavailable"}'),
};

function withoutCodeOf(code: string): (response: string) => string {
  return (response) => response.replaceAll(code, 'INTERNAL_SERVER_ERROR');
}

it('there is a faulty subgraph for every check', () => {
  expect(Object.keys(distortions).sort()).toEqual(checks.map(({ name }) => name).sort());
});

it.each(Object.entries(distortions))('a subgraph that violates it fails the check "%s"', async (name, distort) => {
  ruritania.distortBy(distort);
  const subject = await describeSubgraph(ruritania.url, secret);
  const findings = await checks.find((check) => check.name === name)?.run(subject);
  expect(findings?.length).toBeGreaterThan(0);
  for (const { request, expected, received } of findings ?? []) {
    expect([request, expected, received].map((part) => part.length > 0)).toEqual([true, true, true]);
  }
});
