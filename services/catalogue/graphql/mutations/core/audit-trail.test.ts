import { at, listAt } from '../../../testing/test-catalogue.js';
import { catalogueEditor, editorOfA, editorOfK, reader } from '../../../testing/mutation-fixtures.js';
import { useMutationCatalogue } from '../../../testing/use-mutation-catalogue.js';

/** The ids of the memberships written by the set-up, the latest first. */
const written: unknown[] = [];
const catalogue = useMutationCatalogue(undefined, async () => {
  for (const [consortium, member] of ['k c', 'l a', 'l b', 'l c'].map((pair) => pair.split(' '))) {
    const payload = await catalogue.mutate(
      'admitMember',
      {
        consortiumId: `dk:consortium:${String(consortium)}`,
        memberId: `dk:administration:${String(member)}`,
        role: 'MEMBER',
        during: { start: '2020-01-01' },
        provenance: { source: 'https://example.org/minutes' },
      },
      'membership { id }',
    );
    written.unshift(at(payload, 'membership', 'id'));
  }
});

const read = async (editor: typeof reader | null, args = ''): Promise<unknown> => {
  const { data, errors } = await catalogue.executeAs(
    editor,
    `{ auditTrail${args} { nodes { subjectId } totalCount pageInfo { hasNextPage hasPreviousPage endCursor } } }`,
  );
  return errors ? errors.map(({ extensions }) => extensions['code']) : data?.['auditTrail'];
};
const idsOf = (page: unknown): unknown[] => listAt(page, 'nodes').map((node) => at(node, 'subjectId'));

it('lists the latest changes first for readers and catalogue editors, and requires a login', async () => {
  for (const editor of [reader, catalogueEditor]) expect(idsOf(await read(editor))).toEqual(written);
  expect(await read(null)).toEqual(['UNAUTHENTICATED']);
});

it('gives each entry an id of its country', async () => {
  const { data } = await catalogue.executeAs(reader, '{ auditTrail { nodes { id } } }');
  const entries = listAt(data, 'auditTrail', 'nodes');
  expect(entries).toHaveLength(4);
  for (const node of entries) expect(at(node, 'id')).toMatch(/^dk:audit:\d+$/);
});

it('restricts editors of one organisation to the changes that concern it, whatever their query', async () => {
  const [, , ofA, ofK] = written;
  expect(idsOf(await read(editorOfK))).toEqual([ofK]);
  expect(idsOf(await read(editorOfA))).toEqual([ofA]);
  expect(idsOf(await read(editorOfK, '(subjectId: "dk:consortium:l")'))).toEqual([]);
  expect(at(await read(editorOfK), 'totalCount')).toBe(1);
});

it('filters changes by an organisation or by a row', async () => {
  expect(idsOf(await read(reader, '(subjectId: "dk:consortium:l")'))).toEqual(written.slice(0, 3));
  expect(idsOf(await read(reader, '(subjectId: "dk:administration:b")'))).toEqual([written[1]]);
  expect(idsOf(await read(reader, `(subjectId: "${String(written[0])}")`))).toEqual([written[0]]);
  expect(idsOf(await read(reader, '(subjectId: "no such thing")'))).toEqual([]);
});

it('paginates forwards and backwards', async () => {
  const first = await read(reader, '(first: 3)');
  expect(idsOf(first)).toEqual(written.slice(0, 3));
  expect(first).toMatchObject({ totalCount: 4, pageInfo: { hasNextPage: true, hasPreviousPage: false } });
  const after = String(at(first, 'pageInfo', 'endCursor'));
  expect(idsOf(await read(reader, `(after: "${after}")`))).toEqual(written.slice(3));
  expect(idsOf(await read(reader, `(last: 1, before: "${after}")`))).toEqual([written[1]]);
  expect(await read(reader, `(subjectId: "dk:consortium:l", after: "${after}")`)).toEqual(['INVALID_CURSOR']);
});

it('rejects updates and deletions in the database', async () => {
  for (const statement of ['UPDATE audit_entry SET reason = $$$$', 'DELETE FROM audit_entry', 'TRUNCATE audit_entry'])
    await expect(catalogue.database.query(statement)).rejects.toThrow('never changed or removed');
});
