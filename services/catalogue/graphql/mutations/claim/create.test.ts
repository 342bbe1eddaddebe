import { at, listAt } from '../../../testing/test-catalogue.js';
import { declared, editorOfK, type TestPayload } from '../../../testing/mutation-fixtures.js';
import { expectRejection, useMutationCatalogue } from '../../../testing/use-mutation-catalogue.js';

const catalogue = useMutationCatalogue();

const claim = {
  consortiumId: 'dk:consortium:k',
  statement: '58 of 98 municipalities',
  relation: 'MEMBERS',
  kind: 'MUNICIPALITY',
  count: 58,
  outOf: 98,
  asOf: '2017-08-07',
  provenance: { source: 'https://example.org/article', assertedBy: 'Joinup' },
};
const state = (overrides: Readonly<Record<string, unknown>> = {}, editor = editorOfK): Promise<TestPayload> =>
  catalogue.mutate(
    'stateClaim',
    { ...claim, ...overrides },
    `claim { id consortiumId solutionAddress statement relation count outOf share asOf precision source }
    auditEntry { subject before after }`,
    editor,
  );

it('adds a claim to the coverage of its consortium, without changing what is counted', async () => {
  const payload = await state();
  expect(payload).toMatchObject({
    failures: [],
    claim: { statement: claim.statement, count: 58, outOf: 98, precision: 'DAY', source: claim.provenance.source },
    auditEntry: { subject: 'CLAIM', before: null, after: { provenance: { assertedBy: 'Joinup' } } },
  });
  const id = at(payload, 'claim', 'id');
  expect((await catalogue.feed()).at(-1)).toBe(`UPSERT ${String(id)}`);
  const claims = `{ denmark { organisation(id: "dk:consortium:k") { ... on DanishConsortium { claims { id }
    coverage(asOf: "2019-06-01") { knownMembers closestClaim { id } } } } } }`;
  expect(at(await catalogue.query(claims), 'denmark', 'organisation')).toEqual({
    claims: [{ id }],
    coverage: { knownMembers: 1, closestClaim: { id } },
  });
});

it('accepts a claim about a solution, and normalises its address', async () => {
  const payload = await catalogue.mutate(
    'stateClaim',
    { ...claim, consortiumId: null, solutionAddress: 'https://GitHub.com/OS2mo/os2mo.git', share: 0.25 },
    'claim { solutionAddress share }',
  );
  expect(payload).toMatchObject({ failures: [], claim: { solutionAddress: 'github.com/os2mo/os2mo', share: 0.25 } });
});

it.each([
  ['a source without a URL', { provenance: declared }, 'INVALID_VALUE provenance source'],
  ['an unknown consortium', { consortiumId: 'dk:consortium:z' }, 'NOT_FOUND consortiumId'],
  ['a consortium abroad', { consortiumId: 'be:consortium:k' }, 'INVALID_VALUE consortiumId'],
  ['an administration as the consortium', { consortiumId: 'dk:administration:a' }, 'INVALID_VALUE consortiumId'],
  ['neither a consortium nor a solution', { consortiumId: null }, 'INVALID_VALUE consortiumId'],
  ['a negative count', { count: -1 }, 'INVALID_VALUE count'],
  ['a total of zero', { outOf: 0 }, 'INVALID_VALUE outOf'],
  ['a share above 1', { share: 1.5 }, 'INVALID_VALUE share'],
  ['an empty statement', { statement: '' }, 'INVALID_VALUE statement'],
  ['an invalid solution address', { solutionAddress: 'somewhere' }, 'INVALID_VALUE solutionAddress'],
])('rejects %s and writes nothing', async (_what, overrides, code) => {
  await expectRejection(catalogue, () => catalogue.mutate('stateClaim', { ...claim, ...overrides }), code);
});

it('allows editors of a consortium to make claims about their own consortium only', async () => {
  await expect(state({ consortiumId: 'dk:consortium:l' })).rejects.toThrow('You are not allowed to do this.');
  await expect(state({ consortiumId: null, solutionAddress: 'github.com/a/b' })).rejects.toThrow(
    'You are not allowed to do this.',
  );
  expect(listAt(await state({ count: null }), 'failures')).toEqual([]);
});
