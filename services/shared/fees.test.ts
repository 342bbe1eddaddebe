import { type FeeConditions, findCost, findPossibleFees } from './fees.js';

const fee = (name: string, conditions: Partial<FeeConditions> = {}) => ({
  name,
  memberKind: null,
  populationMin: null,
  populationMax: null,
  forMembers: null,
  during: { start: null, end: null, ended: null },
  provenance: { observedOn: null },
  ...conditions,
});
const classes = [
  fee('small', { populationMax: 24_999 }),
  fee('medium', { populationMin: 25_000, populationMax: 60_000 }),
  fee('large', { populationMin: 60_001 }),
];
const payer = { population: 30_000, kind: 'MUNICIPALITY', isMember: false, day: '2024-06-15' };
const names = (fees: readonly { readonly name: string }[]): string[] => fees.map(({ name }) => name);

describe('findCost', () => {
  it.each([
    [0, 'small'],
    [24_999, 'small'],
    [25_000, 'medium'],
    [60_000, 'medium'],
    [60_001, 'large'],
  ])('selects the size class of %i inhabitants, with both bounds included', (population, expected) => {
    expect(names(findCost(classes, { ...payer, population }).fees)).toEqual([expected]);
  });

  it('leaves undecided what depends on something that is not known of the payer', () => {
    const fees = [
      ...classes,
      fee('all'),
      fee('of members', { forMembers: true }),
      fee('of others', { forMembers: false }),
      fee('of regions', { memberKind: 'REGION' }),
    ];
    const known = findCost(fees, payer);
    expect([names(known.fees), names(known.undecided)]).toEqual([['medium', 'all', 'of others'], []]);
    const unknown = findCost(fees, { ...payer, population: null, kind: null, isMember: null });
    expect(names(unknown.fees)).toEqual(['all']);
    expect(names(unknown.undecided)).toEqual(names(fees).filter((name) => name !== 'all'));
    // A condition that is not met decides, whatever else is unknown.
    const small = fee('small members', { populationMax: 10, forMembers: true });
    expect(findCost([small], { ...payer, population: null })).toEqual({ fees: [], undecided: [] });
  });

  it('applies a fee from its start, or the day on which it was observed, until its end', () => {
    const during = (start: string | null, end: string | null, ended: boolean | null, observedOn: string | null) =>
      fee('one', { during: { start, end, ended }, provenance: { observedOn } });
    const paid = (of: FeeConditions): boolean => findCost([of], payer).fees.length === 1;
    expect(paid(during('2024-06-15', null, null, null))).toBe(true);
    expect(paid(during('2024-06-16', null, null, '2020-01-01'))).toBe(false);
    expect(paid(during(null, '2024-06-15', true, null))).toBe(false);
    expect(paid(during(null, '2024-06-16', true, null))).toBe(true);
    expect(paid(during(null, null, null, '2024-06-15'))).toBe(true);
    expect(paid(during(null, null, null, '2024-06-16'))).toBe(false);
    expect(paid(during('2020-01-01', null, true, '2021-01-01'))).toBe(false);
  });
});

it('findPossibleFees selects every fee that no given value excludes', () => {
  const any = { population: null, kind: null, isMember: null, day: null };
  expect(names(findPossibleFees(classes, any))).toEqual(['small', 'medium', 'large']);
  expect(names(findPossibleFees(classes, { ...any, population: 70_000 }))).toEqual(['large']);
});
