import { editDistance } from './edit-distance.js';

it.each([
  ['prignano', 'prignano', 0],
  ['prignano', 'prigano', 1],
  ['prignano', 'prignanno', 1],
  ['prignano', 'prignamo', 1],
  ['prignano', 'prginano', 1],
  ['bologna', 'bolonag', 2],
  ['ca', 'abc', Infinity],
  ['modena', 'parma', Infinity],
  ['a', 'abcdef', Infinity],
  ['', 'ab', 2],
])('between %s and %s: %p', (one, other, errors) => {
  expect(editDistance(one, other, 2)).toBe(errors);
  expect(editDistance(other, one, 2)).toBe(errors);
});
