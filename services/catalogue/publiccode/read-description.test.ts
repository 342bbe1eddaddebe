import { changed, issuesOf, readText } from './testing/samples.js';

const descriptionOf = (text: string) => readText(text).record?.description[0];
const enough = 'x'.repeat(150);

it.each([
  ['a missing description', /description:[^]*legal:/, 'legal:', ['ERROR description missing']],
  ['an invalid language tag', '  da:', '  Danish:', ['ERROR description.Danish unknown-value']],
  ['a language in another form', '  da:', '  DA:', ['INFO description.DA language-case']],
  ['no short description', / {4}shortDescription.*\n/, '', ['ERROR description.da.shortDescription missing']],
  ['no long description', / {4}longDescription.*\n/, '', ['ERROR description.da.longDescription missing']],
  ['no features', / {4}features.*\n/, '', ['ERROR description.da.features missing']],
  ['features that are a text', /features.*\n/, 'features: Frister\n', ['WARNING description.da.features not-a-list']],
  [
    'a short long description',
    /longDescription.*\n/,
    'longDescription: kort\n',
    ['ERROR description.da.longDescription too-short'],
  ],
  [
    'a long short description',
    /shortDescription.*\n/,
    `shortDescription: ${'æ'.repeat(151)}\n`,
    ['WARNING description.da.shortDescription too-long'],
  ],
  [
    'a deprecated key',
    'shortDescription',
    'genericName: x\n    shortDescription',
    ['INFO description.da.genericName deprecated-key'],
  ],
])('reports %s', (_what, from, to, issues) => {
  expect(issuesOf(changed(from, to))).toEqual(issues);
});

it('requires the long description and the features in one language only', () => {
  expect(issuesOf(changed('legal:', '  en: {shortDescription: Follows a case}\nlegal:'))).toEqual([]);
});

it('keeps the first of two sections of the same language', () => {
  const text = changed('legal:', '  DA: {shortDescription: En anden}\nlegal:');
  expect(readText(text).record?.description).toHaveLength(1);
  expect(issuesOf(text)).toEqual(['INFO description.DA language-case', 'ERROR description.DA duplicate-key']);
});

it('reads a text instead of a section as the description that its length fits', () => {
  const text = (value: string) => changed(/ {2}da:[^]*legal:/, `  da: ${value}\nlegal:`);
  expect(descriptionOf(text('Følger en sag'))).toMatchObject({
    shortDescription: 'Følger en sag',
    longDescription: null,
  });
  expect(descriptionOf(text(`${enough}.`))).toMatchObject({ shortDescription: null, longDescription: `${enough}.` });
});

it('truncates a short description to the length that the standard allows', () => {
  const cut = descriptionOf(
    changed(/shortDescription.*\n/, `shortDescription: ${'æ'.repeat(200)}\n`),
  )?.shortDescription;
  expect(cut).toBe(`${'æ'.repeat(149)}…`);
});

it('keeps line breaks in long descriptions only', () => {
  const text = changed(/ {4}longDescription.*\n/, `    longDescription: |\n      a  \n\n        ${enough}\n\n`);
  expect(descriptionOf(text)?.longDescription).toBe(`a\n\n  ${enough}`);
});
