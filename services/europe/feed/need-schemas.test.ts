import { completeContents } from '../testing/complete-contents.js';
import { createEntrySchemas } from './entry-schemas.js';

const schemas = createEntrySchemas('DK');

/** Why a content is rejected; null if it is accepted. */
function reason(subject: 'CODE_LIST' | 'CODE' | 'CODE_MAPPING' | 'NEED' | 'NEED_HOLDER', more: object): string | null {
  const id = `dk:${subject.toLowerCase().replaceAll('_', '-')}:a`;
  const { error } = schemas[subject].safeParse({ ...completeContents[subject](id), ...more });
  return error?.issues[0] ? `${error.issues[0].path.join('.')} ${error.issues[0].message}`.trim() : null;
}

it.each(['CODE_LIST', 'CODE', 'CODE_MAPPING'] as const)(
  'a %s may be of an own list or of a list of no country, not of a list of another country or of the topics',
  (subject) => {
    expect(reason(subject, { scheme: 'DK_KLE' })).toBeNull();
    expect(reason(subject, { scheme: 'EU_SDG' })).toBeNull();
    expect(reason(subject, { scheme: 'BE_IPDC' })).toBe('scheme is a code list of another country');
    expect(reason(subject, { scheme: 'TOPIC' })).toBe('scheme is a name that the index uses for topics');
    expect(reason(subject, { scheme: 'kle' })).toContain('scheme is not the name of a code list');
  },
);

it.each([
  ['a topic and a code', { toScheme: 'EU_SDG', toNotation: 'A1' }],
  ['neither', { topic: null }],
  ['a list without a code', { topic: null, toScheme: 'EU_SDG' }],
])('a mapping to %s is rejected', (_target, more) => {
  expect(reason('CODE_MAPPING', more)).toBe('has not exactly one target: a code or a topic');
});

it('a mapping may lead to a code of another country, whose list it does not describe', () => {
  expect(reason('CODE_MAPPING', { topic: null, toScheme: 'BE_IPDC', toNotation: '1' })).toBeNull();
});

it('a holder is one organisation or a rule for administrations of the own country', () => {
  const rule = { kind: 'MUNICIPALITY', nuts: 'DK04' };
  expect(reason('NEED_HOLDER', { rule })).toBe('is about one holder and a rule');
  expect(reason('NEED_HOLDER', { holderId: null, rule })).toBeNull();
  expect(reason('NEED_HOLDER', { holderId: null, rule: { ...rule, nuts: 'BE' } })).toBe(
    'is a rule for administrations of another country',
  );
  expect(reason('NEED_HOLDER', { holderId: 'be:administration:mons' })).toBeNull();
  expect(reason('NEED_HOLDER', { needId: 'be:need:a' })).toBe('needId is not the id of a need of DK');
});

it.each(['1e5', '-1', '1.2345', '1234567890123456', '', '1,5'])('an amount of %j is rejected', (amount) => {
  expect(reason('NEED_HOLDER', { amount: { amount, currency: 'EUR' } })).toBe('amount.amount is not a decimal number');
});
