import { assessJoining, type JoiningFacts } from './may-join.js';

const namur = { country: 'BE', kind: 'MUNICIPALITY', nuts: 'BE352' };
const imio: JoiningFacts = {
  consortiumId: 'be:consortium:imio',
  status: 'ACTIVE',
  openToKinds: ['MUNICIPALITY', 'PROVINCE'],
  openToNuts: ['BE3'],
  source: 'https://example.org/bylaws',
  observedOn: '2026-01-01',
  isMember: false,
  membershipSource: null,
  memberObservedOn: null,
};
const assess = (joiner: Parameters<typeof assessJoining>[0], ...facts: Partial<JoiningFacts>[]): string => {
  const { answer, because } = assessJoining(
    joiner,
    facts.map((more) => ({ ...imio, ...more })),
  );
  return `${answer} ${because}`;
};

it.each([
  ['YES ELIGIBLE', namur, {}],
  ['YES ELIGIBLE', namur, { openToNuts: ['BE'] }],
  ['YES ELIGIBLE', { ...namur, nuts: null }, { openToNuts: ['BE'] }],
  ['YES MEMBER', namur, { isMember: true, membershipSource: 'https://example.org/members', openToKinds: null }],
  ['UNKNOWN SOURCE_NOT_RECORDED', namur, { isMember: true }],
  ['UNKNOWN SOURCE_NOT_RECORDED', namur, { source: null }],
  ['UNKNOWN RULES_NOT_RECORDED', namur, { openToKinds: null }],
  ['UNKNOWN AREA_NOT_KNOWN', { ...namur, nuts: null }, {}],
  ['UNKNOWN AREA_NOT_KNOWN', { ...namur, nuts: 'BE' }, {}],
  ['UNKNOWN NO_ADMINISTRATION', null, {}],
  ['NO KIND_NOT_ELIGIBLE', { ...namur, kind: 'REGION' }, {}],
  ['NO AREA_NOT_ELIGIBLE', { ...namur, nuts: 'BE211' }, {}],
  ['NO AREA_NOT_ELIGIBLE', { country: 'DK', kind: 'MUNICIPALITY', nuts: null }, {}],
  ['NO AREA_NOT_ELIGIBLE', { country: 'DK', kind: 'MUNICIPALITY', nuts: 'DK031' }, { openToNuts: ['BE', 'DK04'] }],
  ['NO IN_DISSOLUTION', namur, { status: 'IN_DISSOLUTION' }],
] as const)('%s for %j and %j', (expected, joiner, facts) => {
  expect(assess(joiner, facts)).toBe(expected);
});

it('gives the best answer of several consortia, and none without a consortium', () => {
  const no = { openToKinds: [] };
  expect(assess(namur, no, { openToKinds: null })).toBe('UNKNOWN RULES_NOT_RECORDED');
  expect(assess(namur, no, { openToKinds: null }, {})).toBe('YES ELIGIBLE');
  expect(assess(namur)).toBe('UNKNOWN NO_CONSORTIUM');
});
