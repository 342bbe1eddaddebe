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
])('the distance of %s and %s is %p', (one, other, distance) => {
  expect(editDistance(one, other, 2)).toBe(distance);
  expect(editDistance(other, one, 2)).toBe(distance);
});
