import { lazyObjects } from './lazy-object.js';

it('a property is made from the input of its object, when it is first read, and once', () => {
  const made: string[] = [];
  const make = (text: string): string => {
    made.push(text);
    return text;
  };
  const create = lazyObjects<[string]>()({
    upper: (text) => make(text.toUpperCase()),
    twice: (text) => make(text + text),
  });
  const [one, other] = [create('a'), create('b')];
  expect([one.upper, one.upper, other.twice]).toEqual(['A', 'A', 'bb']);
  expect(made).toEqual(['A', 'bb']);
});
