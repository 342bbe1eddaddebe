import { compareStrength, composeRelations, invertRelation, relations } from './relations.js';

describe('the composition of two relations', () => {
  it.each([
    ['EXACT', 'EXACT', 'EXACT'],
    ['EXACT', 'CLOSE', 'CLOSE'],
    ['EXACT', 'BROADER', 'BROADER'],
    ['EXACT', 'NARROWER', 'NARROWER'],
    ['EXACT', 'RELATED', null],
    ['CLOSE', 'EXACT', 'CLOSE'],
    ['CLOSE', 'CLOSE', 'CLOSE'],
    ['CLOSE', 'BROADER', 'BROADER'],
    ['CLOSE', 'NARROWER', 'NARROWER'],
    ['CLOSE', 'RELATED', null],
    ['BROADER', 'EXACT', 'BROADER'],
    ['BROADER', 'CLOSE', 'BROADER'],
    ['BROADER', 'BROADER', 'BROADER'],
    ['BROADER', 'NARROWER', null],
    ['BROADER', 'RELATED', null],
    ['NARROWER', 'EXACT', 'NARROWER'],
    ['NARROWER', 'CLOSE', 'NARROWER'],
    ['NARROWER', 'BROADER', null],
    ['NARROWER', 'NARROWER', 'NARROWER'],
    ['NARROWER', 'RELATED', null],
    ['RELATED', 'EXACT', null],
    ['RELATED', 'CLOSE', null],
    ['RELATED', 'BROADER', null],
    ['RELATED', 'NARROWER', null],
    ['RELATED', 'RELATED', null],
  ] as const)('of %s and %s is %s', (first, second, composed) => {
    expect(composeRelations(first, second)).toBe(composed);
  });

  it('is the same in the other direction', () => {
    for (const first of relations)
      for (const second of relations) {
        const composed = composeRelations(first, second);
        const back = composeRelations(invertRelation(second), invertRelation(first));
        expect(back).toBe(composed && invertRelation(composed));
      }
  });

  it('is never stronger than either', () => {
    for (const first of relations)
      for (const second of relations) {
        const composed = composeRelations(first, second);
        if (composed === null) continue;
        expect(compareStrength(composed, first)).toBeGreaterThanOrEqual(0);
        expect(compareStrength(composed, second)).toBeGreaterThanOrEqual(0);
      }
  });

  it('is not made stronger by a weaker statement', () => {
    // If CLOSE made every path CLOSE, CLOSE and BROADER would be stronger than EXACT and BROADER.
    for (const other of relations)
      for (const [first, second] of [
        [composeRelations('EXACT', other), composeRelations('CLOSE', other)],
        [composeRelations(other, 'EXACT'), composeRelations(other, 'CLOSE')],
      ])
        if (first && second) expect(compareStrength(second, first)).toBeGreaterThanOrEqual(0);
  });

  it('does not depend on which two of three are composed first', () => {
    const compose = (first: ReturnType<typeof composeRelations>, second: typeof first) =>
      first && second && composeRelations(first, second);
    for (const one of relations)
      for (const two of relations)
        for (const three of relations)
          expect(compose(compose(one, two), three)).toBe(compose(one, compose(two, three)));
  });
});

it.each([
  ['EXACT', 'EXACT'],
  ['CLOSE', 'CLOSE'],
  ['BROADER', 'NARROWER'],
  ['NARROWER', 'BROADER'],
  ['RELATED', 'RELATED'],
] as const)('%s in the other direction is %s', (relation, inverse) => {
  expect(invertRelation(relation)).toBe(inverse);
});

it('orders relations by strength, with BROADER and NARROWER in one place', () => {
  expect([...relations].reverse().sort(compareStrength)).toEqual(['EXACT', 'CLOSE', 'NARROWER', 'BROADER', 'RELATED']);
  expect(compareStrength('BROADER', 'NARROWER')).toBe(0);
});
