import { UnderWay } from './in-flight.js';

const always = (): boolean => true;
const long = 'x'.repeat(1_000);

/** Joins, and begins works that are numbered. */
function start() {
  const underWay = new UnderWay<{ readonly number: number }>();
  let begun = 0;
  const join = (text: string, suits: (work: { readonly number: number }) => boolean = always) =>
    underWay.join(text, suits, () => ({ number: (begun += 1) }));
  return { underWay, join };
}

it('finds work by its text, however long, as long as it is not over', () => {
  const { underWay, join } = start();
  const { work, isNew } = join(`${long}one`);
  expect([work.number, isNew]).toEqual([1, true]);
  expect(join(`${long}one`)).toEqual({ work, isNew: false });
  underWay.forget(work);
  underWay.forget(work);
  expect(join(`${long}one`)).toEqual({ work: { number: 2 }, isNew: true });
});

it.each([
  ['in its end', `${long}one`, `${long}two`],
  ['in its beginning alone', `one${long}`, `two${long}`],
  ['in its length alone', long, `${long}x`],
])('begins other work for a text that differs %s', (_where, one, other) => {
  const { join } = start();
  join(one);
  expect(join(other).work.number).toBe(2);
  expect([join(one).work.number, join(other).work.number]).toEqual([1, 2]);
});

it('begins work anew that does not suit, and then finds what does', () => {
  const { join } = start();
  join('text');
  const isSecond = ({ number }: { readonly number: number }): boolean => number === 2;
  expect(join('text', isSecond)).toEqual({ work: { number: 2 }, isNew: true });
  expect(join('text', isSecond)).toEqual({ work: { number: 2 }, isNew: false });
});
