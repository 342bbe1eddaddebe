import { line } from './read-values.js';
import { collectIssues } from './rules.js';
import { locationAt, Section, sectionWith } from './section.js';
import type { YamlValue } from './values.js';

/** A section, and its issues as `rule path`. */
function sectionOf(values: Readonly<Record<string, YamlValue>>): { section: Section; issues: () => string[] } {
  const { issues, report } = collectIssues();
  const section = new Section(new Map(Object.entries(values)), locationAt('at', report));
  return { section, issues: () => issues.map(({ rule, path }) => `${rule} ${path}`) };
}

it('finds a key in other letters, or by the name it once had', () => {
  const { section, issues } = sectionOf({ intendedaudience: 'a', tags: 'b' });
  expect([section.value('intendedAudience'), section.value('categories', 'tags'), section.value('name')]).toEqual([
    'a',
    'b',
    null,
  ]);
  // Asked again, it says nothing again.
  expect([section.value('intendedAudience'), section.value('categories')]).toEqual(['a', 'b']);
  section.reportUnknownKeys();
  expect(issues()).toEqual(['key-case at.intendedaudience', 'renamed-key at.tags']);
});

it('prefers the key itself, and reports the other as unknown', () => {
  const { section, issues } = sectionOf({ Name: 'a', name: 'b' });
  expect(section.value('name')).toBe('b');
  section.reportUnknownKeys();
  expect(issues()).toEqual(['unknown-key at.Name']);
});

it('misses what is mandatory and says nothing, once', () => {
  const { section, issues } = sectionOf({ url: '', platforms: [], description: new Map(), name: '  ', roadmap: '' });
  section.requireKeys('url', 'platforms', 'description', 'name', 'legal');
  expect(['url', 'roadmap', 'legal'].map((key) => section.read(key, line(10)))).toEqual([null, null, null]);
  expect(issues()).toEqual([
    ...['url', 'platforms', 'description', 'name', 'legal'].map((key) => `missing at.${key}`),
    'empty-value at.roadmap',
  ]);
});

describe('a list', () => {
  const many = (value: YamlValue, most = 10, allowOne = false) => {
    const { section, issues } = sectionOf({ features: value });
    return [section.readList('features', line(20), most, { allowOne }), issues()];
  };
  it.each([
    ['is read item by item', ['a', 'b'], ['a', 'b'], []],
    ['loses what is empty and what is repeated', ['a', null, '', ' a '], ['a'], ['repeated-value at.features[3]']],
    ['may be one text', 'a', ['a'], ['not-a-list at.features']],
    ['may be lines with bullets', '- a\n* b\n\n  • c', ['a', 'b', 'c'], ['not-a-list at.features']],
    ['may hold what YAML takes for a section', [new Map([['a', 'b']])], ['a: b'], ['not-text at.features[0]']],
    [
      'loses what is no text',
      [['a'], new Map<string, YamlValue>([['a', ['b']]])],
      [],
      ['wrong-type at.features[0]', 'wrong-type at.features[1]'],
    ],
  ])('%s', (_what, value: YamlValue, found, issues) => {
    expect(many(value)).toEqual([found, issues]);
  });
  it('is no longer than allowed', () => {
    expect(many(['a', 'b', 'c'], 2)).toEqual([['a', 'b'], ['too-many at.features']]);
  });
  it('may be one text where the standard says so', () => {
    expect(many('a', 10, true)).toEqual([['a'], []]);
  });
});

it('takes a value that should be a section for what stands under its main key', () => {
  const { section, issues } = sectionOf({
    open: [
      new Map([
        ['name', 'a'],
        ['nam', 'b'],
      ]),
      'c',
      ['d'],
    ],
  });
  expect(
    section.readList(
      'open',
      sectionWith('name', (item) => item.readText('name', line(10))),
      10,
    ),
  ).toEqual(['a', 'c']);
  expect(issues()).toEqual(['unknown-key at.open[0].nam', 'not-a-section at.open[1]', 'wrong-type at.open[2]']);
});

it('takes anything else where a section should be for an empty one', () => {
  const { section, issues } = sectionOf({ legal: 'MIT' });
  section.section('legal').requireKeys('license');
  expect(issues()).toEqual(['wrong-type at.legal', 'missing at.legal.license']);
});
