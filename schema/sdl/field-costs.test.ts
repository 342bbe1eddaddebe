import { isInterfaceType, isObjectType } from 'graphql';

import { readProjectFile } from '../files.js';
import { apiSchema } from './api-schema.js';
import { fieldCosts } from './field-costs.js';

const schema = apiSchema('the supergraph', readProjectFile('schema/supergraph.graphql'));

it.each(Object.keys(fieldCosts))('the cost of %s belongs to a field that clients see', (coordinate) => {
  const [typeName = '', field = ''] = coordinate.split('.');
  const type = schema.getType(typeName);
  expect(isObjectType(type) || isInterfaceType(type) ? Object.keys(type.getFields()) : []).toContain(field);
});

const lengthOf = (from: unknown, to: unknown, interval?: unknown): unknown => {
  const length = fieldCosts['Solution.growth']?.length;
  return typeof length === 'function' ? length({ from, to, interval }) : length;
};

it.each([
  ['2020-01-01', '2020-12-31', 'MONTH', 13],
  ['2000-01-01', '2026-01-01', undefined, 27],
  ['2000-01-01', '2026-01-01', null, 27],
  ['2000-01-01', '2005-01-01', 'QUARTER', 21],
  ['2020-01-01', '2020-01-01', 'YEAR', 1],
])('a series from %s to %s by %s counts with its points, or two more at most', (from, to, interval, points) => {
  const length = Number(lengthOf(from, to, interval));
  expect(length).toBeGreaterThanOrEqual(points);
  expect(length).toBeLessThanOrEqual(points + 2);
});

it.each([
  ['1984-12-31', '2026-07-31', 'MONTH'],
  ['0001-01-01', '9999-12-31', 'YEAR'],
  ['2020-01-01', 'soon', 'YEAR'],
  ['2020-01-01', '2021-01-01', 'DECADE'],
  [undefined, '2021-01-01', 'YEAR'],
  ['2021-01-01', '2000-01-01', 'YEAR'],
])('a series from %s to %s by %s counts with the maximum', (from, to, interval) => {
  expect(lengthOf(from, to, interval)).toBe(500);
});

it.each([
  ['school', 1],
  [' parents  register\ttheir children ', 4],
  ['word '.repeat(30), 30],
  ['word '.repeat(5_000), 30],
  [undefined, 30],
])('a reuse check of "%.40s" costs by its words, up to the longest that was measured', (text, words) => {
  const weight = fieldCosts['Query.reuseCheck']?.weight;
  expect(typeof weight === 'function' && weight((name) => (name === 'text' ? text : undefined))).toBe(
    4_000 + 2_000 * words,
  );
});
