import { at } from '../../../testing/test-catalogue.js';
import { failureCodes, editorOfK, tables, type TestPayload } from '../../../testing/mutation-fixtures.js';
import { expectRejection, useMutationCatalogue } from '../../../testing/use-mutation-catalogue.js';

const catalogue = useMutationCatalogue({
  ...tables,
  'portfolio.csv': [
    'id,consortium,address,stage,level,start,end,observed_on,source',
    'dk:portfolio:meet,dk:consortium:k,github.com/kreds/meet,PRODUCT,1,2018-01-01,,,s',
    'dk:portfolio:left,dk:consortium:k,github.com/kreds/left,PRODUCT,1,2018-01-01,2019-01-01,,s',
    'dk:portfolio:seen,dk:consortium:k,github.com/kreds/seen,PRODUCT,1,,,2020-02-01,s',
  ],
});

const provenance = { source: 'https://example.org/minutes' };
const entry =
  '{ id revision consortiumId solutionAddress stage level endReason during { start startPrecision end endPrecision ended } }';
const place = (overrides: object): Promise<TestPayload> =>
  catalogue.mutate(
    'placeInPortfolio',
    { consortiumId: 'dk:consortium:k', solutionAddress: 'https://github.com/Kreds/New', provenance, ...overrides },
    `portfolioEntry ${entry} auditEntry { mutation subject subjectId }`,
    editorOfK,
  );
const move = (overrides: object): Promise<TestPayload> =>
  catalogue.mutate(
    'moveInPortfolio',
    {
      consortiumId: 'dk:consortium:k',
      portfolioEntryId: 'dk:portfolio:meet',
      expectedRevision: 1,
      on: '2021-04-01',
      to: { stage: 'PRODUCT', level: '2' },
      provenance,
      ...overrides,
    },
    `left ${entry} portfolioEntry ${entry} auditEntries { mutation subjectId before after }`,
    editorOfK,
  );

/** The address and level of each entry of K's portfolio on a day. */
const portfolioOn = async (day: string): Promise<unknown> =>
  (
    at(
      await catalogue.query(
        `{ denmark { organisation(id: "dk:consortium:k") { ... on DanishConsortium {
          portfolio(asOf: "${day}") { solutionAddress level } } } } }`,
      ),
      'denmark',
      'organisation',
      'portfolio',
    ) as { solutionAddress: string; level: string | null }[]
  ).map(({ solutionAddress, level }) => `${solutionAddress} ${level ?? '–'}`);

describe('placeInPortfolio', () => {
  it('adds a solution to a portfolio', async () => {
    const payload = await place({ stage: 'PROJECT', during: { start: '2020-01-01', startPrecision: 'YEAR' } });
    const id = at(payload, 'portfolioEntry', 'id');
    expect(payload).toMatchObject({
      failures: [],
      portfolioEntry: {
        consortiumId: 'dk:consortium:k',
        solutionAddress: 'github.com/kreds/new',
        stage: 'PROJECT',
        level: null,
        during: { start: '2020-01-01', startPrecision: 'YEAR', end: null, ended: null },
      },
      auditEntry: { mutation: 'placeInPortfolio', subject: 'PORTFOLIO', subjectId: id },
    });
    expect(await catalogue.feed()).toContain(`UPSERT ${String(id)}`);
    expect(await portfolioOn('2020-06-01')).toContain('github.com/kreds/new –');
  });

  it.each([
    [
      'a solution twice in one period',
      { solutionAddress: 'github.com/kreds/meet', during: { start: '2020-01-01' } },
      'OVERLAP during',
    ],
    ['a solution twice if the periods are unknown', { solutionAddress: 'github.com/kreds/meet' }, 'OVERLAP during'],
    [
      'a period that runs backwards',
      { during: { start: '2020-01-01', end: '2019-01-01' } },
      'INVALID_VALUE during end',
    ],
    ['an invalid address', { solutionAddress: 'there' }, 'INVALID_VALUE solutionAddress'],
    ['no source', { provenance: {} }, 'INVALID_VALUE provenance source'],
  ])('rejects %s and writes nothing', async (_what, overrides, code) => {
    await expectRejection(catalogue, () => place(overrides), code);
  });

  it('rejects an entry that begins after its consortium has ended', async () => {
    const overrides = { consortiumId: 'dk:consortium:m', solutionAddress: 'github.com/kreds/late', provenance };
    const inM = (during: object): Promise<TestPayload> =>
      catalogue.mutate('placeInPortfolio', { ...overrides, during });
    expect(failureCodes(await inM({ start: '2016-01-01' }))).toEqual(['ENDED consortiumId']);
    expect(failureCodes(await inM({ start: '2014-01-01', end: '2015-01-01' }))).toEqual([]);
  });

  it('accepts a solution again after it has left', async () => {
    const overrides = { solutionAddress: 'github.com/kreds/left', during: { start: '2019-01-01' } };
    expect(failureCodes(await place(overrides))).toEqual([]);
  });

  it('adds a solution once when several editors add it at the same time', async () => {
    const payloads = await Promise.all(
      Array.from({ length: 6 }, () => place({ solutionAddress: 'github.com/kreds/once' })),
    );
    expect(payloads.flatMap(failureCodes)).toEqual(Array(5).fill('OVERLAP during'));
  });
});

describe('moveInPortfolio', () => {
  it.each([
    ['an unknown entry', { portfolioEntryId: 'dk:portfolio:none' }, 'NOT_FOUND portfolioEntryId'],
    ['an entry that has ended', { portfolioEntryId: 'dk:portfolio:left' }, 'ENDED portfolioEntryId'],
    ['an outdated revision', { expectedRevision: 7 }, 'REVISION_CONFLICT expectedRevision'],
    ['a day before the entry began', { on: '2017-01-01' }, 'INVALID_VALUE on'],
  ])('rejects %s and writes nothing', async (_what, overrides, code) => {
    await expectRejection(catalogue, () => move(overrides), code);
  });

  it('rejects an entry of another consortium than the one in the input', async () => {
    const payload = await catalogue.mutate('moveInPortfolio', {
      consortiumId: 'dk:consortium:l',
      portfolioEntryId: 'dk:portfolio:meet',
      expectedRevision: 1,
      on: '2021-04-01',
      provenance,
    });
    expect(failureCodes(payload)).toEqual(['NOT_FOUND portfolioEntryId']);
  });

  it('ends an entry on the day on which the next one begins', async () => {
    const payload = await move({ onPrecision: 'MONTH', endReason: 'Grown up' });
    expect(payload).toMatchObject({
      failures: [],
      left: {
        id: 'dk:portfolio:meet',
        revision: 2,
        level: '1',
        endReason: 'Grown up',
        during: { start: '2018-01-01', end: '2021-04-01', endPrecision: 'MONTH', ended: true },
      },
      portfolioEntry: {
        level: '2',
        stage: 'PRODUCT',
        solutionAddress: 'github.com/kreds/meet',
        during: { start: '2021-04-01', startPrecision: 'MONTH', end: null, ended: null },
      },
    });
    expect(payload['auditEntries']).toMatchObject([
      {
        mutation: 'moveInPortfolio',
        subjectId: 'dk:portfolio:meet',
        before: { endDate: null },
        after: { endDate: '2021-04-01' },
      },
      { mutation: 'moveInPortfolio', subjectId: at(payload, 'portfolioEntry', 'id'), before: null },
    ]);
    expect(await portfolioOn('2021-03-31')).toContain('github.com/kreds/meet 1');
    expect(await portfolioOn('2021-04-01')).toContain('github.com/kreds/meet 2');
    expect(await portfolioOn('2021-04-01')).not.toContain('github.com/kreds/meet 1');
  });

  it('ends an entry when the solution leaves, and keeps the day on which it was observed', async () => {
    const payload = await move({ portfolioEntryId: 'dk:portfolio:seen', to: null });
    expect([failureCodes(payload), payload['portfolioEntry']]).toEqual([[], null]);
    const [row] = await catalogue.database.query(
      `SELECT observed_on, end_date, ended FROM portfolio_entry WHERE id = 'dk:portfolio:seen'`,
    );
    expect(row).toEqual({ observed_on: '2020-02-01', end_date: '2021-04-01', ended: true });
    expect(await portfolioOn('2021-03-31')).toContain('github.com/kreds/seen 1');
    expect(await portfolioOn('2021-04-01')).not.toContain('github.com/kreds/seen 1');
  });

  it('moves an entry once when several editors move it at the same time', async () => {
    const [{ id } = { id: '' }] = await catalogue.database.query<{ id: string }>(
      `SELECT id FROM portfolio_entry WHERE address = 'github.com/kreds/once'`,
    );
    const payloads = await Promise.all(
      ['1', '2', '3', '4'].map((level) => move({ portfolioEntryId: id, to: { level } })),
    );
    expect(payloads.flatMap(failureCodes)).toEqual(Array(3).fill('REVISION_CONFLICT expectedRevision'));
    const rows = await catalogue.database.query(`SELECT FROM portfolio_entry WHERE address = 'github.com/kreds/once'`);
    expect(rows).toHaveLength(2);
  });
});
