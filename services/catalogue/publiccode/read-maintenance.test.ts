import { changed, issuesOf, readText } from './testing/samples.js';

const maintained = (maintenance: string) => changed('  type: none', maintenance);
const contractor = 'contractors: [{name: Havnens Data ApS, until: "2031-12-31", email: a@b.example}]';

it.each([
  ['  type: none', []],
  ['  type: external', ['ERROR maintenance.type unknown-value']],
  ['  kind: none', ['ERROR maintenance.type missing', 'INFO maintenance.kind unknown-key']],
  ['  type: internal', ['ERROR maintenance.contacts missing']],
  [
    '  type: internal\n  contacts: [{name: Ane Vig, email: a@b.example}]',
    ['INFO maintenance.contacts persons-not-kept'],
  ],
  ['  type: contract', ['ERROR maintenance.contractors missing']],
  [`  type: contract\n  ${contractor}`, ['INFO maintenance.contractors[0].email persons-not-kept']],
  ['  type: contract\n  contractors: [{name: A}]', ['ERROR maintenance.contractors[0].until missing']],
  [
    '  type: contract\n  contractors: [A]',
    ['WARNING maintenance.contractors[0] not-a-section', 'ERROR maintenance.contractors[0].until missing'],
  ],
  [
    '  type: none\n  contractors: [{name: A, until: "2031-12-31"}]',
    ['ERROR maintenance.contractors contractors-without-contract'],
  ],
])('reports the issues of %j', (maintenance, issues) => {
  expect(issuesOf(maintained(maintenance))).toEqual(issues);
});

it('keeps organisations but not persons', () => {
  const { record } = readText(
    maintained(`  type: contract\n  ${contractor}\n  contacts: [{name: Ane Vig, phone: "12345678"}]`),
  );
  expect(record?.maintenance).toEqual({
    type: 'CONTRACT',
    contractors: [{ name: 'Havnens Data ApS', until: '2031-12-31', website: null }],
  });
  expect(JSON.stringify(record)).not.toMatch(/Ane|@|12345678/);
});

it.each([
  ['localisationReady: true', 'localisationReady: yes', ['WARNING localisation.localisationReady not-boolean']],
  ['availableLanguages: [da]', 'availableLanguages: da', ['WARNING localisation.availableLanguages not-a-list']],
  [
    'availableLanguages: [da]',
    'availableLanguages: [Danish]',
    ['ERROR localisation.availableLanguages[0] unknown-value'],
  ],
  [
    /localisation:[^]*$/,
    '',
    ['ERROR localisation.localisationReady missing', 'ERROR localisation.availableLanguages missing'],
  ],
])('reports the issues of %s as %j', (from, to, issues) => {
  expect(issuesOf(changed(from, to))).toEqual(issues);
});

it('reads dependencies whose versions look like numbers', () => {
  const text = changed(
    '',
    '',
    "dependsOn:\n  open: [{name: Keycloak, version: 23, optional: yes}, {name: A, versionMin: ''}, B, {version: '1'}]\n",
  );
  expect(readText(text).record?.dependsOn.open).toEqual([
    { name: 'Keycloak', versionMin: null, versionMax: null, version: '23', optional: true },
    { name: 'A', versionMin: null, versionMax: null, version: null, optional: null },
    { name: 'B', versionMin: null, versionMax: null, version: null, optional: null },
  ]);
  expect(issuesOf(text)).toEqual([
    'WARNING dependsOn.open[0].version not-text',
    'WARNING dependsOn.open[0].optional not-boolean',
    'WARNING dependsOn.open[2] not-a-section',
    'ERROR dependsOn.open[3].name missing',
  ]);
});
