import { parseGrants, parseRole } from './roles.js';

describe('a role', () => {
  it.each([
    ['reader', { role: 'READER' }],
    ['catalogue-editor', { role: 'CATALOGUE_EDITOR' }],
    ['administrator', { role: 'ADMINISTRATOR' }],
    [
      'consortium-editor:be:consortium:0841470248',
      { role: 'CONSORTIUM_EDITOR', consortiumId: 'be:consortium:0841470248' },
    ],
    [
      'administration-editor:be:administration:25110',
      { role: 'ADMINISTRATION_EDITOR', administrationId: 'be:administration:25110' },
    ],
  ])('is parsed: %s', (role, grant) => {
    expect(parseRole(role)).toEqual(grant);
  });

  it.each([
    '',
    'Administrator',
    'administrator ',
    'offline_access',
    'administrator:be:consortium:1',
    'consortium-editor',
    'consortium-editor:',
    'consortium-editor:*',
    'consortium-editor:be:administration:25110',
    'administration-editor:be:consortium:0841470248',
    'constructor',
    '__proto__',
  ])('is ignored if it is not one of a catalogue: %j', (role) => {
    expect(parseRole(role)).toBeNull();
  });
});

describe('the claim with the roles', () => {
  const reader = [{ role: 'READER' }];
  it.each<[unknown, string]>([
    [{ roles: ['reader'] }, 'roles'],
    [{ roles: ['offline_access', 7, null, 'reader'] }, 'roles'],
    [{ scope: 'openid reader email' }, 'scope'],
    [{ realm_access: { roles: ['reader'] } }, 'realm_access.roles'],
    [{ resource_access: { 'reuse-graph': { roles: ['reader'] } } }, 'resource_access.reuse-graph.roles'],
    [{ 'https://login.example/roles': ['reader'] }, 'https://login.example/roles'],
    [{ claims: { 'https://login.example/roles': ['reader'] } }, 'claims.https://login.example/roles'],
  ])('is found in %j', (claims, claim) => {
    expect(parseGrants(claims, claim)).toEqual(reader);
  });

  it.each<[unknown, string]>([
    [{}, 'roles'],
    [{ roles: null }, 'roles'],
    [{ roles: { 0: 'reader' } }, 'roles'],
    [{ roles: [['reader']] }, 'roles'],
    [{ roles: ['reader'] }, 'realm_access.roles'],
    [{ realm_access: 'reader' }, 'realm_access.roles'],
    [{ realm_access: null }, 'realm_access.roles'],
    [{}, 'constructor.name'],
    [{}, '__proto__'],
    [null, 'roles'],
  ])('gives no grants for %j', (claims, claim) => {
    expect(parseGrants(claims, claim)).toEqual([]);
  });
});
