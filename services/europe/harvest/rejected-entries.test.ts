import { contents, type RawContent } from '../testing/feed-contents.js';
import { impatient, pageResponse, recordNode, useUntrustedFeed, validRecord } from '../testing/untrusted-feed.js';

const feed = useUntrustedFeed();
const { catchUp, idsIn, status, reasons } = feed;

describe('a rejected entry', () => {
  it('does not affect others, is reported, and is forgotten when a valid one follows', async () => {
    feed.denmark.publish('RECORD', { ...validRecord, name: 5 });
    feed.denmark.publish('RECORD', {
      ...contents.record('dk:record:other', 'github.com/os2/other'),
      id: 'dk:record:other',
    });
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
    feed.denmark.publish('RECORD', validRecord);
    await catchUp();
    expect(await idsIn('catalogue_record')).toEqual(['dk:record:good', 'dk:record:other']);
    expect(await status()).toMatchObject({ refused: 0, refusals: [] });
  });

  it('removes its subject from the index, because a rebuilt index would not have it either', async () => {
    feed.denmark.publish('RECORD', validRecord);
    await catchUp();
    feed.denmark.publish('RECORD', { ...validRecord, issued: 'yesterday' });
    await catchUp();
    expect(await idsIn('catalogue_record')).toEqual([]);
    expect(await feed.index.query('{ solution(address: "github.com/os2/good") { name } }')).toEqual({
      solution: null,
    });
  });

  it('is forgotten when the country deletes it', async () => {
    feed.denmark.publishRaw({
      subject: 'RECORD',
      subjectId: 'dk:record:GOOD',
      content: { ...validRecord, id: 'dk:record:GOOD' },
    });
    await catchUp();
    expect(await reasons()).toEqual(['RECORD dk:record:GOOD: id is not the id of a record of DK']);
    feed.denmark.withdraw('RECORD', 'dk:record:GOOD');
    await catchUp();
    expect(await reasons()).toEqual([]);
  });

  it('is counted, and reported if it is among the latest twenty', async () => {
    for (let number = 0; number < 30; number += 1) {
      feed.denmark.publishRaw({ subject: 'RECORD', subjectId: `dk:record:${number}`, content: {} });
    }
    await catchUp();
    const { refused, refusals } = await status();
    expect([refused, refusals.length, refusals[0]?.subjectId]).toEqual([30, 20, 'dk:record:29']);
  });
});

describe('an entry about something of another country or subject', () => {
  it('writes and deletes nothing of the other country', async () => {
    feed.denmark.publishRaw({
      subject: 'ADMINISTRATION',
      subjectId: 'be:administration:mons',
      content: contents.administration('be:administration:mons', 'Bergen'),
    });
    feed.denmark.publishRaw({
      subject: 'RECORD',
      subjectId: 'dk:record:x',
      content: contents.record('be:record:desk', 'github.com/os2/desk'),
    });
    feed.denmark.publishRaw({
      subject: 'RECORD',
      subjectId: 'dk:record:y',
      content: { ...validRecord, id: 'dk:record:y', country: 'BE' },
    });
    feed.denmark.withdraw('RECORD', 'be:record:desk');
    feed.denmark.withdraw('CONSORTIUM', 'be:consortium:imio');
    feed.denmark.publish(
      'PORTFOLIO',
      contents.portfolio('dk:portfolio:p', 'be:consortium:imio', 'github.com/os2/good'),
    );
    feed.denmark.publish(
      'MEMBERSHIP',
      contents.membership('dk:membership:m', 'be:consortium:imio', 'be:administration:mons'),
    );
    await catchUp();
    expect(await reasons()).toEqual([
      'ADMINISTRATION be:administration:mons: is not an entry of DK',
      'CONSORTIUM be:consortium:imio: is not an entry of DK',
      'MEMBERSHIP dk:membership:m: it joins two organisations of which none is of DK',
      'PORTFOLIO dk:portfolio:p: consortiumId is not the id of a consortium of DK',
      'RECORD be:record:desk: is not an entry of DK',
      'RECORD dk:record:x: id is not the id of a record of DK',
      'RECORD dk:record:y: country Invalid input: expected "DK"',
    ]);
  });

  it('takes no address by an alias, and adds no users that their country does not know', async () => {
    feed.denmark.publish(
      'RECORD',
      contents.record('dk:record:thief', 'github.com/os2/thief', { aliases: ['github.com/imio/desk'] }),
    );
    feed.denmark.publish(
      'ADOPTION',
      contents.adoption('dk:adoption:ghost', 'be:administration:ghost', 'github.com/imio/desk'),
    );
    await catchUp();
    expect(
      await feed.index.query('{ solution(address: "github.com/imio/desk") { addresses reuse { adopters } } }'),
    ).toEqual({
      solution: { addresses: ['github.com/imio/desk'], reuse: [{ adopters: 1 }] },
    });
    // The unchanged rows of Belgium are checked after each test; these two entries only concerned its solution.
    feed.denmark.withdraw('RECORD', 'dk:record:thief');
    feed.denmark.withdraw('ADOPTION', 'dk:adoption:ghost');
    await catchUp();
  });

  it.each([1, 500])('does not remove a subject by an id with another type, in pages of %i', async (entries) => {
    feed.denmark.publish('CONSORTIUM', contents.consortium('dk:consortium:os2', 'OS2'));
    feed.denmark.publishRaw({
      subject: 'ADMINISTRATION',
      subjectId: 'dk:consortium:os2',
      content: { kind: 'MUNICIPALITY' },
    });
    feed.denmark.withdraw('ADMINISTRATION', 'dk:consortium:os2');
    feed.denmark.publishRaw({ subject: 'RECORD', subjectId: 'dk:consortium:os2', content: validRecord });
    await catchUp({ limits: { pageSize: entries } });
    expect(await idsIn('organisation')).toEqual(['dk:consortium:os2']);
    expect(await reasons()).toEqual(['RECORD dk:consortium:os2: contains an object with another id']);
  });

  it('cannot use names of prototype properties as subject, id or content', async () => {
    for (const name of ['__proto__', 'constructor', 'toString']) {
      feed.denmark.publishRaw({ subject: name, subjectId: `dk:record:${name}`, content: validRecord });
      feed.denmark.publishRaw({ subject: 'RECORD', subjectId: name, content: validRecord });
    }
    const poisoned = JSON.parse(`{ "__proto__": { "owner": true }, "constructor": 5 }`) as object;
    feed.denmark.publish('RECORD', { ...validRecord, ...poisoned, descriptions: [] });
    await catchUp();
    expect(await idsIn('catalogue_record')).toEqual(['dk:record:good']);
    expect((await status()).refused).toBe(6);
    expect(({} as Record<string, unknown>)['owner']).toBeUndefined();
  });
});

describe('a page of the feed', () => {
  it('with malformed entries is rejected entry by entry', async () => {
    feed.denmark.overrideResponse(() =>
      pageResponse([
        null,
        5,
        'RECORD',
        {},
        recordNode(contents.record('dk:record:late', 'github.com/os2/late'), { at: 'yesterday' }),
        recordNode(contents.record('dk:record:odd', 'github.com/os2/odd'), { kind: 'UPDATE' }),
        recordNode(validRecord, { subject: 'WEATHER', subjectId: 'dk:weather:1' }),
        recordNode(validRecord, { subjectId: 7 }),
        recordNode(validRecord),
      ]),
    );
    await catchUp(impatient);
    expect(await idsIn('catalogue_record')).toEqual(['dk:record:good']);
    expect(await reasons()).toEqual([
      ' : is not a valid entry: its at is malformed',
      'RECORD : is not a valid entry: its subjectId is malformed',
      'RECORD dk:record:late: is not a valid entry: its at is malformed',
      'RECORD dk:record:odd: is not a valid entry: its kind is malformed',
      'WEATHER dk:weather:1: has a subject that this index does not know',
    ]);
  });

  it('with several entries of the same subject results in the last one', async () => {
    const second = { ...validRecord, name: 'Second' };
    const gone = contents.record('dk:record:gone', 'github.com/os2/gone');
    feed.denmark.overrideResponse(() =>
      pageResponse([
        recordNode({ ...validRecord, name: 5 }),
        recordNode(validRecord),
        recordNode(gone),
        recordNode(second),
        recordNode(gone, { kind: 'DELETE', record: null }),
      ]),
    );
    await catchUp();
    expect(await feed.index.query('{ solution(address: "github.com/os2/good") { name } }')).toEqual({
      solution: { name: 'Second' },
    });
    expect(await idsIn('catalogue_record')).toEqual(['dk:record:good']);
    expect(await reasons()).toEqual([]);
  });

  it('of ten thousand entries, most of them invalid, is read to its end if as many were requested', async () => {
    const many = Array.from({ length: 10_000 }, (_, number) => {
      const content = contents.record(`dk:record:${number}`, 'github.com/os2/many');
      return recordNode(number % 100 === 0 ? content : { ...content, kind: number });
    });
    feed.denmark.overrideResponse(() => pageResponse(many));
    await catchUp({ limits: { pageSize: 10_000, maxPageValues: 2_000_000, maxPageBytes: 32 * 1024 * 1024 } });
    expect(await status()).toMatchObject({ state: 'OK', refused: 9_900 });
    expect(await idsIn('catalogue_record')).toHaveLength(100);
  });

  it('with an entry that the country cannot read is requested again, then this entry is rejected', async () => {
    const response = (faulty: boolean): { status: number; body: string } => {
      const { status, body: whole } = pageResponse([
        recordNode({ ...validRecord, id: 'dk:record:bad' }, { record: null }),
        recordNode(validRecord),
      ]);
      const path = ['catalogue', 'changes', 'nodes', 0, 'record', 'name'];
      const errors = [{ message: 'a bug\0 in \ud800 a resolver'.padEnd(5_000, '!'), path }];
      return { status, body: JSON.stringify({ ...(JSON.parse(whole) as object), ...(faulty ? { errors } : {}) }) };
    };
    const before = feed.denmark.requestCount();
    feed.denmark.overrideResponse(() => response(true));
    await catchUp({ ...impatient, graceMs: 60_000 });
    expect(feed.denmark.requestCount() - before).toBe(impatient.limits.maxAttempts);
    expect(await idsIn('catalogue_record')).toEqual(['dk:record:good']);
    expect((await status()).refusals).toMatchObject([
      {
        subjectId: 'dk:record:bad',
        reason: expect.stringMatching(/^its country could not read it: a bug� in � a resolver!{9}/) as string,
      },
    ]);
  });

  it('that is too large is read in smaller pages, down to the entry that is too large', async () => {
    const heavy = (id: string, size: number): RawContent => ({
      ...validRecord,
      id,
      publiccodeFile: { text: 'x'.repeat(size), valid: false, issues: [] },
    });
    for (let number = 0; number < 20; number += 1) feed.denmark.publish('RECORD', heavy(`dk:record:a${number}`, 4_000));
    feed.denmark.publish('RECORD', heavy('dk:record:huge', 100_000));
    for (let number = 0; number < 20; number += 1) feed.denmark.publish('RECORD', heavy(`dk:record:b${number}`, 4_000));
    await catchUp({ limits: { maxPageBytes: 50_000 } });
    expect(await idsIn('catalogue_record')).toHaveLength(40);
    expect(await reasons()).toEqual(['RECORD dk:record:huge: is too large']);
    feed.denmark.publish('RECORD', heavy('dk:record:huge', 10));
    await catchUp({ limits: { maxPageBytes: 50_000 } });
    expect(await idsIn('catalogue_record')).toHaveLength(41);
    expect(await reasons()).toEqual([]);
  });
});
