import { silentLogger } from '../../kit/observability/logger.js';
import { readIndex } from '../testing/compare-indexes.js';
import { type FakeCountry, startFakeCountry } from '../testing/fake-country.js';
import { contents, type RawContent } from '../testing/feed-contents.js';
import { startTestIndex, type TestIndex } from '../testing/test-index.js';
import type { Subject } from '../feed/entry-schemas.js';
import { followFeeds, type FollowOptions } from './follow.js';
import { waitUntil } from '../../kit/testing/wait-until.js';

/** A country is given up as soon as it fails. */
const impatient = { graceMs: 0, limits: { initialRetryMs: 20, maxRetryMs: 100, maxAttempts: 2 } };

interface Status {
  readonly state: string;
  readonly refused: number;
  readonly refusals: readonly { subject: string; subjectId: string; reason: string; at: string }[];
}

let liar: FakeCountry;
let honest: FakeCountry;
let index: TestIndex;
let honestRows: readonly string[];

beforeAll(async () => {
  [liar, honest] = await Promise.all([startFakeCountry('DK'), startFakeCountry('BE')]);
  index = await startTestIndex([liar, honest]);
  await liar.stop();
  honest.publish('ADMINISTRATION', contents.administration('be:administration:mons', 'Mons'));
  honest.publish('CONSORTIUM', contents.consortium('be:consortium:imio', 'IMIO'));
  honest.publish(
    'RECORD',
    contents.record('be:record:desk', 'github.com/imio/desk', { publisherId: 'be:consortium:imio' }),
  );
  honest.publish('PORTFOLIO', contents.portfolio('be:portfolio:desk', 'be:consortium:imio', 'github.com/imio/desk'));
  honest.publish('ADOPTION', contents.adoption('be:adoption:desk', 'be:administration:mons', 'github.com/imio/desk'));
  await index.catchUp({ sources: [honest] });
  honestRows = await rowsOfHonest();
});
afterAll(async () => {
  await index.close();
  await honest.stop();
});

// Each test has a Denmark of its own: to the index its feed begins anew, so that nothing of the last one stays.
beforeEach(async () => {
  liar = await startFakeCountry('DK');
  await catchUp();
});
afterEach(async () => {
  // Whatever was tried: what the other country said stands as it stood.
  expect(await rowsOfHonest()).toEqual(honestRows);
  await liar.stop();
});

const catchUp = (options: Partial<FollowOptions> = {}): Promise<void> =>
  index.catchUp({ sources: [liar, honest], ...options });

async function rowsOfHonest(): Promise<string[]> {
  const isHonest = (row: string): boolean => {
    const { country } = JSON.parse(row) as { country?: string };
    return country === undefined ? row.includes('github.com/imio') : country === 'BE';
  };
  return [...(await readIndex(index.database.query)).values()].flatMap((rows) => rows.filter(isHonest));
}
const idsIn = async (table: string): Promise<string[]> =>
  (await index.database.query<{ id: string }>(`SELECT id FROM ${table} WHERE country = 'DK' ORDER BY id`)).map(
    ({ id }) => id,
  );
const status = async (): Promise<Status> => {
  const { catalogueStatus } = (await index.query(
    '{ catalogueStatus { country state refused refusals { subject subjectId reason at } } }',
  )) as { catalogueStatus: readonly (Status & { country: string })[] };
  return catalogueStatus.find(({ country }) => country === 'DK') as Status;
};
const reasons = async (): Promise<string[]> =>
  (await status()).refusals.map(({ subject, subjectId, reason }) => `${subject} ${subjectId}: ${reason}`).sort();
const refusedIds = async (): Promise<string[]> =>
  (
    await index.database.query<{ id: string }>(`SELECT subject_id AS id FROM refusal WHERE country = 'DK' ORDER BY 1`)
  ).map(({ id }) => id);

const good = contents.record('dk:record:good', 'github.com/os2/good');
const page = (nodes: readonly unknown[], more: object = {}): { status: number; body: string } => ({
  status: 200,
  body: JSON.stringify({
    data: {
      catalogue: {
        languages: ['da'],
        changes: { feedId: 'feed', pageInfo: { hasNextPage: false, endCursor: 'end' }, nodes, ...more },
      },
    },
  }),
});
const node = (content: RawContent, more: object = {}): object => ({
  at: '2026-01-01T00:00:00Z',
  kind: 'UPSERT',
  subject: 'RECORD',
  subjectId: content.id,
  record: content,
  ...more,
});

describe('an entry that is refused', () => {
  it('leaves the others, is reported, and is forgotten when a good one comes', async () => {
    liar.publish('RECORD', { ...good, name: 5 });
    liar.publish('RECORD', { ...contents.record('dk:record:other', 'github.com/os2/other'), id: 'dk:record:other' });
    await catchUp();
    expect(await idsIn('catalogue_record')).toEqual(['dk:record:other']);
    expect(await status()).toMatchObject({
      state: 'OK',
      refused: 1,
      refusals: [
        {
          subject: 'RECORD',
          subjectId: 'dk:record:good',
          reason: 'name Invalid input: expected string, received number',
          at: '2026-01-01T00:00:01.000Z',
        },
      ],
    });
    liar.publish('RECORD', good);
    await catchUp();
    expect(await idsIn('catalogue_record')).toEqual(['dk:record:good', 'dk:record:other']);
    expect(await status()).toMatchObject({ refused: 0, refusals: [] });
  });

  it('takes what it was of out of the index, as one made anew would not have it', async () => {
    liar.publish('RECORD', good);
    await catchUp();
    liar.publish('RECORD', { ...good, issued: 'yesterday' });
    await catchUp();
    expect(await idsIn('catalogue_record')).toEqual([]);
    expect(await index.query('{ solution(address: "github.com/os2/good") { name } }')).toEqual({ solution: null });
  });

  it('is forgotten when the country takes it back', async () => {
    liar.publishRaw({ subject: 'RECORD', subjectId: 'dk:record:GOOD', content: { ...good, id: 'dk:record:GOOD' } });
    await catchUp();
    expect(await reasons()).toEqual(['RECORD dk:record:GOOD: id is no id of a record of DK']);
    liar.withdraw('RECORD', 'dk:record:GOOD');
    await catchUp();
    expect(await reasons()).toEqual([]);
  });

  it('is told of with the latest twenty only, and counted', async () => {
    for (let number = 0; number < 30; number += 1) {
      liar.publishRaw({ subject: 'RECORD', subjectId: `dk:record:${number}`, content: {} });
    }
    await catchUp();
    const { refused, refusals } = await status();
    expect([refused, refusals.length, refusals[0]?.subjectId]).toEqual([30, 20, 'dk:record:29']);
  });
});

describe('what is not its own', () => {
  it('is neither written nor deleted', async () => {
    liar.publishRaw({
      subject: 'ADMINISTRATION',
      subjectId: 'be:administration:mons',
      content: contents.administration('be:administration:mons', 'Bergen'),
    });
    liar.publishRaw({
      subject: 'RECORD',
      subjectId: 'dk:record:x',
      content: contents.record('be:record:desk', 'github.com/os2/desk'),
    });
    liar.publishRaw({
      subject: 'RECORD',
      subjectId: 'dk:record:y',
      content: { ...good, id: 'dk:record:y', country: 'BE' },
    });
    liar.withdraw('RECORD', 'be:record:desk');
    liar.withdraw('CONSORTIUM', 'be:consortium:imio');
    liar.publish('PORTFOLIO', contents.portfolio('dk:portfolio:p', 'be:consortium:imio', 'github.com/os2/good'));
    liar.publish('MEMBERSHIP', contents.membership('dk:membership:m', 'be:consortium:imio', 'be:administration:mons'));
    await catchUp();
    expect(await reasons()).toEqual([
      'ADMINISTRATION be:administration:mons: is not of DK',
      'CONSORTIUM be:consortium:imio: is not of DK',
      'MEMBERSHIP dk:membership:m: it is between two bodies that are not of DK',
      'PORTFOLIO dk:portfolio:p: consortiumId is no id of a consortium of DK',
      'RECORD be:record:desk: is not of DK',
      'RECORD dk:record:x: id is no id of a record of DK',
      'RECORD dk:record:y: country Invalid input: expected "DK"',
    ]);
  });

  it('is not taken by an alias, nor used by users whom their country does not know', async () => {
    liar.publish(
      'RECORD',
      contents.record('dk:record:thief', 'github.com/os2/thief', { aliases: ['github.com/imio/desk'] }),
    );
    liar.publish('ADOPTION', contents.adoption('dk:adoption:ghost', 'be:administration:ghost', 'github.com/imio/desk'));
    await catchUp();
    expect(await index.query('{ solution(address: "github.com/imio/desk") { addresses reuse { adopters } } }')).toEqual(
      {
        solution: { addresses: ['github.com/imio/desk'], reuse: [{ adopters: 1 }] },
      },
    );
    // They stood in a row of the other country only as what was said of it.
    liar.withdraw('RECORD', 'dk:record:thief');
    liar.withdraw('ADOPTION', 'dk:adoption:ghost');
    await catchUp();
  });

  it.each([1, 500])('an id of another subject takes nothing away, in pages of %i', async (entries) => {
    liar.publish('CONSORTIUM', contents.consortium('dk:consortium:os2', 'OS2'));
    liar.publishRaw({ subject: 'ADMINISTRATION', subjectId: 'dk:consortium:os2', content: { kind: 'MUNICIPALITY' } });
    liar.withdraw('ADMINISTRATION', 'dk:consortium:os2');
    liar.publishRaw({ subject: 'RECORD', subjectId: 'dk:consortium:os2', content: good });
    await catchUp({ limits: { pageSize: entries } });
    expect(await idsIn('organisation')).toEqual(['dk:consortium:os2']);
    expect(await reasons()).toEqual(['RECORD dk:consortium:os2: holds something with another id']);
  });

  it('prototypes are no subjects, ids or contents', async () => {
    for (const name of ['__proto__', 'constructor', 'toString']) {
      liar.publishRaw({ subject: name, subjectId: `dk:record:${name}`, content: good });
      liar.publishRaw({ subject: 'RECORD', subjectId: name, content: good });
    }
    const poisoned = JSON.parse(`{ "__proto__": { "owner": true }, "constructor": 5 }`) as object;
    liar.publish('RECORD', { ...good, ...poisoned, descriptions: [] });
    await catchUp();
    expect(await idsIn('catalogue_record')).toEqual(['dk:record:good']);
    expect((await status()).refused).toBe(6);
    expect(({} as Record<string, unknown>)['owner']).toBeUndefined();
  });
});

/** Of each subject something with every field filled. */
const provenance = {
  source: 'https://example.org/',
  retrievedAt: '2020-01-01T00:00:00Z',
  observedOn: '2020-01-01',
  assertedBy: 'a',
  method: 'IMPORTED',
  licence: 'MIT',
  note: 'a',
};
const during = { start: '2020-01-01', startPrecision: 'DAY', end: '2021-01-01', endPrecision: 'DAY', ended: true };
const body = {
  names: [{ text: 'a' }],
  alternativeNames: [{ text: 'a' }],
  existed: { start: '2020-01-01', end: '2021-01-01', ended: true },
  identifiers: [{ notation: '1' }],
};
const address = 'github.com/a/b';
const whole: Readonly<Record<Subject, (id: string) => RawContent>> = {
  ADMINISTRATION: (id) => contents.administration(id, 'a', { ...body, nuts: 'DK0', population: { count: 5 } }),
  CONSORTIUM: (id) => contents.consortium(id, 'a', body),
  MEMBERSHIP: (id) =>
    contents.membership(id, 'dk:consortium:a', 'dk:administration:a', {
      during,
      provenance: { observedOn: '2020-01-01' },
    }),
  CLAIM: (id) =>
    contents.claim(id, address, {
      consortiumId: 'dk:consortium:a',
      relation: 'USERS',
      kind: 'MUNICIPALITY',
      count: 1,
      outOf: 2,
      share: 0.5,
      asOf: '2020-01-01',
      precision: 'DAY',
      publishedOn: '2020-01-01',
    }),
  RECORD: (id) =>
    contents.record(id, address, {
      aliases: ['github.com/a/c'],
      descriptions: [
        {
          language: 'da',
          localisedName: 'a',
          shortDescription: 'a',
          longDescription: 'a',
          documentation: 'https://a.example/',
          apiDocumentation: 'https://a.example/',
          features: ['a'],
          awards: ['a'],
        },
      ],
      url: 'https://a.example/',
      landingURL: 'https://a.example/',
      applicationSuite: 'a',
      isBasedOn: ['a'],
      softwareVersion: 'a',
      releaseDate: '2020-01-01',
      developmentStatus: 'STABLE',
      softwareType: 'LIBRARY',
      categories: ['a'],
      platforms: ['web'],
      supports: ['a'],
      licence: 'MIT',
      mainCopyrightOwner: 'a',
      maintenance: 'CONTRACT',
      maintainedUntil: '2020-01-01',
      contractors: [{ name: 'a', until: '2020-01-01', website: 'https://a.example/' }],
      fundedBy: [{ name: 'a', uri: 'https://a.example/' }],
      intendedAudience: { countries: ['DK'], unsupportedCountries: ['BE'], scope: ['a'] },
      localisationReady: true,
      availableLanguages: ['da'],
      dependsOn: [{ kind: 'OPEN', name: 'a', versionMin: '1', versionMax: '2', version: '1', optional: true }],
      roadmap: 'https://a.example/',
      publisherId: 'dk:consortium:a',
      publisherName: 'a',
      issues: [{ path: 'a', rule: 'a', severity: 'INFO', message: 'a' }],
      publiccode: 'a',
      provenance,
    }),
  PORTFOLIO: (id) =>
    contents.portfolio(id, 'dk:consortium:a', address, { during, provenance: { observedOn: '2020-01-01' } }),
  ADOPTION: (id) =>
    contents.adoption(id, 'dk:administration:a', address, {
      group: 'a',
      during,
      version: 'a',
      rawName: 'a',
      matchConfidence: 0.5,
      provenance,
    }),
};
const subjects = Object.keys(whole) as Subject[];
const idOf = (subject: Subject, number: number): string => `dk:${subject.toLowerCase()}:n${number}`;

/** The same, once for each value in it with that one replaced. */
function withEach(content: unknown, replace: (value: unknown, key: string) => readonly unknown[], key = ''): unknown[] {
  if (typeof content !== 'object' || content === null) return [...replace(content, key)];
  return Object.entries(content).flatMap(([name, value]) => {
    const inner = Array.isArray(content) ? key : name;
    if (name === 'id') return [];
    return withEach(value, replace, inner).map((other) =>
      Array.isArray(content)
        ? Object.assign([...(content as unknown[])], { [name]: other })
        : { ...content, [name]: other },
    );
  });
}

const tellAll = (subject: Subject, replace: (value: unknown, key: string) => readonly unknown[]): string[] =>
  withEach(whole[subject]('x'), replace).map((content, number) => {
    const id = idOf(subject, number);
    liar.publishRaw({ subject, subjectId: id, content: { ...(content as object), id } });
    return id;
  });

describe.each(subjects)('a whole %s', (subject) => {
  it('is taken', async () => {
    liar.publish(subject, whole[subject](idOf(subject, 0)));
    await catchUp();
    expect(await reasons()).toEqual([]);
  });

  it('is refused with control characters, halves of characters or no end in any of its texts', async () => {
    const letters = ['a\0b', '\u001b[31m', 'a\ud800', '\udc00a', 'x'.repeat(250_000)];
    const ids = tellAll(subject, (value) => (typeof value === 'string' ? letters : []));
    await catchUp();
    expect(ids.length).toBeGreaterThan(10);
    expect(await refusedIds()).toEqual([...ids].sort());
    expect((await status()).state).toBe('OK');
  });

  it('is refused with the wrong type in any of its fields', async () => {
    const ids = tellAll(subject, (value) => [
      ...[typeof value === 'string' ? 5 : 'five', {}, [[]], typeof value === 'boolean' ? 0 : true],
      ...(typeof value === 'number' ? [-1, 3e9] : []),
    ]);
    await catchUp();
    expect(await refusedIds()).toEqual([...ids].sort());
  });

  it('is refused with another scheme than http or https in any address', async () => {
    const schemes = [
      ...['javascript:alert(1)', 'JavaScript://a.example/%0Aalert(1)', ' javascript:alert(1)', 'java\nscript:alert(1)'],
      ...['data:text/html,<script>alert(1)</script>', 'file:///etc/passwd', 'vbscript:x', '//a.example/', 'a.example'],
      ...['https://a.example/\0', 'https://a.example/\ud800', 'https://', 'http:\\\\a.example\n'],
    ];
    const ids = tellAll(subject, (value) => (/^https:/.test(String(value)) ? schemes : []));
    await catchUp();
    expect(await refusedIds()).toEqual([...ids].sort());
  });

  it('is refused with days and moments that the calendar or the database lacks', async () => {
    const moments = ['0000-01-01T00:00:00Z', `2020-01-01T00:00:00.${'1'.repeat(200)}Z`, '2020-01-01T00:00:00+02:00'];
    const ids = tellAll(subject, (value) =>
      /^\d{4}-/.test(String(value)) ? ['0000-01-01', '2023-02-29', '20200101', '+012020-01-01', ...moments] : [],
    );
    await catchUp();
    expect(await refusedIds()).toEqual([...ids].sort());
    expect((await status()).state).toBe('OK');
  });
});

describe('an address of a solution', () => {
  it.each([
    'https://github.com/a/b',
    'GitHub.com/a/b',
    'github.com/a/b.git',
    'github.com/a/b/',
    'www.github.com/a/b',
    'javascript:alert(1)',
    'localhost/a/b',
    'urn:dk:solution:Desk',
    '',
    `a.example/${'b'.repeat(600)}`,
  ])('is refused when it is not canonical: %s', async (solutionAddress) => {
    liar.publish('RECORD', { ...good, solutionAddress });
    liar.publish('RECORD', { ...good, id: 'dk:record:alias', aliases: [solutionAddress] });
    liar.publish('ADOPTION', contents.adoption('dk:adoption:a', 'dk:administration:a', solutionAddress));
    liar.publish('CLAIM', contents.claim('dk:claim:a', solutionAddress));
    await catchUp();
    expect(await refusedIds()).toEqual(['dk:adoption:a', 'dk:claim:a', 'dk:record:alias', 'dk:record:good']);
  });
});

describe('what is as large or odd as the contract allows', () => {
  /** Different words of these letters, so that nothing can be compressed. */
  const words = (count: number, first: number, letters: number): string =>
    Array.from({ length: count }, (_, number) =>
      String.fromCodePoint(first + (number % letters), first + (Math.floor(number / letters) % letters)),
    ).join(' ');

  it.each<readonly [string, Subject, (id: string) => RawContent]>([
    [
      'a name that would be cut within a letter',
      'RECORD',
      (id) => ({ ...whole.RECORD(id), name: `a${'𝒜'.repeat(249)}` }),
    ],
    ['a name in letters of three', 'ADMINISTRATION', (id) => contents.administration(id, words(166, 0xac00, 500))],
    [
      'codes that grow in small letters',
      'CONSORTIUM',
      (id) => ({ ...whole.CONSORTIUM(id), identifiers: [{ notation: 'İ'.repeat(100) }] }),
    ],
    [
      'a written name of astral letters',
      'ADOPTION',
      (id) => ({ ...whole.ADOPTION(id), administrationId: null, rawName: `a${'𝒜'.repeat(499)}` }),
    ],
    ['the first moment', 'RECORD', (id) => ({ ...whole.RECORD(id), issued: '0001-01-01T00:00:00Z' })],
    ['the last moment', 'RECORD', (id) => ({ ...whole.RECORD(id), issued: '9999-12-31T23:59:59.999999999Z' })],
    [
      'ten megabytes of words',
      'RECORD',
      (id) => ({
        ...whole.RECORD(id),
        descriptions: Array.from({ length: 50 }, (_, number) => ({
          ...(whole.RECORD(id)['descriptions'] as object[])[0],
          language: ['da', 'fr', 'en'][number % 3],
          features: Array.from({ length: 200 }, (_feature, place) => words(300, 0x4e00 + 40 * number + place, 9000)),
        })),
      }),
    ],
  ])('is taken: %s', async (_name, subject, content) => {
    liar.publish(subject, content(idOf(subject, 0)));
    await catchUp(impatient);
    expect(await reasons()).toEqual([]);
    expect((await status()).state).toBe('OK');
  });
});

describe('a page', () => {
  it('of entries that are none is refused entry by entry', async () => {
    liar.overrideResponse(() =>
      page([
        null,
        5,
        'RECORD',
        {},
        node(contents.record('dk:record:late', 'github.com/os2/late'), { at: 'yesterday' }),
        node(contents.record('dk:record:odd', 'github.com/os2/odd'), { kind: 'UPDATE' }),
        node(good, { subject: 'WEATHER', subjectId: 'dk:weather:1' }),
        node(good, { subjectId: 7 }),
        node(good),
      ]),
    );
    await catchUp(impatient);
    expect(await idsIn('catalogue_record')).toEqual(['dk:record:good']);
    expect(await reasons()).toEqual([
      ' : is of a subject that this index does not know',
      'RECORD : is not of DK',
      'RECORD dk:record:late: is no entry: its at is malformed',
      'RECORD dk:record:odd: is no entry: its kind is malformed',
      'WEATHER dk:weather:1: is of a subject that this index does not know',
    ]);
  });

  it('that names one thing several times says what it says last', async () => {
    const second = { ...good, name: 'Second' };
    const gone = contents.record('dk:record:gone', 'github.com/os2/gone');
    liar.overrideResponse(() =>
      page([
        node({ ...good, name: 5 }),
        node(good),
        node(gone),
        node(second),
        node(gone, { kind: 'DELETE', record: null }),
      ]),
    );
    await catchUp();
    expect(await index.query('{ solution(address: "github.com/os2/good") { name } }')).toEqual({
      solution: { name: 'Second' },
    });
    expect(await idsIn('catalogue_record')).toEqual(['dk:record:good']);
    expect(await reasons()).toEqual([]);
  });

  it('of ten thousand entries, most of them bad, is read to its end', async () => {
    const many = Array.from({ length: 10_000 }, (_, number) => {
      const content = contents.record(`dk:record:${number}`, 'github.com/os2/many');
      return node(number % 100 === 0 ? content : { ...content, kind: number });
    });
    liar.overrideResponse(() => page(many));
    await catchUp();
    expect(await status()).toMatchObject({ state: 'OK', refused: 9_900 });
    expect(await idsIn('catalogue_record')).toHaveLength(100);
  });

  it('with an entry that the country cannot read is asked for again, then that one is refused', async () => {
    const answer = (faulty: boolean): { status: number; body: string } => {
      const { status, body: whole } = page([node({ ...good, id: 'dk:record:bad' }, { record: null }), node(good)]);
      const path = ['catalogue', 'changes', 'nodes', 0, 'record', 'name'];
      const errors = [{ message: 'a bug\0 in \ud800 a resolver'.padEnd(5_000, '!'), path }];
      return { status, body: JSON.stringify({ ...(JSON.parse(whole) as object), ...(faulty ? { errors } : {}) }) };
    };
    const before = liar.requestCount();
    liar.overrideResponse(() => answer(true));
    await catchUp({ ...impatient, graceMs: 60_000 });
    expect(liar.requestCount() - before).toBe(impatient.limits.maxAttempts);
    expect(await idsIn('catalogue_record')).toEqual(['dk:record:good']);
    expect((await status()).refusals).toMatchObject([
      {
        subjectId: 'dk:record:bad',
        reason: expect.stringMatching(/^its country could not read it: a bug� in � a resolver!{9}/) as string,
      },
    ]);
  });

  it('that is too large is read in parts, down to the entry that is too large', async () => {
    const heavy = (id: string, size: number): RawContent => ({ ...good, id, publiccode: 'x'.repeat(size) });
    for (let number = 0; number < 20; number += 1) liar.publish('RECORD', heavy(`dk:record:a${number}`, 4_000));
    liar.publish('RECORD', heavy('dk:record:huge', 100_000));
    for (let number = 0; number < 20; number += 1) liar.publish('RECORD', heavy(`dk:record:b${number}`, 4_000));
    await catchUp({ limits: { maxPageBytes: 50_000 } });
    expect(await idsIn('catalogue_record')).toHaveLength(40);
    expect(await reasons()).toEqual(['RECORD dk:record:huge: is too large to be read']);
    liar.publish('RECORD', heavy('dk:record:huge', 10));
    await catchUp({ limits: { maxPageBytes: 50_000 } });
    expect(await idsIn('catalogue_record')).toHaveLength(41);
    expect(await reasons()).toEqual([]);
  });
});

describe('a country that does not answer with a page', () => {
  const feedPage = (more: object): string => page([node(good)], more).body;
  const answers: Readonly<
    Record<string, { status: number; body: string; headers?: Record<string, string>; isEndless?: boolean }>
  > = {
    'with no JSON': { status: 200, body: '{"data":' },
    'with nothing': { status: 204, body: '' },
    'with null': { status: 200, body: 'null' },
    'with HTML': { status: 502, body: '<html><title>Bad gateway</title>' },
    'with 500': { status: 500, body: '{"errors":[{"message":"fault"}]}' },
    'with errors': { status: 200, body: '{"data":null,"errors":[{"message":"fault","extensions":null}]}' },
    'with a list': { status: 200, body: '[]' },
    'with another shape': { status: 200, body: '{"data":{"catalogue":{"languages":"da","changes":[]}}}' },
    'with languages that are none': { status: 200, body: feedPage({}).replace('"da"', '"<da>"') },
    'with a feed without a name': { status: 200, body: feedPage({ feedId: '' }) },
    'with a name that no database takes': { status: 200, body: feedPage({ feedId: 'a\0' }) },
    'with more to come and no cursor': {
      status: 200,
      body: feedPage({ pageInfo: { hasNextPage: true, endCursor: null } }),
    },
    'with more to come and nothing there': {
      status: 200,
      body: feedPage({ nodes: [], pageInfo: { hasNextPage: true, endCursor: 'next' } }),
    },
    'with a feed that always began anew': {
      status: 200,
      body: '{"errors":[{"message":"","extensions":{"code":"FEED_CHANGED"}}]}',
    },
    'with a redirect': { status: 302, body: '', headers: { location: 'http://127.0.0.1:1/' } },
    'with a page that never ends': { status: 200, body: '{"data":', isEndless: true },
    'with a page that is too large whatever is asked': { status: 200, body: 'x'.repeat(200_000), isEndless: true },
  };

  /** Follows both; once the first round is over lets something happen, and waits until Denmark has given a page. */
  const followUntil = async (options: Partial<FollowOptions>, during: () => Promise<void>): Promise<void> => {
    let readDenmark = (): void => undefined;
    const wasRead = new Promise<void>((resolve) => {
      readDenmark = resolve;
    });
    const following = followFeeds({
      dataSource: index.database.dataSource,
      sources: [liar, honest],
      logger: silentLogger,
      intervalMs: 10,
      ...impatient,
      ...options,
      onPage: (country) => {
        if (country === 'DK') readDenmark();
      },
    });
    try {
      await following.firstRound;
      await during();
      await wasRead;
    } finally {
      await following.stop();
    }
  };

  it.each(Object.keys(answers))('%s: holds up nobody, and recovers', async (name) => {
    liar.overrideResponse(() => answers[name] ?? null);
    honest.publish('CLAIM', contents.claim('be:claim:new', 'github.com/os2/other'));
    const limits = {
      ...impatient.limits,
      timeoutMs: answers[name]?.isEndless === true ? 500 : 10_000,
      maxPageBytes: 100_000,
    };
    await followUntil({ limits }, async () => {
      await waitUntil('a claim', async () => (await index.database.query('SELECT FROM claim')).length > 0);
      expect((await status()).state).toBe('UNREACHABLE');
      liar.overrideResponse(null);
      liar.publish('RECORD', good);
    });
    honest.withdraw('CLAIM', 'be:claim:new');
    await catchUp();
    expect(await idsIn('catalogue_record')).toEqual(['dk:record:good']);
    expect(await reasons()).toEqual([]);
    expect((await status()).state).toBe('OK');
  });

  it.each(['with HTML', 'with a feed that always began anew', 'with more to come and nothing there'])(
    '%s: is asked less and less',
    async (name) => {
      liar.overrideResponse(() => answers[name] ?? null);
      const before = liar.requestCount();
      await catchUp({ graceMs: 500, limits: { initialRetryMs: 1 } });
      // After 1, 2, 4 … 512 ms.
      expect(liar.requestCount() - before).toBeLessThanOrEqual(12);
    },
  );

  it('from the start: is read when it is there', async () => {
    const nowhere = { ...liar, url: 'http://127.0.0.1:1/' };
    liar.publish('RECORD', good);
    await catchUp({ ...impatient, sources: [nowhere, honest] });
    expect((await status()).state).toBe('UNREACHABLE');
    await catchUp();
    expect(await idsIn('catalogue_record')).toEqual(['dk:record:good']);
  });

  it('of the feed that it gave, but silently of another: the other is read from its start, and what it has not is gone', async () => {
    liar.publish('RECORD', good);
    await catchUp();
    const other = contents.record('dk:record:other', 'github.com/os2/other');
    const another = contents.record('dk:record:another', 'github.com/os2/another');
    liar.overrideResponse((body) => {
      const { after } = (JSON.parse(body) as { variables: { after: string | null } }).variables;
      if (after === null) return page([node(other)], { pageInfo: { hasNextPage: true, endCursor: 'first' } });
      return page(after === 'end' ? [] : [node(another)], { pageInfo: { hasNextPage: false, endCursor: 'end' } });
    });
    await catchUp(impatient);
    expect(await idsIn('catalogue_record')).toEqual(['dk:record:another', 'dk:record:other']);
    expect((await status()).state).toBe('OK');
  });

  it('but with one of another feed each time: keeps what was read, and is asked less and less', async () => {
    liar.publish('RECORD', good);
    await catchUp();
    const before = liar.requestCount();
    liar.overrideResponse(() =>
      page([node(contents.record('dk:record:other', 'github.com/os2/other'))], {
        feedId: String(liar.requestCount()),
        pageInfo: { hasNextPage: true, endCursor: String(liar.requestCount()) },
      }),
    );
    await catchUp({ graceMs: 500, limits: { initialRetryMs: 50 } });
    expect(liar.requestCount() - before).toBeLessThan(40);
    expect(await idsIn('catalogue_record')).toContain('dk:record:good');
  });
});
