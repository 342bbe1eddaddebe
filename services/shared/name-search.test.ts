import { InputError } from '../kit/graphql/errors.js';
import { parseSearch } from './name-search.js';
import { searchSql } from './name-search-sql.js';
import { createParameters } from '../kit/database/sql-parameters.js';

// What a search finds is tested with a database, in the services that search.

describe('parseSearch and searchSql', () => {
  it.each([
    [
      '  Høje-Taastrup ',
      { words: 'hoje taastrup', spellings: ['hoje taastrup', 'hoeje taastrup'], code: 'høje-taastrup' },
    ],
    ['DK_101', { words: 'dk 101', spellings: ['dk 101'], code: 'dk_101' }],
    ['0207.445 028', { words: '0207 445 028', spellings: ['0207 445 028'], code: '0207445028' }],
    ['a\0b', { words: 'a b', spellings: ['a b'], code: 'ab' }],
    ['St-Étienne', { words: 'st etienne', spellings: ['st etienne'], code: 'st-étienne' }],
    ['Saint', { words: 'saint', spellings: ['saint'], code: 'saint' }],
    [' -- ', null],
    ['', null],
    [null, null],
    [undefined, null],
  ])('for %j is read', (search, expected) => {
    expect(parseSearch(search)).toEqual(expected);
  });

  it.each(['x'.repeat(101), 'a b c d e f g h i', 'æ'.repeat(60)])('for %j is rejected', (search) => {
    expect(() => parseSearch(search)).toThrow(InputError);
    expect(() => parseSearch(search)).toThrow(/`search` is too long/);
  });

  it('queries the given table, with every word of the client as a value', () => {
    const parameter = createParameters();
    const sql = searchSql(
      { words: 'gent x', spellings: ['gent x'], code: 'gentx' },
      {
        from: 'organisation o',
        condition: 'o.exists',
        hasCode: (code) => `o.codes @> ARRAY[${code}]`,
        isFirst: 'o.large',
      },
      parameter,
    );
    expect(sql).toMatch(/SELECT id FROM organisation o WHERE o\.exists AND o\.codes @> ARRAY\[\$\d+\]/);
    expect(sql).not.toContain('gent');
    expect(parameter.values).toContain('gentx');
    // Neighbours swapped, in words long enough for it.
    expect(parameter.values).toContainEqual(['egnt', 'gnet', 'getn']);
  });
});
