import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { projectPath } from '../../../schema/files.js';
import { type FakeGateway, startFakeGateway, toPage } from '../testing/fake-gateway.js';
import { startTestPortal, type TestPortal } from '../testing/start-test-portal.js';
import { languages } from './model/languages.js';
import type { PageContent } from './model/page-content.js';

const during = { start: '2015-03-01', startPrecision: 'MONTH', end: null, endPrecision: null, ended: null };
const provenance = {
  source: 'https://os2.example/users',
  observedOn: '2024-01-02',
  assertedBy: 'OS2',
  method: 'IMPORTED',
};
const openTo = { kinds: ['MUNICIPALITY'], nuts: ['DK', 'DK04'], description: null, descriptionLanguage: null };
const fees = [
  { id: 'dk:fee:1', kind: 'MEMBERSHIP', populationMin: 20000, amount: { amount: '1500.50', currency: 'DKK' }, during },
];
const texts = {
  eligibility: [],
  conditions: [{ language: 'da', text: 'Betingelser' }],
  support: [],
  exceptionReason: [],
};
const terms = [
  {
    id: 'dk:terms:1',
    country: 'DK',
    consortiumId: 'dk:consortium:1',
    solutionAddress: null,
    ...texts,
    fees,
    provenance,
  },
  // Another solution of the consortium.
  {
    id: 'dk:terms:2',
    country: 'DK',
    consortiumId: 'dk:consortium:1',
    solutionAddress: 'x',
    ...texts,
    fees: [],
    provenance,
  },
];
const record = {
  id: 'dk:record:os2mo',
  country: 'DK',
  name: 'OS2mo',
  licence: 'MPL-2.0',
  landingURL: 'javascript:alert(1)',
  contractors: [{ name: 'Magenta', until: '2027-12-31', website: 'https://magenta.example' }],
  categories: ['budgeting'],
  availableLanguages: ['da', 'en'],
  provenance,
};
const solution = {
  id: 'github.com/os2mo/os2mo',
  address: 'github.com/os2mo/os2mo',
  name: '<script>alert(1)</script>\u202E',
  nameLanguage: 'da',
  shortDescription: null,
  licence: 'MPL-2.0',
  licenceFamily: 'WEAK_COPYLEFT',
  publishedIn: ['DK'],
  categories: ['budgeting'],
  origins: [{ field: 'licence', recordId: 'dk:record:os2mo', country: 'DK' }],
  maintainerIds: ['dk:consortium:1', 'it:consortium:2'],
  maintainers: [
    {
      __typename: 'DanishConsortium',
      id: 'dk:consortium:1',
      country: 'DK',
      name: 'OS2',
      status: 'ACTIVE',
      provenance,
      openTo,
      terms,
    },
    null,
  ],
  reuse: [
    { country: 'DK', adopters: 7, knownSince: '2020-01-09', dated: 0, observed: 7 },
    { country: 'IT', adopters: 1, knownSince: null, dated: null, observed: null },
  ],
  mayJoin: ({ for: id }: { for: string }) => ({
    answer: id === 'dk:administration:0751' ? 'YES' : 'NO',
    because: id === 'dk:administration:0751' ? 'MEMBER' : 'AREA_NOT_ELIGIBLE',
    consortiumId: 'dk:consortium:1',
    consortium: { __typename: 'DanishConsortium', name: 'OS2' },
    source: 'https://os2.example/rules',
    observedOn: '2024-01-02',
  }),
  growth: [{ asOf: '2026-01-01', adopters: 7, dated: 0, observed: 7, complete: false }],
  adoptionFacets: [],
  claims: [
    { id: 'dk:claim:1', statement: 'Brugt i 15 kommuner', relation: 'USERS', count: 15, source: 'https://os2.example' },
  ],
  adoptions: () =>
    toPage(
      [
        {
          id: 'dk:adoption:1',
          country: 'DK',
          administrationId: 'dk:administration:0751',
          rawName: 'Aarhus',
          status: 'PILOT',
          confirmed: true,
          during,
          provenance,
        },
        null,
      ],
      {},
    ),
  basedOn: [],
  records: [record, null],
};
/** A solution of which the pictures cannot be read. */
const fail = () => {
  throw new Error('no index');
};
const unread = {
  ...solution,
  id: 'github.com/os2/unread',
  address: 'github.com/os2/unread',
  name: 'Unread',
  growth: fail,
  adoptionFacets: fail,
};
const counted = () => toPage([{}, {}, {}], { first: 1 });
const province = {
  __typename: 'ItalianAdministration',
  id: 'it:administration:062',
  name: 'Provincia di Benevento',
  names: [{ language: 'it', text: 'Provincia di Benevento' }],
  alternativeNames: [{ language: 'it', text: 'Benevento' }],
  country: 'IT',
};
const administrations = [
  { ...province, id: 'it:administration:062008', name: 'Comune di Benevento', kind: 'MUNICIPALITY' },
  { ...province, kind: 'PROVINCE' },
];

let gateway: FakeGateway;
let portal: TestPortal;
beforeAll(async () => {
  gateway = await startFakeGateway({
    solutions: ({ search }: { search?: string }) => ({
      ...toPage(search === 'nothing' ? [] : [solution], { first: 20 }),
      fuzzy: search === 'benevento',
      facets: [{ field: 'categories', values: [{ value: 'budgeting', count: 1 }], missing: 0 }],
    }),
    solution: ({ address }: { address: string }) =>
      address === solution.address ? solution : address === unread.address ? unread : null,
    administrations: ({ search }: { search?: string }) =>
      search === 'benevento' ? toPage(administrations, {}) : search === 'nothing' ? toPage([], {}) : counted(),
    consortia: ({ search }: { search?: string }) =>
      ['nothing', 'benevento'].includes(search ?? '') ? toPage([], {}) : counted(),
    needs: ({ search }: { search?: string }) => {
      if (search === 'benevento') throw new Error('not read');
      return search === 'nothing' ? toPage([], {}) : counted();
    },
    reuseMatrix: () => [
      { publishedIn: 'DK', usedIn: 'DK', adoptions: 1234 },
      { publishedIn: 'IT', usedIn: 'DK', adoptions: 5 },
    ],
    catalogueStatus: () => [
      {
        country: 'DK',
        state: 'UNREACHABLE',
        indexedAt: '2026-03-01T08:00:00Z',
        unconfirmedAdoptions: 2,
        figures: { solutions: 40, sharingConsortia: 2, administrations: 103, needs: 7, consortia: 9 },
      },
      { country: 'IT', state: 'OK', indexedAt: '2026-03-02T08:00:00Z', unconfirmedAdoptions: 0, figures: null },
    ],
  });
  portal = await startTestPortal(gateway.url);
});
afterAll(async () => {
  await portal.stop();
  await gateway.stop();
});
beforeEach(() => {
  gateway.catalogues = [];
  gateway.received.length = 0;
});

const get = async (path: string, headers: Record<string, string> = {}) => {
  const response = await portal.fetch(path, { headers });
  const text = await response.text();
  return { response, status: response.status, text, words: text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ') };
};

describe('the pages', () => {
  it('begin in the language of the reader, with a link to the other formats', async () => {
    const { response, status } = await get('/', { 'accept-language': 'nl-BE, fr;q=0.8' });
    expect([status, response.headers.get('location'), response.headers.get('vary')]).toEqual([
      302,
      '/nl/',
      expect.stringContaining('accept-language'),
    ]);
    expect(response.headers.get('link')).toBe('</formats>; rel="service-desc"');
    expect((await get('/', { 'accept-language': 'pl' })).response.headers.get('location')).toBe('/en/');
  });

  it('forbid scripts and styles that are not files of their own, and contain none', async () => {
    const { response, text } = await get('/en/?q=os2mo');
    const policyOf = (frames: string): string =>
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; " +
      `font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors ${frames}`;
    expect(response.headers.get('content-security-policy')).toBe(policyOf("'none'"));
    const embed = await get(`/en/embed/solution-growth?id=${solution.id}`);
    expect([embed.status, embed.response.headers.get('content-security-policy')]).toEqual([200, policyOf('*')]);
    expect(text).not.toMatch(/<script>|<style|\sstyle=|\son[a-z]+=/);
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  it('are sent again only if they have changed', async () => {
    const { response } = await get('/en/about');
    const etag = response.headers.get('etag') ?? '';
    expect(response.headers.get('cache-control')).toBe('no-cache');
    expect((await get('/en/about', { 'if-none-match': etag })).status).toBe(304);
  });

  it('load at most 150 kB of compressed scripts, of files that browsers keep', async () => {
    const { text } = await get('/en/');
    const paths = [...text.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map(([, path = '']) => path);
    expect(paths.length).toBeGreaterThan(2);
    let bytes = 0;
    for (const path of paths) bytes += statSync(join(projectPath('dist/services/portal/web'), `${path}.gz`)).size;
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThan(150_000);
    expect((await get(`${paths[0] ?? ''}.gz`)).status).toBe(404);
  });

  it('have all their scripts and styles in compressed files that browsers keep', async () => {
    const folder = projectPath('dist/services/portal/web/assets');
    const names = readdirSync(folder).filter((name) => /\.(?:js|css)$/.test(name));
    expect(names.length).toBeGreaterThan(20);
    for (const name of names)
      for (const [accepted, coding, suffix] of [
        ['br, gzip', 'br', '.br'],
        ['gzip', 'gzip', '.gz'],
        ['identity', undefined, ''],
      ] as const) {
        const { status, headers } = await portal.fetch(`/assets/${name}`, {
          method: 'HEAD',
          headers: { 'accept-encoding': accepted },
        });
        expect({ name, status, ...Object.fromEntries(headers) }).toMatchObject({
          name,
          status: 200,
          ...(coding && { 'content-encoding': coding }),
          'content-length': String(statSync(join(folder, name + suffix)).size),
          'content-type': name.endsWith('.css') ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8',
          'cache-control': 'public, max-age=31536000, immutable',
          'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
          'x-content-type-options': 'nosniff',
          vary: expect.stringMatching(/accept-encoding/i) as string,
        });
      }
  });

  it('load only their data in a browser that shows one already', async () => {
    const { response, text } = await get('/data/da/solutions/github.com/os2mo/os2mo');
    const content = JSON.parse(text) as PageContent;
    expect(response.headers.get('content-type')).toContain('application/json');
    // By which an open page notices that the portal has another version.
    const page = await get('/da/about');
    expect(page.text).toContain(`"version":"${response.headers.get('x-page-version') ?? ''}"`);
    expect(content).toMatchObject({
      data: { solution: { id: solution.id }, topicNames: { budgeting: 'budget' } },
      messages: { 'solution.facts.title': 'Hvad det er' },
    });
    expect(
      Object.keys('messages' in content ? content.messages : {}).filter(
        (id) => !/^(?:solution|figures|reuse|terms)\./.test(id),
      ),
    ).toEqual([]);
  });

  it('link to their operations in the playground', async () => {
    const { text } = await get('/en/solutions/github.com/os2mo/os2mo');
    const [, path = ''] = /href="(\/queries\/solution[^"]*)"/.exec(text) ?? [];
    const { response, status } = await get(path.replaceAll('&amp;', '&'));
    const link = new URL(response.headers.get('location') ?? '');
    expect([status, link.origin]).toEqual([302, 'http://localhost:4000']);
    expect(link.searchParams.get('query')).toContain('query Solution(');
    expect(JSON.parse(link.searchParams.get('variables') ?? '')).toEqual({ address: solution.id, language: 'en' });
    expect((await get('/queries/unknown')).status).toBe(404);
  });

  it('send only operations that a gateway can have as trusted documents', async () => {
    const documents = JSON.parse((await get('/queries')).text) as Record<string, string>;
    gateway.received.length = 0;
    for (const path of ['/', '/?q=a', '/?in=needs', '/?in=consortia', '/?in=administrations', '/solutions/x'])
      await get(`/en${path}`);
    expect(gateway.received.length).toBeGreaterThan(5);
    expect(gateway.received.filter(({ query }) => !Object.values(documents).includes(query))).toEqual([]);
  });

  it('name the catalogues that they lack, and those that are behind', async () => {
    gateway.catalogues = [
      { country: 'BE', state: 'UNAVAILABLE' },
      { country: 'IT', state: 'STALE' },
      { service: 'europe', state: 'OK' },
    ];
    const { words } = await get('/nl/?q=os2mo');
    expect(words).toContain('België antwoordt op dit moment niet.');
    expect(words).toContain('Italië: de gegevens op deze pagina zijn mogelijk niet actueel.');
  });

  it('that do not exist are reported in the language of the reader, with the stable code', async () => {
    for (const path of [
      '/da/unknown',
      '/da/solutions/github.com/none/none',
      '/data/da/solutions/github.com/none/none',
    ]) {
      const { status, text } = await get(path);
      expect([path, status]).toEqual([path, 404]);
      expect(text).toContain('NOT_FOUND');
    }
    expect((await get('/da/unknown')).words).toContain('Siden blev ikke fundet');
  });

  it('that cannot be read state the code of the gateway', async () => {
    const reject = (code: string) =>
      gateway.next.push({ status: 200, body: { errors: [{ message: 'no', extensions: { code } }] } });
    reject('INVALID_ADDRESS');
    const invalid = await get('/fr/solutions/x');
    expect([invalid.status, invalid.words]).toEqual([400, expect.stringContaining('INVALID_ADDRESS')]);
    reject('INDEX_UNAVAILABLE');
    const unavailable = await get('/it/solutions/x');
    expect([unavailable.status, unavailable.words]).toEqual([503, expect.stringContaining('GATEWAY_UNAVAILABLE')]);
    expect(unavailable.words).toContain('Al momento questa pagina non può essere mostrata');
  });
});

describe('an error', () => {
  const browser = { accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8', 'accept-language': 'de' };

  it.each([
    ['/unknown', 404, 'NOT_FOUND', 'Seite nicht gefunden'],
    ['/pl/', 404, 'NOT_FOUND', 'Seite nicht gefunden'],
    ['/de/unknown', 404, 'NOT_FOUND', 'Seite nicht gefunden'],
    ['/de/embed/unknown', 404, 'NOT_FOUND', 'Seite nicht gefunden'],
    ['/de/pictures/unknown.svg', 404, 'NOT_FOUND', 'Seite nicht gefunden'],
    ['/de/%ff', 400, 'BAD_REQUEST', 'Diese Adresse ist ungültig'],
    ['/export/unknown.csv', 404, 'NOT_FOUND', 'Seite nicht gefunden'],
    ['/id/%ff', 400, 'BAD_REQUEST', 'Diese Adresse ist ungültig'],
  ])('at %s is a page in the language of a reader, and JSON for programs', async (path, status, code, title) => {
    const page = await get(path, browser);
    expect([page.status, page.response.headers.get('content-type')]).toEqual([status, 'text/html; charset=utf-8']);
    expect(page.text).toContain('<html lang="de">');
    expect(page.words).toContain(title);
    expect(page.words).toContain(code);
    expect(page.response.headers.get('content-security-policy')).toContain(
      path.includes('/embed/') ? 'frame-ancestors *' : "frame-ancestors 'none'",
    );
    const { response, text } = await get(path, { accept: 'application/json' });
    expect([response.status, response.headers.get('content-type')]).toEqual([
      status,
      'application/json; charset=utf-8',
    ]);
    expect(JSON.parse(text)).toMatchObject({ errors: [{ extensions: { code } }] });
  });

  it('in the rendering of a page is a page that says nothing of it', async () => {
    // React renders no objects.
    const body = { data: { solution: { ...solution, adoptions: null, name: { crash: 'secret' } } } };
    const crash = async (accept: string) => {
      gateway.next.push(...Array.from({ length: 3 }, () => ({ status: 200, body })));
      const result = await get(`/da/solutions/${solution.id}`, { accept });
      gateway.next.length = 0;
      return result;
    };
    const { status, text, words } = await crash('text/html');
    expect([status, words]).toEqual([500, expect.stringContaining('INTERNAL_SERVER_ERROR')]);
    expect(words).toContain('Siden kan ikke vises i øjeblikket');
    expect(text).not.toMatch(/secret|crash|\.tsx?:|\n\s+at /);
    const program = await crash('application/json');
    expect([program.status, JSON.parse(program.text)]).toEqual([
      500,
      { errors: [{ message: expect.any(String) as string, extensions: { code: 'INTERNAL_SERVER_ERROR' } }] },
    ]);
    expect(program.text).not.toContain('secret');
  });

  it('of a limit is a page for a reader, and JSON for a program', async () => {
    const limited = await startTestPortal(gateway.url, { costBudgetPerMinute: 150 });
    await (await limited.fetch('/de/unknown')).text();
    for (const path of ['/de/about', '/formats']) {
      const page = await limited.fetch(path, { headers: browser });
      expect([page.status, page.headers.get('retry-after')]).toEqual([429, expect.stringMatching(/^\d+$/)]);
      expect(await page.text()).toContain('Zu viele Anfragen');
    }
    for (const path of ['/data/de/about', '/formats']) {
      const data = await limited.fetch(path);
      expect([data.status, data.headers.get('content-type')]).toEqual([429, expect.stringContaining('json')]);
      await data.text();
    }
    await limited.stop();
  });
});

describe('the first page', () => {
  it.each(languages)('shows the figures for Europe and which catalogues are behind, in %s', async (language) => {
    const { status, text } = await get(`/${language}/`);
    expect(status).toBe(200);
    expect(text).toContain(`<html lang="${language}">`);
    expect(text).toMatch(/<dd>3<\/dd>/);
    expect(text).toMatch(/<tr class="behind">.*?<time dateTime="2026-03-01T08:00:00Z">.*?<\/tr><tr>/);
    expect(text).toContain('href="/export/country-figures.csv?variables=%7B%7D"');
  });

  it('shows the figures of each country with their day, and what is not known of it', async () => {
    const { words, text } = await get('/en/');
    expect(words).toContain('Denmark 40 2 103 7 1,239 5 1 March 2026 ○ Not responding');
    expect(words).toContain('Italy unknown unknown unknown unknown 0 0 2 March 2026 ● Up to date');
    expect(text).toContain('href="/en/?in=consortia&amp;sharing=1&amp;country=DK"');
  });

  it('searches all kinds at once: those named exactly like the text first, those with a typing error last', async () => {
    const { text, words } = await get('/en/?q=benevento');
    expect([...text.matchAll(/<h2 id="(\w+)"/g)].map(([, kind]) => kind)).toEqual([
      'administrations',
      'needs',
      'solutions',
    ]);
    expect(words).toContain(
      '2 administrations Comune di Benevento Municipality · Italy Provincia di Benevento Province · Italy',
    );
    expect(words).toContain('Needs This could not be read at present.');
    expect(words).toContain('Nothing matches exactly. These results contain a similar word.');
    const all = await get('/en/?q=os2mo');
    expect(all.text).toMatch(/href="\/en\/\?q=os2mo&amp;in=consortia"[^>]*>Show all 3 consortia/);
  });

  it('orders solutions as the reader chooses: without words, by users', async () => {
    for (const [search, order] of [
      ['?in=solutions', { field: 'ADOPTERS' }],
      ['?q=a&in=solutions', undefined],
      ['?q=a&in=solutions&order=release', { field: 'UPDATED' }],
    ] as const) {
      await get(`/en/${search}`);
      expect(gateway.received.findLast(({ query }) => query.includes('query SearchSolutions('))?.variables).toEqual(
        expect.objectContaining({ filter: {}, ...(order && { orderBy: order }) }),
      );
    }
  });

  it('suggests what a reader may mean while typing, without guesses where something matches', async () => {
    const suggest = async (search: string): Promise<unknown> =>
      (await portal.fetch(`/suggestions/de?${search}`)).json();
    expect(await suggest('q=benevento')).toEqual([
      {
        id: 'it:administration:062008',
        name: 'Comune di Benevento',
        nameLanguage: null,
        kind: 'MUNICIPALITY',
        country: 'IT',
      },
      {
        id: 'it:administration:062',
        name: 'Provincia di Benevento',
        nameLanguage: null,
        kind: 'PROVINCE',
        country: 'IT',
      },
    ]);
    expect(await suggest('q=benevento&of=administrations')).toHaveLength(2);
    gateway.received.length = 0;
    expect(await suggest('q=b')).toEqual([]);
    expect(gateway.received).toEqual([]);
  });

  it('searches one kind if a filter or a tab is chosen, and states how much there is of each', async () => {
    const { words, text } = await get('/en/?q=os2mo&topic=budgeting');
    expect(words).toContain('Solutions (1) Administrations (3) Consortia (3) Needs (3)');
    expect(words).toMatch(/Topic budgeting show all/);
    expect(words).toContain('Denmark · MPL-2.0 · 8 known users');
    expect(text).toContain('href="/en/solutions/github.com/os2mo/os2mo"');
    expect(gateway.received.map(({ variables }) => variables)).toContainEqual({
      search: 'os2mo',
      language: 'en',
      filter: { categories: ['budgeting'] },
    });
  });

  it('suggests the reuse check if nothing was found, and names the countries that were searched', async () => {
    const { text, words } = await get('/en/?q=nothing');
    expect(text).toContain('href="/en/check?text=nothing"');
    expect(words).toContain('The catalogues of these countries were searched: Denmark and Italy');
  });

  it.each(['?q=os2mo&topic=budgeting&country=DK', '?q=os2mo&in=consortia&sharing=1', '?in=needs&topic=library'])(
    'links to all results of %s as a file',
    async (search) => {
      const { text } = await get(`/en/${search}`);
      const href = /href="(\/export\/[^"]+\.csv[^"]*)"/.exec(text)?.[1] ?? '';
      const exported = new URL(href.replaceAll('&amp;', '&'), 'http://portal').searchParams.get('variables') ?? '';
      const searched = gateway.received.find(({ query }) => /query Search(?!Counts)/.test(query))?.variables ?? {};
      const filters = Object.entries(searched).filter(([name, value]) => name !== 'language' && value !== '');
      expect(JSON.parse(exported)).toEqual(Object.fromEntries(filters));
    },
  );
});

describe('the page of a solution', () => {
  it('shows what it is with the origin of each field, its users, and its records, with what is not known', async () => {
    const { text, words } = await get('/en/solutions/github.com/os2mo/os2mo');
    for (const expected of [
      'MPL-2.0 ( Weak copyleft ) DK',
      'Latest release unknown',
      'OS2 Status Active Who may join Municipality (areas: Denmark',
      'it:consortium:2 This could not be read at present.',
      'Denmark 7 9 January 2020 0 7',
      'Italy 1 unknown unknown unknown',
      'unknown 15 Users Brugt i 15 kommuner os2.example',
      'Aarhus Denmark Pilot since March 2015 os2.example/users (seen on 2 January 2024 ) (according to OS2 )',
      'Magenta ( until 31 December 2027 )',
      'Languages of the interface Danish and English',
    ])
      expect(words).toContain(expected);
    expect(text).toContain('/en/pictures/solution-growth.svg?id=github.com');
    expect(text).toContain('href="#record-dk:record:os2mo"');
    expect(text).toContain('id="record-dk:record:os2mo"');
    expect(text).not.toContain('href="javascript:');
  });

  it('shows everything else while its pictures cannot be read, and names them', async () => {
    const { status, words } = await get(`/en/solutions/${unread.id}`);
    expect(status).toBe(200);
    expect(words).toMatch(/“ ?Unread: users over time ?” cannot be shown/);
    expect(words).toMatch(/“ ?Unread: users by region ?” cannot be shown/);
    expect(words).toContain('Denmark 7 9 January 2020 0 7');
  });

  it('has addresses for other sites that begin with the public one', async () => {
    const path = `/en/solutions/${solution.id}`;
    expect((await get(path)).text).toContain(`&lt;iframe src=&quot;http://localhost:`);
    const stated = await startTestPortal(gateway.url, { publicUrl: 'https://portal.example' });
    const text = await (await stated.fetch(path)).text();
    expect(text).toContain('&lt;iframe src=&quot;https://portal.example/en/embed/solution-growth?id=');
    await stated.stop();
  });

  it('answers one administration whether it may join, with the reason, the rules, the state and the cost', async () => {
    const path = `/en/solutions/${solution.id}`;
    const none = await get(`${path}?country=DK`);
    expect(none.text).toMatch(
      /<form[^>]*action="[^"]*#may-join"[^>]*>.*name="country" value="DK".*name="administration"/s,
    );
    expect(none.words).toContain('Joining OS2 Conditions Betingelser');
    expect(none.words).toMatch(/Each year, for members DKK\s1,500.50 from 20,000 inhabitants since March 2015/);
    expect(none.text.match(/>Betingelser</g)).toHaveLength(1);
    const member = await get(`${path}?for=dk:administration:0751`);
    expect(member.words).toContain('Yes. Already a member of: OS2 os2.example/rules (seen on 2 January 2024 )');
    const { words } = await get(`${path}?administration=be:administration:92094`);
    expect(words).toContain('( Belgium ): No. The rules do not admit the area of the administration. OS2');
    expect(words).toContain('Open to: Municipality (areas: Denmark , Midtjylland DK04 ). Status: Active .');
  });

  it('shows the users on a day', async () => {
    const { text } = await get(`/en/solutions/${solution.id}?asOf=2020-01-01&from=2015-01-01`);
    expect(gateway.received.map(({ variables }) => variables)).toContainEqual(
      expect.objectContaining({ address: solution.id, asOf: '2020-01-01' }),
    );
    expect(text).toContain('solution-users-map.svg?id=github.com%2Fos2mo%2Fos2mo&amp;asOf=2020-01-01');
    expect(text).toContain('%22asOf%22%3A%222020-01-01%22');
    // Choosing one day keeps the other.
    expect(text).toMatch(/name="from" value="2015-01-01"\/><label>On the day/);
    expect(text).toMatch(/name="asOf" value="2020-01-01"\/><label>From/);
  });

  it('lists the users of one country', async () => {
    await get('/en/solutions/github.com/os2mo/os2mo?country=IT&after=1');
    expect(gateway.received.map(({ variables }) => variables)).toContainEqual(
      expect.objectContaining({ countries: ['IT'], after: '1' }),
    );
  });
});
