import type { Subject } from '../feed/entry-schemas.js';
import { completeContents, subjects } from '../testing/complete-contents.js';
import { contents, type RawContent } from '../testing/feed-contents.js';
import { impatient, pageResponse, recordNode, useUntrustedFeed, validRecord } from '../testing/untrusted-feed.js';

const feed = useUntrustedFeed();
const { catchUp, status, reasons, rejectedIds } = feed;

const idOf = (subject: Subject, number: number): string =>
  `dk:${subject.toLowerCase().replaceAll('_', '-')}:n${number}`;

/** Copies of the content, in each of which one value is replaced. */
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

/** Publishes the complete content of a subject once for each replacement of one of its values. Returns the ids. */
const publishEach = (subject: Subject, replace: (value: unknown, key: string) => readonly unknown[]): string[] =>
  withEach(completeContents[subject]('x'), replace).map((content, number) => {
    const id = idOf(subject, number);
    feed.denmark.publishRaw({ subject, subjectId: id, content: { ...(content as object), id } });
    return id;
  });

describe.each(subjects)('a %s in which every field has a value', (subject) => {
  it('is accepted', async () => {
    feed.denmark.publish(subject, completeContents[subject](idOf(subject, 0)));
    await catchUp();
    expect(await reasons()).toEqual([]);
  });

  it('is rejected if one of its texts contains control characters or lone surrogates, or is too long', async () => {
    const letters = ['a\0b', '\u001b[31m', 'a\ud800', '\udc00a'];
    // A whole file may be ten times as long as any other text.
    const tooLong = (key: string): string => 'x'.repeat(key === 'text' ? 250_000 : 25_000);
    const ids = publishEach(subject, (value, key) => (typeof value === 'string' ? [...letters, tooLong(key)] : []));
    await catchUp();
    expect(ids.length).toBeGreaterThan(10);
    expect(await rejectedIds()).toEqual([...ids].sort());
    expect((await status()).state).toBe('OK');
  });

  it('is rejected if one of its fields has the wrong type', async () => {
    const ids = publishEach(subject, (value) => [
      ...[typeof value === 'string' ? 5 : 'five', {}, [[]], typeof value === 'boolean' ? 0 : true],
      ...(typeof value === 'number' ? [-1, 3e9] : []),
    ]);
    await catchUp();
    expect(await rejectedIds()).toEqual([...ids].sort());
  });

  it('is rejected if one of its URLs has another scheme than http or https', async () => {
    const schemes = [
      ...['javascript:alert(1)', 'JavaScript://a.example/%0Aalert(1)', ' javascript:alert(1)', 'java\nscript:alert(1)'],
      ...['data:text/html,<script>alert(1)</script>', 'file:///etc/passwd', 'vbscript:x', '//a.example/', 'a.example'],
      ...['https://a.example/\0', 'https://a.example/\ud800', 'https://', 'http:\\\\a.example\n'],
    ];
    const ids = publishEach(subject, (value) => (/^https:/.test(String(value)) ? schemes : []));
    await catchUp();
    expect(await rejectedIds()).toEqual([...ids].sort());
  });

  it('is rejected if one of its dates does not exist in the calendar or in PostgreSQL', async () => {
    const moments = ['0000-01-01T00:00:00Z', `2020-01-01T00:00:00.${'1'.repeat(200)}Z`, '2020-01-01T00:00:00+02:00'];
    const ids = publishEach(subject, (value) =>
      /^\d{4}-/.test(String(value)) ? ['0000-01-01', '2023-02-29', '20200101', '+012020-01-01', ...moments] : [],
    );
    await catchUp();
    expect(await rejectedIds()).toEqual([...ids].sort());
    expect((await status()).state).toBe('OK');
  });
});

describe('a solution address', () => {
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
  ])('is rejected if it is not canonical: %s', async (solutionAddress) => {
    feed.denmark.publish('RECORD', { ...validRecord, solutionAddress });
    feed.denmark.publish('RECORD', { ...validRecord, id: 'dk:record:alias', aliases: [solutionAddress] });
    feed.denmark.publish('ADOPTION', contents.adoption('dk:adoption:a', 'dk:administration:a', solutionAddress));
    feed.denmark.publish('CLAIM', contents.claim('dk:claim:a', solutionAddress));
    await catchUp();
    expect(await rejectedIds()).toEqual(['dk:adoption:a', 'dk:claim:a', 'dk:record:alias', 'dk:record:good']);
  });
});

describe('content as large or unusual as the contract allows', () => {
  /** Different words of these letters, so that they cannot be compressed. */
  const words = (count: number, first: number, letters: number): string =>
    Array.from({ length: count }, (_, number) =>
      String.fromCodePoint(first + (number % letters), first + (Math.floor(number / letters) % letters)),
    ).join(' ');

  /** Texts of 900 characters each. */
  const wordyDescriptions = (count: number, features: number): object[] =>
    Array.from({ length: count }, (_, number) => ({
      ...(completeContents.RECORD('x')['descriptions'] as object[])[0],
      language: ['da', 'fr', 'en'][number % 3],
      features: Array.from({ length: features }, (_feature, place) => words(300, 0x4e00 + 40 * number + place, 9000)),
    }));

  it('is rejected as a whole if it is larger than a million characters, or nested deeply', async () => {
    const [large, deep, valid] = [0, 1, 2].map((number) => completeContents.RECORD(idOf('RECORD', number)));
    if (!large || !deep || !valid) throw new Error('unreachable');
    const page = pageResponse([
      recordNode({ ...large, descriptions: wordyDescriptions(50, 24) }),
      recordNode({ ...deep, supports: 'nested' }),
      recordNode(valid),
    ]);
    // JSON.stringify cannot write what JSON.parse can read.
    const nested = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    feed.denmark.overrideResponse(() => ({ ...page, body: page.body.replace('"nested"', nested) }));
    await catchUp(impatient);
    expect(await reasons()).toEqual([
      'RECORD dk:record:n0: is larger than 1000000 characters',
      'RECORD dk:record:n1: supports.0 Invalid input: expected string, received array',
    ]);
    expect((await status()).state).toBe('OK');
  });

  it.each<readonly [string, Subject, (id: string) => RawContent]>([
    [
      'a name whose sort key would be cut within a character',
      'RECORD',
      (id) => ({ ...completeContents.RECORD(id), name: `a${'𝒜'.repeat(249)}` }),
    ],
    [
      'a name in characters of three bytes',
      'ADMINISTRATION',
      (id) => contents.administration(id, words(166, 0xac00, 500)),
    ],
    [
      'codes that grow in lower case',
      'CONSORTIUM',
      (id) => ({ ...completeContents.CONSORTIUM(id), identifiers: [{ notation: 'İ'.repeat(100) }] }),
    ],
    [
      'a written name of characters outside the BMP',
      'ADOPTION',
      (id) => ({ ...completeContents.ADOPTION(id), administrationId: null, rawName: `a${'𝒜'.repeat(499)}` }),
    ],
    ['the first moment', 'RECORD', (id) => ({ ...completeContents.RECORD(id), issued: '0001-01-01T00:00:00Z' })],
    [
      'the last moment',
      'RECORD',
      (id) => ({ ...completeContents.RECORD(id), issued: '9999-12-31T23:59:59.999999999Z' }),
    ],
    [
      'a million characters of words',
      'RECORD',
      (id) => ({ ...completeContents.RECORD(id), descriptions: wordyDescriptions(50, 21) }),
    ],
  ])('is accepted: %s', async (_name, subject, content) => {
    feed.denmark.publish(subject, content(idOf(subject, 0)));
    await catchUp(impatient);
    expect(await reasons()).toEqual([]);
    expect((await status()).state).toBe('OK');
  });
});
