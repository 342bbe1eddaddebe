import type { GraphQLError } from 'graphql';

import { plainCatalogue } from '../testing/test-catalogue.js';
import type { Grant } from './editor.js';
import { type Action, actions, auditScope, authorise } from './permissions.js';

const own = { consortium: 'dk:consortium:os2', administration: 'dk:administration:0101' };
const other = { consortium: 'dk:consortium:other', administration: 'dk:administration:0147' };
const foreign = { consortium: 'be:consortium:os2', administration: 'be:administration:0101' };

const consortiumEditor: Grant = { role: 'CONSORTIUM_EDITOR', consortiumId: own.consortium };
const administrationEditor: Grant = { role: 'ADMINISTRATION_EDITOR', administrationId: own.administration };

const contextOf = (grants: readonly Grant[] | null) => ({
  catalogue: plainCatalogue,
  editor: grants && { issuer: 'https://login.example', subject: 'mette', grants },
  hasLogin: true,
});

/** `ok`, or the code of the error. */
const outcomeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'ok',
    (error: unknown) => (error as GraphQLError).extensions['code'],
  );

const tryTo = (action: Action, grants: readonly Grant[] | null, owner: string | null = null): Promise<unknown> =>
  outcomeOf(authorise(contextOf(grants), action, () => owner));

/** The roles that are allowed: consortium editor (own), administration editor (own), catalogue editor, administrator. */
const table: Readonly<Record<Action, readonly [boolean, boolean, boolean, boolean]>> = {
  registerAdministration: [false, false, true, true],
  renameAdministration: [false, false, true, true],
  mergeAdministrations: [false, false, false, true],
  closeAdministration: [false, false, false, true],
  foundConsortium: [false, false, true, true],
  closeConsortium: [false, false, false, true],
  stateConsortiumStatus: [true, false, true, true],
  admitMember: [true, false, true, true],
  endMembership: [true, false, true, true],
  correctMembership: [true, false, true, true],
  stateClaim: [true, false, true, true],
  publishRecord: [false, false, true, true],
  correctRecord: [false, false, true, true],
  withdrawRecord: [false, false, true, true],
  placeInPortfolio: [true, false, true, true],
  moveInPortfolio: [true, false, true, true],
  recordAdoption: [false, true, true, true],
  endAdoption: [false, true, true, true],
  publishCodeList: [false, false, true, true],
  correctCodeList: [false, false, true, true],
  withdrawCodeList: [false, false, true, true],
  publishCodes: [false, false, true, true],
  correctCode: [false, false, true, true],
  withdrawCode: [false, false, true, true],
  stateMapping: [false, false, true, true],
  withdrawMapping: [false, false, true, true],
  stateNeed: [false, false, true, true],
  correctNeed: [false, false, true, true],
  withdrawNeed: [false, false, true, true],
  stateNeedHolder: [true, true, true, true],
  changeNeedState: [true, true, true, true],
  correctNeedHolder: [true, true, true, true],
  publishTerms: [true, false, true, true],
  correctTerms: [true, false, true, true],
  withdrawTerms: [true, false, true, true],
  recordContract: [false, false, true, true],
  endContract: [false, false, true, true],
  registerWebhook: [false, false, true, true],
  rotateWebhookSecret: [false, false, true, true],
  enableWebhook: [false, false, true, true],
  withdrawWebhook: [false, false, true, true],
};
const rows = Object.entries(table) as [Action, readonly [boolean, boolean, boolean, boolean]][];

const allowed = (is: boolean): string => (is ? 'ok' : 'FORBIDDEN');

it('every action is in the table of permissions', () => {
  expect([...actions].sort()).toEqual(rows.map(([action]) => action).sort());
});

describe.each(rows)('the action %s', (action, [consortium, administration, catalogue, administrator]) => {
  it.each([
    ['a consortium editor', [consortiumEditor], own.consortium, consortium],
    ['an administration editor', [administrationEditor], own.administration, administration],
    ['a catalogue editor', [{ role: 'CATALOGUE_EDITOR' }], null, catalogue],
    ['an administrator', [{ role: 'ADMINISTRATOR' }], null, administrator],
    ['a reader', [{ role: 'READER' }], own.consortium, false],
    ['a user without a role', [], own.administration, false],
  ] satisfies [string, Grant[], string | null, boolean][])(
    'is allowed or denied as in the table for %s',
    async (_who, grants, owner, is) => {
      expect(await tryTo(action, grants, owner)).toBe(allowed(is));
    },
  );

  it('is denied to editors of one organisation if it concerns another or none', async () => {
    const grants = [consortiumEditor, administrationEditor];
    for (const owner of [other.consortium, other.administration, null])
      expect(await tryTo(action, grants, owner)).toBe('FORBIDDEN');
    // An editor of both is denied by neither.
    const mayEither = consortium || administration;
    const owner = consortium ? own.consortium : own.administration;
    expect(await tryTo(action, grants, owner)).toBe(allowed(mayEither));
  });

  it('is denied to editors of an organisation of another country', async () => {
    const grants: Grant[] = [
      { role: 'CONSORTIUM_EDITOR', consortiumId: foreign.consortium },
      { role: 'ADMINISTRATION_EDITOR', administrationId: foreign.administration },
    ];
    for (const owner of [foreign.consortium, foreign.administration])
      expect(await tryTo(action, grants, owner)).toBe('FORBIDDEN');
  });

  it('requires a login', async () => {
    expect(await tryTo(action, null, own.consortium)).toBe('UNAUTHENTICATED');
  });
});

describe('a denial', () => {
  it('has the same message whatever the target is, and whether it exists', async () => {
    const denials = await Promise.all(
      [other.consortium, null].map((owner) =>
        authorise(contextOf([consortiumEditor]), 'admitMember', () => owner).catch((error: unknown) =>
          JSON.stringify(error),
        ),
      ),
    );
    expect(new Set(denials).size).toBe(1);
    expect(denials[0]).toContain('FORBIDDEN');
  });

  it('does not look up the owner if the result cannot change the decision', async () => {
    const findOwner = jest.fn(() => null);
    await outcomeOf(authorise(contextOf([{ role: 'READER' }]), 'admitMember', findOwner));
    await outcomeOf(authorise(contextOf(null), 'admitMember', findOwner));
    await outcomeOf(authorise(contextOf([{ role: 'CATALOGUE_EDITOR' }]), 'admitMember', findOwner));
    expect(findOwner).not.toHaveBeenCalled();
  });

  it('states that no login is configured', async () => {
    await expect(authorise({ ...contextOf(null), hasLogin: false }, 'admitMember')).rejects.toThrow(
      'This catalogue has no login configured',
    );
  });
});

describe('the audit trail', () => {
  it.each([
    ['as a whole', [{ role: 'READER' }], null],
    ['as a whole', [{ role: 'CATALOGUE_EDITOR' }], null],
    ['as a whole', [{ role: 'ADMINISTRATOR' }], null],
    ['as a whole', [consortiumEditor, { role: 'READER' }], null],
    ['only for their own organisations', [consortiumEditor], [own.consortium]],
    [
      'only for their own organisations',
      [consortiumEditor, administrationEditor],
      [own.consortium, own.administration],
    ],
  ] satisfies [string, Grant[], string[] | null][])('is readable, %s, with the grants %j', (_what, grants, scope) => {
    expect(auditScope(contextOf(grants))).toEqual(scope);
  });

  it('is denied to every other role', () => {
    expect(() => auditScope(contextOf(null))).toThrow('access token');
    expect(() => auditScope(contextOf([]))).toThrow('You are not allowed to do this.');
    expect(() => auditScope(contextOf([{ role: 'CONSORTIUM_EDITOR', consortiumId: foreign.consortium }]))).toThrow(
      'You are not allowed to do this.',
    );
  });
});
