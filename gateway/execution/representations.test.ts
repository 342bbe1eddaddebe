import type { QueryPlanSelectionNode } from '@apollo/query-planner';

import { toRepresentation } from './representations.js';

const field = (name: string, selections?: QueryPlanSelectionNode[]): QueryPlanSelectionNode => ({
  kind: 'Field',
  name,
  ...(selections ? { selections } : {}),
});
const on = (typeCondition: string, ...names: string[]): QueryPlanSelectionNode => ({
  kind: 'InlineFragment',
  typeCondition,
  selections: ['__typename', ...names].map((name) => field(name)),
});
const isOfType = ({ __typename }: Record<string, unknown>, type: string): boolean => __typename === type;

it('a representation contains the type and the required fields only', () => {
  const object = { __typename: 'Town', ref: 'a', name: 'A' };
  expect(toRepresentation(object, [on('Town', 'ref'), on('Group', 'ref')], isOfType)).toEqual({
    __typename: 'Town',
    ref: 'a',
  });
});

it('an object of another type, or without its key, has no representation', () => {
  expect(toRepresentation({ __typename: 'Group', ref: 'a' }, [on('Town', 'ref')], isOfType)).toBeNull();
  expect(toRepresentation({ __typename: 'Town' }, [on('Town', 'ref')], isOfType)).toBeNull();
});

it('a representation includes keys that are objects and lists', () => {
  const object = { __typename: 'Town', codes: [{ value: '1', more: 2 }, null] };
  const requires = [field('__typename'), field('codes', [field('value')])];
  expect(toRepresentation(object, requires, isOfType)).toEqual({ __typename: 'Town', codes: [{ value: '1' }, null] });
});
