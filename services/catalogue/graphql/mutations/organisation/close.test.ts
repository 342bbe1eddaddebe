import { at } from '../../../testing/test-catalogue.js';
import { administrationFields, auditEntryFields } from '../../../testing/administration-inputs.js';
import {
  administrator,
  catalogueEditor,
  failureCodes,
  declared,
  type TestPayload,
} from '../../../testing/mutation-fixtures.js';
import { useMutationCatalogue } from '../../../testing/use-mutation-catalogue.js';

const catalogue = useMutationCatalogue();

describe('closeAdministration', () => {
  const close = (overrides: Readonly<Record<string, unknown>> = {}, editor = administrator): Promise<TestPayload> =>
    catalogue.mutate(
      'closeAdministration',
      {
        administrationId: 'dk:administration:a',
        expectedRevision: 1,
        end: '2025-07-01',
        provenance: declared,
        ...overrides,
      },
      `${administrationFields} ${auditEntryFields}`,
      editor,
    );

  it('ends an administration, whose memberships count until that day', async () => {
    expect(await close({ endPrecision: 'MONTH' })).toMatchObject({
      failures: [],
      administration: { revision: 2, existed: { end: '2025-07-01', endPrecision: 'MONTH', ended: true } },
      auditEntry: { mutation: 'closeAdministration', before: { endDate: null }, after: { endDate: '2025-07-01' } },
    });
    const members = (asOf: string): string =>
      `{ denmark { organisation(id: "dk:consortium:k") { ... on DanishConsortium { members(asOf: "${asOf}") { totalCount } } } } }`;
    const count = async (day: string) =>
      at(await catalogue.query(members(day)), 'denmark', 'organisation', 'members', 'totalCount');
    expect([await count('2025-06-30'), await count('2025-07-01')]).toEqual([1, 0]);
    const admission = {
      consortiumId: 'dk:consortium:l',
      memberId: 'dk:administration:a',
      role: 'MEMBER',
      provenance: declared,
    };
    const late = await catalogue.mutate('admitMember', { ...admission, during: { start: '2025-07-01' } });
    expect(failureCodes(late)).toEqual(['ENDED memberId']);
    expect(failureCodes(await close({ expectedRevision: 2 }))).toEqual(['ENDED administrationId']);
  });

  it('is allowed for administrators only', async () => {
    await expect(close({}, catalogueEditor)).rejects.toThrow('You are not allowed to do this.');
    expect(failureCodes(await close({ administrationId: 'dk:consortium:k' }))).toEqual(['NOT_FOUND administrationId']);
  });
});
