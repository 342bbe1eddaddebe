import { type FakeGateway, startFakeGateway, toPage } from '../../testing/fake-gateway.js';
import { startTestPortal, type TestPortal } from '../../testing/start-test-portal.js';
import { languages } from '../model/languages.js';
import { pictures } from './pictures.js';

const period = { start: '2012-04-24', startPrecision: 'DAY', end: null, endPrecision: null, ended: false };
const origin = { source: 'https://www.os2.eu/', observedOn: '2026-03-17', method: 'IMPORTED' };
const claim = {
  id: 'dk:claim:os2-2017-08-07',
  statement: 'Grew to include 58 of the 98 Danish municipalities',
  relation: 'MEMBERS',
  kind: 'MUNICIPALITY',
  count: 58,
  outOf: 98,
  share: null,
  asOf: '2017-08-07',
  precision: 'DAY',
  publishedOn: null,
  source: 'https://joinup.ec.europa.eu/os2',
  solutionAddress: null,
};
const point = (asOf: string, knownMembers: number) => ({
  asOf,
  knownMembers,
  dated: 5,
  observed: knownMembers - 5,
  complete: false,
});
const member = (index: number, role = 'MEMBER') => ({
  id: `dk:membership:os2-${index}`,
  memberId: `dk:administration:${index}`,
  member: {
    __typename: 'DanishAdministration',
    name: `Kommune ${index}`,
    nameLanguage: 'da',
    country: 'DK',
    kind: 'MUNICIPALITY',
    nuts: 'DK042',
  },
  role,
  during: period,
  endReason: null,
  confirmed: true,
  provenance: origin,
});
const os2 = {
  __typename: 'DanishConsortium',
  id: 'dk:consortium:41849983',
  name: 'OS2 <b>fællesskab</b>',
  nameLanguage: 'da',
  country: 'DK',
  kind: 'ASSOCIATION',
  legalForm: 'Forening',
  homepage: 'javascript:alert(1)',
  status: 'ACTIVE',
  statusProvenance: origin,
  existed: period,
  openTo: { kinds: ['MUNICIPALITY'], nuts: ['DK'], description: null, descriptionLanguage: null },
  provenance: origin,
  coverage: {
    asOf: '2017-08-07',
    kind: 'MUNICIPALITY',
    knownMembers: 7,
    eligible: 98,
    share: null,
    complete: false,
    closestClaim: claim,
  },
  terms: [
    {
      id: 'dk:terms:1',
      country: 'DK',
      consortiumId: 'dk:consortium:41849983',
      solutionAddress: null,
      ...{ eligibility: [], conditions: [], support: [], exceptionReason: [] },
      fees: [{ id: 'dk:fee:1', kind: 'MEMBERSHIP', amount: { amount: '90', currency: 'DKK' }, during: period }],
      provenance: origin,
    },
  ],
  claims: [claim],
  growth: [point('2012-01-01', 5), point('2017-01-01', 7), point('2026-01-01', 30)],
  members: (page: { first?: number; after?: string }) => ({
    ...toPage([...Array.from({ length: 250 }, (_, index) => member(index)), member(999, 'OBSERVER')], page),
    complete: false,
  }),
  portfolio: [
    {
      id: 'dk:portfolio:os2-os2mo',
      solutionAddress: 'github.com/os2mo/os2mo',
      solution: { id: 'github.com/os2mo/os2mo', name: 'OS2mo', nameLanguage: null },
      stage: 'PRODUCT',
      level: '3',
      during: period,
      endReason: null,
      provenance: origin,
    },
  ],
};
const solution = {
  id: 'github.com/os2mo/os2mo',
  name: 'OS2mo',
  nameLanguage: null,
  shortDescription: null,
  growth: [
    { asOf: '2012-01-01', adopters: 0, dated: 0, observed: 0, complete: false },
    { asOf: '2026-01-01', adopters: 7, dated: 3, observed: 4, complete: false },
  ],
  reuse: [{ country: 'IT', adopters: 7, firstAdopted: null, knownSince: '2024-01-01' }],
  claims: [{ ...claim, relation: 'USERS' }],
  adoptionFacets: [
    {
      field: 'nuts',
      missing: 2,
      values: [
        { value: 'ITC4', count: 900 },
        { value: 'FR10', count: 1 },
      ],
    },
  ],
};

/** A consortium of which the pictures cannot be read. */
const fail = () => {
  throw new Error('no connection');
};
const unread = { ...os2, id: 'dk:consortium:3', name: 'Unread', growth: fail, members: fail };

const root = {
  organisation: ({ id }: { id: string }) =>
    id === os2.id
      ? os2
      : id === unread.id
        ? unread
        : id.includes('administration')
          ? { __typename: 'DanishAdministration' }
          : null,
  organisations: ({ ids }: { ids: readonly string[] }) => ids.map((id) => (id === os2.id ? os2 : null)),
  consortia: (page: object) => toPage([os2, { ...os2, id: 'dk:consortium:2', name: 'DDF' }], page),
  solution: ({ address }: { address: string }) => (address === solution.id ? solution : null),
  solutions: (page: object) => toPage([solution], page),
  reuseMatrix: () => [{ publishedIn: 'DK', usedIn: 'IT', adoptions: 7, solutions: 1, dated: 3 }],
};

let gateway: FakeGateway;
let portal: TestPortal;
beforeAll(async () => {
  gateway = await startFakeGateway(root);
  portal = await startTestPortal(gateway.url);
});
afterAll(async () => {
  await portal.stop();
  await gateway.stop();
});
afterEach(() => {
  gateway.catalogues = [];
  gateway.root = root;
});

const get = async (path: string) => {
  const response = await portal.fetch(path);
  return { status: response.status, headers: response.headers, text: await response.text() };
};
const consortium = `id=${os2.id}`;

describe('pictures', () => {
  it.each([
    ['consortium-growth', consortium],
    ['consortium-members-map', consortium],
    ['solution-growth', `id=${solution.id}`],
    ['solution-users-map', `id=${solution.id}`],
    ['reuse-matrix', ''],
    ['timeline', ''],
  ])('%s is an SVG that runs and loads nothing', async (name, search) => {
    const { status, headers, text } = await get(`/en/pictures/${name}.svg?${search}`);
    expect([status, headers.get('content-type')]).toEqual([200, 'image/svg+xml; charset=utf-8']);
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect(headers.get('cache-control')).toBe('public, max-age=300');
    expect(text).toMatch(/^<svg xmlns=/);
    expect(text).not.toMatch(/\sstyle=|<style|<script|<b>|href=|NaN|undefined/);
    expect([...pictures.keys()]).toContain(name);
  });

  it.each([
    [
      'consortium-growth',
      consortium,
      'COUNTED,2026-01-01,30,5,25,false',
      'PUBLISHED,2017-08-07,58,,,,MEMBERS,MUNICIPALITY,98',
    ],
    ['consortium-members-map', consortium, 'row,country,nuts,lau,name,count', 'REGION,DK,DK04,,Midtjylland,250'],
    ['solution-growth', `id=${solution.id}`, 'row,day,count,dated', 'PUBLISHED,2017-08-07,58,,,,USERS'],
    ['solution-users-map', `id=${solution.id}`, 'REGION,IT,ITC4,,Lombardia,900', 'REGION,,,,,3'],
    ['reuse-matrix', '', 'publishedIn,usedIn,adoptions,solutions,dated', 'DK,IT,7,1,3'],
    ['timeline', '', 'id,name,row,day', 'dk:consortium:2,DDF,COUNTED,2012-01-01,5'],
  ])('%s has its data as a file', async (name, search, ...lines) => {
    const { status, headers, text } = await get(`/en/pictures/${name}.csv?${search}`);
    expect([status, headers.get('content-type'), headers.get('content-disposition')]).toEqual([
      200,
      'text/csv; charset=utf-8',
      `attachment; filename="${name}.csv"`,
    ]);
    for (const line of lines) expect(text).toContain(line);
  });

  it('have their texts in each language, and a theme and a size', async () => {
    const titles = new Set<string>();
    for (const language of languages) {
      const { text } = await get(`/${language}/pictures/reuse-matrix.svg?theme=dark&size=narrow`);
      titles.add(/<title id="title">([^<]*)/.exec(text)?.[1] ?? '');
      expect(text).toContain('width="360"');
      expect(text).toContain('fill="#12171e"');
    }
    expect(titles.size).toBe(languages.length);
  });

  it('count all members by region, page by page, but not observers', async () => {
    const { text } = await get(`/en/pictures/consortium-members-map.svg?${consortium}`);
    expect(text).toContain('<title>Midtjylland: 250</title>');
    expect(text).toContain('Boundaries: Natural Earth');
  });

  it('name what is not on the map', async () => {
    const { text } = await get(`/en/pictures/solution-users-map.svg?id=${solution.id}`);
    expect(text).toContain('<title>Lombardia: 900</title>');
    expect(text).toContain('3 are not on the map');
  });

  it('name the countries that did not respond, and are requested again', async () => {
    gateway.catalogues = [{ country: 'IT', state: 'TIMEOUT' }];
    const { headers, text } = await get('/en/pictures/timeline.svg');
    expect(text).toContain('Italy does not respond');
    expect(headers.get('cache-control')).toBe('no-cache');
  });

  it.each([
    ['/en/pictures/nothing.svg', 404],
    ['/en/pictures/reuse-matrix.svg?theme=pink', 400],
    ['/en/pictures/consortium-growth.svg?id=dk:consortium:1', 404],
    ['/en/pictures/consortium-growth.svg?id=dk:administration:0101', 404],
  ])('%s has the status %d', async (path, status) => {
    expect((await get(path)).status).toBe(status);
  });

  it('cost a client what it takes to draw them', async () => {
    const limited = await startTestPortal(gateway.url, { costBudgetPerMinute: 1_000 });
    const statuses: number[] = [];
    for (let request = 0; request < 2; request += 1)
      statuses.push((await limited.fetch('/en/pictures/reuse-matrix.svg')).status);
    await limited.stop();
    expect(statuses).toEqual([200, 429]);
  });

  it('can be embedded in any site, with a link to their page', async () => {
    const { headers, text } = await get(`/da/embed/consortium-growth?${consortium}`);
    expect(headers.get('content-security-policy')).toContain('frame-ancestors *');
    expect(text).toContain(`href="/da/consortia/${os2.id}"`);
    expect(text).toContain(`/da/pictures/consortium-growth.svg?id=dk%3Aconsortium%3A41849983&amp;theme=dark`);
    expect(text).toContain('<title>OS2 &lt;b&gt;fællesskab&lt;/b&gt;: medlemmer over tid</title>');
    expect(text).not.toContain('<script');
  });
});

describe('the page of a consortium', () => {
  it('shows counts beside claims, the members, the map and the portfolio', async () => {
    const { status, text } = await get(`/en/consortia/${os2.id}`);
    expect(status).toBe(200);
    expect(text).toContain('OS2 &lt;b&gt;fællesskab&lt;/b&gt;');
    expect(text).toMatch(/Counted by the catalogue.*Members known by name.*>7<.*>98</s);
    expect(text).toMatch(/Published: a claim.*Grew to include 58 of the 98/s);
    expect(text).toContain('/en/administrations/dk:administration:0');
    expect(text).toContain('/en/solutions/github.com/os2mo/os2mo');
    expect(text).toContain('/en/pictures/consortium-members-map.svg?id=');
    expect(text).toMatch(/Terms and fees.*Joining.*Each year, for members.*DKK.90.*since.*24 April 2012.*os2\.eu/s);
    expect(text).not.toContain('href="javascript:');
  });

  it('keeps its state in its address: day, filters and page', async () => {
    const { text } = await get(`/en/consortia/${os2.id}?asOf=2017-08-07&role=BOARD&past=true`);
    expect(gateway.received.map(({ variables }) => variables)).toContainEqual(
      expect.objectContaining({ asOf: '2017-08-07', role: 'BOARD', past: true, language: 'en' }),
    );
    expect(text).toContain('<option value="BOARD" selected="">');
    expect(text).toMatch(/after=49/);
    const exported = /href="\/export\/members\.csv\?([^"]*)"/.exec(text)?.[1] ?? '';
    expect(JSON.parse(new URLSearchParams(exported).get('variables') ?? '')).toEqual({
      consortium: os2.id,
      asOf: '2017-08-07',
      role: 'BOARD',
      past: true,
    });
    expect(text).toContain('/export/portfolio.csv?');
  });

  it('shows everything else while its pictures cannot be read, and names them', async () => {
    const { status, text } = await get(`/en/consortia/${unread.id}`);
    expect(status).toBe(200);
    expect(text).toMatch(/Unread: members over time.*cannot be shown.*Unread: members by region.*cannot be shown/s);
    expect(text).toContain('/en/solutions/github.com/os2mo/os2mo');
  });

  it('is not found for an organisation that is not a consortium', async () => {
    expect((await get('/en/consortia/dk:administration:0101')).status).toBe(404);
  });
});

it('the page across borders shows the solutions behind a number', async () => {
  const { text } = await get('/en/across-borders?from=DK&to=IT');
  expect(text).toMatch(
    /href="\/en\/across-borders\?from=DK&amp;to=IT"[^>]*aria-current="true"|aria-current="true"[^>]*from=DK/,
  );
  // React separates values from the text around them by comments.
  expect(text.replaceAll('<!-- -->', '')).toContain('Published in Denmark, used in Italy</h2>');
  expect(text).toContain('href="/en/solutions/github.com/os2mo/os2mo"');
  expect(text).toMatch(/at the latest.*1 January 2024/s);
  expect(text).toContain('class="heat-0"');
});

it('the page across borders shows the solutions behind a number on the day of the matrix', async () => {
  const { text } = await get('/en/across-borders?asOf=2024-02-29&from=DK&to=IT');
  expect(text.replaceAll('<!-- -->', '')).toMatch(/One solution on <time[^>]*>29 February 2024/);
  expect(gateway.received.map(({ variables }) => variables)).toContainEqual(
    expect.objectContaining({ publishedIn: 'DK', usedIn: 'IT', asOf: '2024-02-29' }),
  );
  expect(decodeURIComponent(/\/export\/solutions\.csv\?variables=([^"]*)"/.exec(text)?.[1] ?? '')).toBe(
    '{"filter":{"publishedIn":["DK"],"usedInAll":["IT"],"usedOn":"2024-02-29"},"asOf":"2024-02-29"}',
  );
});

it('the page across borders shows the solutions behind a number while the matrix cannot be read', async () => {
  gateway.root = { ...root, reuseMatrix: fail };
  const { status, text } = await get('/en/across-borders?from=DK&to=IT');
  expect(status).toBe(200);
  expect(text).toMatch(/Who uses whose solutions.*cannot be shown/s);
  expect(text).toContain('href="/en/solutions/github.com/os2mo/os2mo"');
  expect((await get('/en/across-borders')).status).toBe(503);
});

it('the timeline names the groups that cannot be read, instead of showing them as empty', async () => {
  gateway.root = { ...root, consortia: (page: object) => toPage([unread], page) };
  const { text } = await get('/en/timeline?to=2026-01-01');
  expect(text).toMatch(/Could not be read at present:.*href="\/en\/consortia\/dk:consortium:3"/s);
  expect((await get('/en/pictures/timeline.svg')).text).toContain('Could not be read at present: Unread.');
});

it('the timeline begins with the groups of the report, and has each once', async () => {
  const { text } = await get('/it/timeline?to=2026-01-01');
  expect(text.match(/<h2>/g)).toHaveLength(2);
  expect(text).toContain('/it/pictures/timeline.svg?from=2012-01-01&amp;to=2026-01-01');
});
