import { applyRewrites } from './rewrites.js';

const isOfType = ({ __typename }: Record<string, unknown>, type: string): boolean => __typename === type;

it('a key renamer restores the name of a field in the objects of one type', () => {
  const data = {
    list: [
      { __typename: 'Town', name__alias_0: 'A' },
      { __typename: 'Group', name__alias_0: 'B' },
      { name__alias_0: 'C' },
      null,
    ],
  };
  applyRewrites(
    data,
    [{ kind: 'KeyRenamer', path: ['list', '... on Town', 'name__alias_0'], renameKeyTo: 'name' }],
    isOfType,
  );
  expect(JSON.parse(JSON.stringify(data))).toEqual({
    list: [{ __typename: 'Town', name: 'A' }, { __typename: 'Group', name__alias_0: 'B' }, { name: 'C' }, null],
  });
});

it('a value setter sets a value', () => {
  const data = { __typename: 'Town' };
  applyRewrites(data, [{ kind: 'ValueSetter', path: ['__typename'], setValueTo: 'Body' }], isOfType);
  expect(data).toEqual({ __typename: 'Body' });
});
