import jsonld from 'jsonld';
import { Parser, type Quad, Store } from 'n3';

import { type FakeGateway, startFakeGateway, toPage } from '../testing/fake-gateway.js';
import { followAddresses } from '../testing/follow-addresses.js';
import { startTestPortal, type TestPortal } from '../testing/start-test-portal.js';
import { findCccevProblems, findCpovProblems, findDcatProblems } from '../testing/validate-rdf.js';

const provenance = {
  source: 'https://example.org/register',
  observedOn: '2026-01-01',
  retrievedAt: '2026-01-02T10:00:00Z',
  method: 'DECLARED',
};

const municipality = {
  __typename: 'DanishAdministration',
  id: 'dk:administration:0820',
  country: 'DK',
  names: [{ language: 'da', text: 'Vesthimmerland "Å"' }],
  alternativeNames: [],
  homepage: 'https://www.vesthimmerland.dk',
  identifiers: [{ scheme: 'DK_KOMMUNE', notation: '0820' }],
  existed: { start: '2007-01-01', end: null },
  memberships: [
    {
      id: 'dk:membership:1',
      consortiumId: 'dk:consortium:1',
      memberId: 'dk:administration:0820',
      role: 'MEMBER',
      during: { start: '2019-05-01', end: null },
      provenance,
    },
    null,
    {
      id: 'dk:membership:2',
      consortiumId: 'dk:consortium:2',
      memberId: 'dk:administration:0820',
      role: 'FOUNDER',
      during: { start: null, end: null },
      provenance,
    },
  ],
  provenance,
  kind: 'MUNICIPALITY',
  nuts: 'DK050',
};

const solution = {
  __typename: 'Solution',
  id: 'gitlab.com/group/apps//apps/portal',
  name: 'Portal',
  nameLanguage: null,
  shortDescription: null,
  shortDescriptionLanguage: null,
  addresses: ['gitlab.com/group/apps//apps/portal', 'github.com/a/b'],
  url: 'https://gitlab.com/group/apps',
  licence: 'MIT OR Apache-2.0',
  developmentStatus: 'STABLE',
  categories: ['it-development'],
  releaseDate: '2026-02-03',
  publisherIds: ['dk:consortium:1'],
  publishers: [{ __typename: 'DanishConsortium', id: 'dk:consortium:1', name: 'Group' }],
  maintainerIds: [],
  records: [{ id: 'dk:record:r0', country: 'DK', provenance }],
};

const record = (index: number) => ({
  id: `dk:record:r${index}`,
  solutionAddress: `github.com/a/r${index}`,
  issued: '2026-01-01T00:00:00Z',
  name: `R${index} <b>"`,
  descriptions: index % 2 === 0 ? [{ language: 'da', localisedName: 'Navn', shortDescription: 'Kort' }] : [],
  url: index % 3 === 0 ? null : `https://github.com/a/r${index}`,
  landingURL: index % 5 === 0 ? 'https://example.org/landing' : null,
  licence: index % 2 === 0 ? 'EUPL-1.2' : null,
  developmentStatus: index % 4 === 0 ? 'BETA' : null,
  categories: [],
  releaseDate: null,
  softwareVersion: index % 2 === 0 ? '1.0' : null,
  publisherId: index % 2 === 0 ? 'dk:consortium:1' : null,
  publisherName: index === 1 ? null : 'A publisher',
  publisher: null,
  provenance,
});
const records = Array.from({ length: 45 }, (_, index) => record(index));

const need = {
  id: 'dk:need:meetings',
  country: 'DK',
  statements: [{ language: 'da', text: 'Møder' }],
  legalBasis: 'Lov § 1',
  url: null,
  codes: [
    { scheme: 'DK_KLE', notation: '00.22', code: { labels: [{ language: 'da', text: 'Møder' }] } },
    { scheme: 'OTHER', notation: '1', code: null },
  ],
  provenance,
};

const codeList = {
  id: 'dk:code-list:dk-kle',
  scheme: 'DK_KLE',
  title: 'KLE',
  titles: [{ language: 'da', text: 'KLE' }],
  version: null,
  publisher: 'KL',
  licence: 'CC BY 4.0',
  url: 'https://example.org/kle',
  provenance,
};
const code = (notation: string, text: string, broaderNotation: string | null = null) => ({
  id: `dk:code:dk-kle-${notation}`,
  country: 'DK',
  scheme: 'DK_KLE',
  notation,
  labels: [
    { language: 'da', text },
    { language: 'en', text: `${text} (en)` },
  ],
  broaderNotation,
  mappings: [
    { relation: 'CLOSE', toScheme: 'DK_KLE', toNotation: '00/1', topic: null },
    { relation: 'BROADER', toScheme: null, toNotation: null, topic: 'meetings' },
  ],
  codeList,
  provenance,
});
const codes = [code('00', 'Styrelse'), code('00.22', 'Møder', '00'), code('00/1', 'Udvalg')];

let gateway: FakeGateway;
let portal: TestPortal;
beforeAll(async () => {
  const catalogue = {
    __typename: 'DanishCatalogue',
    id: 'dk:catalogue',
    country: 'DK',
    title: 'Katalog',
    titleLanguage: 'da',
    languages: ['da'],
    need: ({ id }: { id: string }) => (id === need.id ? need : null),
    membership: ({ id }: { id: string }) => municipality.memberships.find((one) => one?.id === id) ?? null,
    record: ({ id }: { id: string }) => records.find((one) => one.id === id) ?? null,
    records: (args: { first: number; after: string | null }) => toPage(records, { ...args, first: 20 }),
  };
  const consortium = (id: string) => ({
    ...municipality,
    __typename: 'DanishConsortium',
    id,
    kind: 'ASSOCIATION',
    memberships: [],
  });
  const objects = [municipality, solution, catalogue, ...['dk:consortium:1', 'dk:consortium:2'].map(consortium)];
  const nodes = new Map<string, object>(objects.map((node) => [node.id, node]));
  for (const { solutionAddress: id } of records) nodes.set(id, { ...solution, id, addresses: [id] });
  gateway = await startFakeGateway({
    node: ({ id }: { id: string }) => nodes.get(id) ?? null,
    crosswalk: ({ from }: { from: { notation: string } }) => ({
      from: { ...from, code: codes.find(({ notation }) => notation === from.notation) ?? null },
      matches: [],
    }),
    codes: ({ scheme, ...args }: { scheme: string; first: number; after: string | null }) =>
      toPage(scheme === 'DK_KLE' ? codes : [], args),
  });
  portal = await startTestPortal(gateway.url, { publicUrl: 'https://portal.example/' });
});
afterAll(async () => {
  await portal.stop();
  await gateway.stop();
});

const base = 'https://portal.example/id';

const read = async (path: string, accept: string) => {
  const response = await portal.fetch(path, { headers: { accept } });
  return { status: response.status, headers: response.headers, text: await response.text() };
};

/** The statements of a document, in Turtle or N-Triples as its own parser reads it. */
const parse = (text: string): Store => new Store(new Parser().parse(text));
const parseJsonLd = async (text: string): Promise<Store> =>
  new Store((await jsonld.toRDF(JSON.parse(text) as never)) as Quad[]);

const valuesOf = (store: Store, subject: string, predicate: string): string[] =>
  store.getObjects(subject, predicate, null).map(({ value }) => value);

describe('an address of an object', () => {
  it('serves the same statements as Turtle, N-Triples and JSON-LD, which is the default', async () => {
    const [turtle, nTriples, json, other] = await Promise.all(
      ['text/turtle', 'application/n-triples', 'application/ld+json', '*/*'].map((accept) =>
        read(`/id/${municipality.id}`, accept),
      ),
    );
    expect([turtle, json, other].map((response) => response?.headers.get('content-type'))).toEqual(
      ['text/turtle', 'application/ld+json', 'application/ld+json'].map((type) => `${type}; charset=utf-8`),
    );
    expect(turtle?.headers.get('vary')?.toLowerCase()).toContain('accept');
    expect(turtle?.headers.get('etag')).not.toBe(json?.headers.get('etag'));
    const stores = [parse(turtle?.text ?? ''), parse(nTriples?.text ?? ''), await parseJsonLd(json?.text ?? '')];
    expect(stores[0]?.size).toBeGreaterThan(30);
    for (const store of stores.slice(1))
      expect([...store].every((quad) => stores[0]?.has(quad)) && store.size).toBe(stores[0]?.size);
  });

  it('describes an organisation in CPOV and ORG, with the interval of each membership', async () => {
    const store = parse((await read(`/id/${municipality.id}`, 'text/turtle')).text);
    const address = `${base}/${municipality.id}`;
    expect(valuesOf(store, address, 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type')).toContain(
      'http://data.europa.eu/m8g/PublicOrganisation',
    );
    expect(valuesOf(store, address, 'http://www.w3.org/2004/02/skos/core#prefLabel')).toEqual(['Vesthimmerland "Å"']);
    expect(valuesOf(store, address, 'http://www.w3.org/ns/prov#hadPrimarySource')).toEqual([provenance.source]);
    const [first, second] = valuesOf(store, address, 'http://www.w3.org/ns/org#hasMembership');
    expect(valuesOf(store, first ?? '', 'http://www.w3.org/ns/org#organization')).toEqual([`${base}/dk:consortium:1`]);
    const [interval] = valuesOf(store, first ?? '', 'http://www.w3.org/ns/org#memberDuring');
    const [beginning] = valuesOf(store, interval ?? '', 'http://www.w3.org/2006/time#hasBeginning');
    expect(valuesOf(store, beginning ?? '', 'http://www.w3.org/2006/time#inXSDDate')).toEqual(['2019-05-01']);
    // A start that is not known is not stated.
    expect(valuesOf(store, second ?? '', 'http://www.w3.org/ns/org#memberDuring')).toEqual([]);
    expect(await findCpovProblems(store)).toEqual([]);
  });

  it('describes a membership as the document of its member does', async () => {
    const own = parse((await read('/id/dk:membership:1', 'text/turtle')).text);
    const ofMember = parse((await read(`/id/${municipality.id}`, 'text/turtle')).text);
    expect(valuesOf(own, `${base}/dk:membership:1`, 'http://www.w3.org/ns/org#member')).toEqual([
      `${base}/${municipality.id}`,
    ]);
    expect([own.size > 10, [...own].every((quad) => ofMember.has(quad))]).toEqual([true, true]);
  });

  it('describes a solution, whose address contains slashes, in ADMS and DCAT-AP', async () => {
    const store = parse((await read(`/id/${solution.id}`, 'text/turtle')).text);
    const address = `${base}/${solution.id}`;
    expect(valuesOf(store, address, 'http://purl.org/dc/terms/title')).toEqual(['Portal']);
    expect(valuesOf(store, address, 'http://purl.org/dc/terms/identifier').sort()).toEqual(
      [...solution.addresses].sort(),
    );
    expect(valuesOf(store, `${address}#licence`, 'http://purl.org/dc/terms/identifier')).toEqual(['MIT OR Apache-2.0']);
    expect(await findDcatProblems(store)).toEqual([]);
  });

  it('describes a need in CCCEV, with its codes as concepts', async () => {
    const store = parse((await read(`/id/${need.id}`, 'text/turtle')).text);
    const [code] = valuesOf(store, `${base}/${need.id}`, 'http://purl.org/dc/terms/subject');
    expect([code, valuesOf(store, code ?? '', 'http://www.w3.org/2004/02/skos/core#prefLabel')]).toEqual([
      `${base}/code/DK_KLE/00.22`,
      ['Møder'],
    ]);
    const [framework] = valuesOf(store, `${base}/${need.id}`, 'http://data.europa.eu/m8g/isDerivedFrom');
    expect(valuesOf(store, framework ?? '', 'http://purl.org/dc/terms/title')).toEqual(['Lov § 1']);
    // The shapes require texts without a language; a need has one in each.
    const others = (await findCccevProblems(store)).filter((problem) => !/XMLSchema#string> Møder$/.test(problem));
    expect(others).toEqual([]);
  });

  it('describes a code in SKOS, with its labels and the codes to which its catalogue relates it', async () => {
    const store = parse((await read('/id/code/DK_KLE/00.22', 'text/turtle')).text);
    const found = ['prefLabel', 'inScheme', 'broader', 'closeMatch', 'broadMatch'].map((name) =>
      valuesOf(store, `${base}/code/DK_KLE/00.22`, `http://www.w3.org/2004/02/skos/core#${name}`).sort(),
    );
    expect(found).toEqual([
      ['Møder', 'Møder (en)'],
      [`${base}/code/DK_KLE`],
      [`${base}/code/DK_KLE/00`],
      [`${base}/code/DK_KLE/00%2F1`],
      [],
    ]);
  });

  it('describes a code list with all of its codes, in each format', async () => {
    const types = ['text/turtle', 'application/n-triples', 'application/ld+json'];
    const [turtle, nTriples, json] = await Promise.all(types.map((type) => read('/id/code/DK_KLE', type)));
    const stores = [parse(turtle?.text ?? ''), parse(nTriples?.text ?? ''), await parseJsonLd(json?.text ?? '')];
    const inScheme = 'http://www.w3.org/2004/02/skos/core#inScheme';
    expect(stores.map((store) => store.getSubjects(inScheme, `${base}/code/DK_KLE`, null).length)).toEqual([3, 3, 3]);
    expect(new Set(stores.map(({ size }) => size)).size).toBe(1);
  });

  it('labels the values of enums in the languages of the pages', async () => {
    const store = parse((await read('/id/membership-role', 'text/turtle')).text);
    const labels = store.getObjects(
      `${base}/membership-role#FOUNDER`,
      'http://www.w3.org/2004/02/skos/core#prefLabel',
      null,
    );
    expect(new Set(labels.map((label) => (label as { language?: string }).language)).size).toBe(6);
  });

  it('responds to a conditional request, an unknown id and a format that is not served', async () => {
    const { headers } = await read('/id/dk:catalogue', 'text/turtle');
    const again = await portal.fetch('/id/dk:catalogue', {
      headers: { accept: 'text/turtle', 'if-none-match': headers.get('etag') ?? '' },
    });
    expect(again.status).toBe(304);
    expect((await read('/id/dk:administration:9999', '*/*')).status).toBe(404);
    const unknown = ['dk:need:x', 'dk:membership:x', 'dk:record:x', 'code/DK_KLE/x', 'code/x', 'code/a/b/c'];
    for (const part of unknown) expect([part, (await read(`/id/${part}`, '*/*')).status]).toEqual([part, 404]);
    const rejected = await read('/id/dk:catalogue', 'image/png');
    expect([rejected.status, rejected.text]).toEqual([406, expect.stringContaining('text/turtle')]);
  });
});

it.each([
  ['dk:administration:0820', '/da/administrations/dk:administration:0820'],
  ['dk:membership:1', '/da/administrations/dk:administration:0820'],
  ['be:consortium:0841470248', '/da/consortia/be:consortium:0841470248'],
  ['it:need:pnrr-1-4-1', '/da/needs/it:need:pnrr-1-4-1'],
  ['dk:catalogue', '/da/catalogues/DK'],
  ['dk:record:r1', '/da/solutions/github.com/a/r1'],
  ['code/DK_KLE', '/da/catalogues/DK'],
  ['code/DK_KLE/00.22', '/da/?q=M%C3%B8der'],
  ['administration-kind', '/da/?in=administrations'],
  ['github.com/os2mo/os2mo', '/da/solutions/github.com/os2mo/os2mo'],
])('a browser that requests %s is redirected to its page', async (id, page) => {
  const headers = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'accept-language': 'da' };
  const response = await portal.fetch(`/id/${id}`, { headers });
  expect([response.status, response.headers.get('location')]).toEqual([303, page]);
});

it('every address in documents of the portal has a document that describes it, and a page', async () => {
  const documents = await Promise.all(
    [`/id/${municipality.id}`, `/id/${solution.id}`, `/id/${need.id}`, '/dcat/dk.nt'].map(async (path) =>
      parse((await read(path, 'application/n-triples')).text),
    ),
  );
  const { kinds, problems } = await followAddresses(portal, base, documents);
  expect(problems).toEqual([]);
  expect(kinds).toEqual(
    expect.arrayContaining(['administration-kind', 'code/', 'code', 'dk:need#', 'dk:record#asset-repository']),
  );
});

describe('a dump of a catalogue', () => {
  it('is valid DCAT-AP by the shapes of SEMIC, with the same statements in both formats', async () => {
    const nTriples = new Parser({ format: 'N-Triples' }).parse((await read('/dcat/dk.nt', '*/*')).text);
    const store = new Store(nTriples);
    expect(await findDcatProblems(store)).toEqual([]);
    expect(store.getObjects(`${base}/dk:catalogue`, 'http://www.w3.org/ns/dcat#record', null)).toHaveLength(
      records.length,
    );
    expect((await parseJsonLd((await read('/dcat/dk.jsonld', '*/*')).text)).size).toBe(store.size);
  });

  it('is not served for a country or a format that does not exist', async () => {
    for (const path of ['/dcat/se.nt', '/dcat/dk.ttl', '/dcat/dk', '/dcat/__proto__.nt'])
      expect((await read(path, '*/*')).status).toBe(404);
  });

  it('is unavailable while the country is', async () => {
    gateway.catalogues = [{ country: 'DK', state: 'UNAVAILABLE' }];
    expect((await read('/dcat/dk.nt', '*/*')).status).toBe(503);
    gateway.catalogues = [];
  });
});
