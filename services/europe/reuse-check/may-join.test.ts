import { assessJoining, type JoiningFacts, type JoiningTerms } from './may-join.js';

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
  terms: [],
};
const terms = (more: Partial<JoiningTerms>): JoiningTerms => ({
  openToKinds: null,
  openToNuts: null,
  hasEligibility: false,
  exceptionGround: null,
  source: 'https://example.org/terms',
  observedOn: '2026-02-01',
  ...more,
});
const notShared = terms({ exceptionGround: 'SECURITY' });
const unrecorded = { openToKinds: null, openToNuts: null };
const assess = (joiner: Parameters<typeof assessJoining>[0], ...facts: Partial<JoiningFacts>[]): string => {
  const { answer, because } = assessJoining(
    joiner,
    facts.map((more) => ({ ...imio, ...more })),
    [],
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
  ['YES ELIGIBLE', { ...namur, kind: 'REGION' }, { terms: [terms({ openToKinds: ['REGION'] })] }],
  ['YES ELIGIBLE', { ...namur, nuts: 'BE211' }, { terms: [terms({}), terms({ openToNuts: ['BE'] })] }],
  ['YES ELIGIBLE', namur, { ...unrecorded, terms: [terms({ openToKinds: ['MUNICIPALITY'], openToNuts: ['BE'] })] }],
  // Terms admit some; that they do not name others means nothing for these.
  ['YES ELIGIBLE', namur, { terms: [terms({ openToKinds: ['REGION'] })] }],
  [
    'UNKNOWN SOURCE_NOT_RECORDED',
    namur,
    { openToKinds: [], source: null, terms: [terms({ openToKinds: ['MUNICIPALITY'] })] },
  ],
  [
    'UNKNOWN SOURCE_NOT_RECORDED',
    namur,
    { openToKinds: [], terms: [terms({ openToKinds: ['MUNICIPALITY'], source: null })] },
  ],
  ['UNKNOWN RULES_NOT_RECORDED', namur, { ...unrecorded, terms: [terms({ openToKinds: ['MUNICIPALITY'] })] }],
  ['UNKNOWN RULES_NOT_RECORDED', namur, { ...unrecorded, terms: [terms({ openToNuts: ['BE'] })] }],
  ['NO KIND_NOT_ELIGIBLE', namur, { ...unrecorded, terms: [terms({ openToKinds: ['REGION'] })] }],
  ['NO AREA_NOT_ELIGIBLE', namur, { ...unrecorded, terms: [terms({ openToNuts: ['DK'] })] }],
  ['UNKNOWN RULES_IN_WORDS', namur, { ...unrecorded, terms: [terms({ hasEligibility: true })] }],
  // The words are beside the rules, which decide.
  ['NO KIND_NOT_ELIGIBLE', { ...namur, kind: 'REGION' }, { terms: [terms({ hasEligibility: true })] }],
  ['NO NOT_SHARED', namur, { terms: [terms({}), notShared] }],
  ['YES MEMBER', namur, { isMember: true, membershipSource: 'https://example.org/members', terms: [notShared] }],
] as const)('%s for %j and %j', (expected, joiner, facts) => {
  expect(assess(joiner, facts)).toBe(expected);
});

it('gives the best answer of several consortia, and none without a consortium', () => {
  const no = { openToKinds: [] };
  expect(assess(namur, no, { openToKinds: null })).toBe('UNKNOWN RULES_NOT_RECORDED');
  expect(assess(namur, no, { openToKinds: null }, {})).toBe('YES ELIGIBLE');
  expect(assess(namur)).toBe('UNKNOWN NO_CONSORTIUM');
});

it('states the source and the day of what decides', () => {
  const decide = (more: Partial<JoiningFacts>, ...ofSolution: JoiningTerms[]) => {
    const { consortiumId, source, observedOn } = assessJoining(namur, [{ ...imio, ...more }], ofSolution);
    return [consortiumId, source, observedOn];
  };
  expect(decide({})).toEqual(['be:consortium:imio', 'https://example.org/bylaws', '2026-01-01']);
  const byTerms = ['be:consortium:imio', 'https://example.org/terms', '2026-02-01'];
  expect(decide({ openToKinds: [], terms: [terms({ openToKinds: ['MUNICIPALITY'] })] })).toEqual(byTerms);
  expect(decide({ ...unrecorded, terms: [terms({ hasEligibility: true })] })).toEqual(byTerms);
  expect(decide({ terms: [notShared] })).toEqual(byTerms);
  expect(decide({}, notShared)).toEqual([null, ...byTerms.slice(1)]);
});

it('is NO where the owner of the solution does not share it, except for members', () => {
  const assessAll = (joiner: typeof namur | null, facts: readonly JoiningFacts[]) =>
    assessJoining(joiner, facts, [terms({ openToKinds: [] }), notShared]).because;
  expect(assessAll(namur, [imio])).toBe('NOT_SHARED');
  expect(assessAll(null, [])).toBe('NOT_SHARED');
  expect(assessAll(namur, [{ ...imio, isMember: true, membershipSource: 'https://example.org/members' }])).toBe(
    'MEMBER',
  );
});
