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

it('finds a key in another case or under its former name', () => {
  const { section, issues } = sectionOf({ intendedaudience: 'a', tags: 'b' });
  expect([section.value('intendedAudience'), section.value('categories', 'tags'), section.value('name')]).toEqual([
    'a',
    'b',
    null,
  ]);
  // Reading the same keys again reports nothing again.
  expect([section.value('intendedAudience'), section.value('categories')]).toEqual(['a', 'b']);
  section.reportUnknownKeys();
  expect(issues()).toEqual(['key-case at.intendedaudience', 'renamed-key at.tags']);
});

it('prefers the exact key and reports the other one as unknown', () => {
  const { section, issues } = sectionOf({ Name: 'a', name: 'b' });
  expect(section.value('name')).toBe('b');
  section.reportUnknownKeys();
  expect(issues()).toEqual(['unknown-key at.Name']);
});

it('reports a mandatory key without a value once', () => {
  const { section, issues } = sectionOf({ url: '', platforms: [], description: new Map(), name: '  ', roadmap: '' });
  section.requireKeys('url', 'platforms', 'description', 'name', 'legal');
  expect(['url', 'roadmap', 'legal'].map((key) => section.read(key, line(10)))).toEqual([null, null, null]);
  expect(issues()).toEqual([
    ...['url', 'platforms', 'description', 'name', 'legal'].map((key) => `missing at.${key}`),
    'empty-value at.roadmap',
  ]);
});

describe('readList', () => {
  const many = (value: YamlValue, maxItems = 10, options: { allowOne?: boolean; allowEmptyTexts?: boolean } = {}) => {
    const { section, issues } = sectionOf({ features: value });
    return [section.readList('features', line(20), maxItems, options), issues()];
  };
  it.each([
    ['reads each item', ['a', 'b'], ['a', 'b'], []],
    ['drops repeated items', ['a', ' a '], ['a'], ['repeated-value at.features[1]']],
    [
      'reports empty items, of any type',
      ['a', null, ' ', [], new Map()],
      ['a'],
      [1, 2, 3, 4].map((index) => `empty-value at.features[${index}]`),
    ],
    ['accepts one text', 'a', ['a'], ['not-a-list at.features']],
    ['accepts lines with bullets', '- a\n* b\n\n  • c', ['a', 'b', 'c'], ['not-a-list at.features']],
    [
      'accepts texts that YAML reads as sections',
      [new Map([['a', 'b']])],
      ['a: b'],
      ['section-for-text at.features[0]'],
    ],
    [
      'drops items that are not texts',
      [['a'], new Map<string, YamlValue>([['a', ['b']]])],
      [],
      ['wrong-type at.features[0]', 'wrong-type at.features[1]'],
    ],
  ])('%s', (_what, value: YamlValue, found, issues) => {
    expect(many(value)).toEqual([found, issues]);
  });
  it('drops items beyond the maximum', () => {
    expect(many(['a', 'b', 'c'], 2)).toEqual([['a', 'b'], ['over-limit at.features']]);
  });
  it('accepts one text without an issue if the standard allows it', () => {
    expect(many('a', 10, { allowOne: true })).toEqual([['a'], []]);
  });
  it('drops empty texts without an issue if the standard allows any text', () => {
    expect(many(['a', null, '', []], 10, { allowEmptyTexts: true })).toEqual([['a'], ['empty-value at.features[3]']]);
  });
});

it('reads a value instead of a section as the value of its main key', () => {
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

it('reads any other value instead of a section as an empty section', () => {
  const { section, issues } = sectionOf({ legal: 'MIT' });
  section.section('legal').requireKeys('license');
  expect(issues()).toEqual(['wrong-type at.legal', 'missing at.legal.license']);
});
