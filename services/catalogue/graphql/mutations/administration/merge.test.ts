import { at } from '../../../testing/test-catalogue.js';
import { administrationFields, newAdministration } from '../../../testing/administration-inputs.js';
import { administrator, failureCodes, declared, type TestPayload } from '../../../testing/mutation-fixtures.js';
import { expectRejection, useMutationCatalogue } from '../../../testing/use-mutation-catalogue.js';

const catalogue = useMutationCatalogue();

describe('mergeAdministrations', () => {
  const merge = (overrides: Readonly<Record<string, unknown>>): Promise<TestPayload> =>
    catalogue.mutate(
      'mergeAdministrations',
      { on: '2025-01-01', provenance: declared, merged: atFirstRevision('a', 'b'), ...overrides },
      `${administrationFields} auditEntries { subjectId before after }`,
      administrator,
    );
  const atFirstRevision = (...ids: string[]) =>
    ids.map((id) => ({ id: `dk:administration:${id}`, expectedRevision: 1 }));
  const ended = { end: '2025-01-01', endPrecision: 'DAY', ended: true };

  it('ends the merged administrations and inserts their successor with a code of one of them', async () => {
    await catalogue.database.query(`INSERT INTO identifier VALUES ('dk:administration:g', 'DK_TEST', 'G1')`);
    const successor = {
      ...newAdministration,
      id: 'dk:administration:gh',
      identifiers: [{ scheme: 'DK_TEST', notation: 'G1' }],
    };
    const payload = await merge({ merged: atFirstRevision('g', 'h'), successor });
    expect(payload).toMatchObject({
      failures: [],
      administration: {
        id: successor.id,
        existed: { start: '2025-01-01', startPrecision: 'DAY', end: null },
        predecessors: [{ id: 'dk:administration:g' }, { id: 'dk:administration:h' }],
      },
      auditEntries: [
        {
          subjectId: 'dk:administration:g',
          before: { endDate: null },
          after: { endDate: '2025-01-01', successors: [successor.id] },
        },
        { subjectId: 'dk:administration:h' },
        {
          subjectId: successor.id,
          before: null,
          after: { predecessors: ['dk:administration:g', 'dk:administration:h'] },
        },
      ],
    });
    expect((await catalogue.feed()).slice(-3).sort()).toEqual(
      ['g', 'gh', 'h'].map((id) => `UPSERT dk:administration:${id}`),
    );
    const response =
      await catalogue.query(`{ denmark { organisation(id: "dk:administration:g") { existed { end endPrecision ended }
      ... on DanishAdministration { successors { id } } } } }`);
    expect(at(response, 'denmark', 'organisation')).toEqual({ existed: ended, successors: [{ id: successor.id }] });
  });

  it('records the predecessors of an absorbing administration without changing it', async () => {
    const before = await catalogue.countAuditEntries();
    const payload = await merge({ merged: atFirstRevision('i', 'j'), absorbedBy: atFirstRevision('k')[0] });
    expect(payload).toMatchObject({
      failures: [],
      administration: {
        id: 'dk:administration:k',
        revision: 1,
        existed: { end: null },
        predecessors: [{ id: 'dk:administration:i' }, { id: 'dk:administration:j' }],
      },
    });
    expect(await catalogue.countAuditEntries()).toBe(before + 3);
    expect((await catalogue.feed()).slice(-3).sort()).toEqual(
      ['i', 'j', 'k'].map((id) => `UPSERT dk:administration:${id}`),
    );
  });

  it('runs as many SQL statements for two administrations as for fifty', async () => {
    await catalogue.database.query(
      `INSERT INTO organisation SELECT (jsonb_populate_record(o, jsonb_build_object('id', o.id || n))).*
      FROM organisation o, generate_series(1, 50) n WHERE o.id = 'dk:administration:c'`,
    );
    const few = atFirstRevision('l', 'm');
    const many = Array.from({ length: 50 }, (_, index) => atFirstRevision(`c${index + 1}`)).flat();
    const counts: number[] = [];
    for (const [index, merged] of [few, many].entries()) {
      catalogue.statements();
      expect(
        failureCodes(
          await merge({ merged, successor: { ...newAdministration, id: `${newAdministration.id}${index}` } }),
        ),
      ).toEqual([]);
      counts.push(catalogue.statements().length);
    }
    expect(counts[0]).toBe(counts[1]);
  });

  it.each([
    ['neither a successor nor an absorbing administration', {}, 'INVALID_VALUE successor'],
    [
      'both a successor and an absorbing administration',
      { successor: newAdministration, absorbedBy: atFirstRevision('c')[0] },
      'INVALID_VALUE successor',
    ],
    [
      'a single administration with a successor',
      { merged: atFirstRevision('a'), successor: newAdministration },
      'INVALID_VALUE merged',
    ],
    [
      'an administration twice',
      { merged: atFirstRevision('a', 'a'), successor: newAdministration },
      'INVALID_VALUE merged',
    ],
    [
      'an administration that absorbs itself',
      { merged: atFirstRevision('a', 'b'), absorbedBy: atFirstRevision('b')[0] },
      'INVALID_VALUE merged',
    ],
    [
      'an unknown administration',
      { merged: atFirstRevision('a', 'z'), successor: newAdministration },
      'NOT_FOUND merged 1 id',
    ],
    [
      'an administration that has ended',
      { merged: atFirstRevision('a', 'x'), successor: newAdministration },
      'ENDED merged 1 id',
    ],
    [
      'an absorbing administration that has ended',
      { merged: atFirstRevision('a'), absorbedBy: atFirstRevision('x')[0] },
      'ENDED absorbedBy id',
    ],
    [
      'a successor whose id is taken',
      { successor: { ...newAdministration, id: 'dk:administration:c' } },
      'ALREADY_EXISTS successor id',
    ],
    ['a successor without a name', { successor: { ...newAdministration, names: [] } }, 'INVALID_VALUE successor names'],
    [
      'an outdated revision',
      {
        merged: [
          { id: 'dk:administration:a', expectedRevision: 1 },
          { id: 'dk:administration:b', expectedRevision: 2 },
        ],
        successor: newAdministration,
      },
      'REVISION_CONFLICT merged 1 expectedRevision',
    ],
  ])('rejects %s and writes nothing', (_what, overrides, code) =>
    expectRejection(catalogue, () => merge(overrides), code),
  );

  it('merges an administration once when two editors merge it at the same time', async () => {
    const payloads = await Promise.all([
      merge({ merged: atFirstRevision('n', 'o'), successor: { ...newAdministration, id: `${newAdministration.id}x` } }),
      merge({ merged: atFirstRevision('o', 'p'), successor: { ...newAdministration, id: `${newAdministration.id}y` } }),
    ]);
    expect(payloads.flatMap(failureCodes)).toEqual([
      expect.stringMatching(/^REVISION_CONFLICT merged [01] expectedRevision$/),
    ]);
  });
});
