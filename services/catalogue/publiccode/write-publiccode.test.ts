import { parse } from 'yaml';

import type { PubliccodeRecord } from './record.js';
import { changed, complete, issuesOf, minimal, readText } from './testing/samples.js';
import { writePubliccode } from './write-publiccode.js';

const recordOf = (text: string): PubliccodeRecord => {
  const { record } = readText(text);
  if (!record) throw new Error('There is no record.');
  return record;
};
const written = (text: string) => writePubliccode(recordOf(text));

it.each([
  ['the least that is valid', minimal],
  ['everything that there is', complete],
  ['a publisher without URI', changed('legal:\n', 'legal:\n  repoOwner: Fjordby Kommune\n')],
  [
    'what older versions wrote',
    changed('standalone/web', 'web', 'it: {riuso: {codiceIPA: C_H501}, piattaforme: {spid: true}}\n'),
  ],
])('writes %s as a valid file, which is read as the same record', (_what, text) => {
  const { text: again, faults, isValid } = written(text);
  expect([isValid, faults]).toEqual([true, []]);
  expect(readText(again).record).toEqual(recordOf(text));
  expect(issuesOf(again).filter((issue) => !/^INFO legal.repoOwner /.test(issue))).toEqual([]);
});

it.each([
  ['no licence', '  license: EUPL-1.2', '  mainCopyrightOwner: A', 'legal.license', 'missing'],
  ['a licence that SPDX does not know', 'EUPL-1.2', 'EUPL-1.2-or-later', 'legal.license', 'licence-unknown'],
  [
    'a contractor without a contract',
    'none',
    'none\n  contractors: [{name: A, until: "2030-01-01"}]',
    'maintenance.contractors',
    'contractors-without-contract',
  ],
  [
    'contacts, which are not kept',
    'type: none',
    'type: internal\n  contacts: [{name: Ane Vig}]',
    'maintenance.contacts',
    'missing',
  ],
  ['a logo of a wrong type', 'platforms', 'logo: a.jpg\nplatforms', 'logo', 'file-type'],
  ['no type of software', 'softwareType: standalone/web', '', 'softwareType', 'missing'],
  [
    'a short long description',
    /longDescription.*\n/,
    'longDescription: kort\n',
    'description.da.longDescription',
    'too-short',
  ],
])('reports that %s makes the file invalid, and makes no value up', (_what, from, to, path, rule) => {
  const { text, faults, isValid } = written(changed(from, to));
  expect(isValid).toBe(false);
  expect(faults).toEqual([expect.objectContaining({ path, rule })]);
  expect(text).toMatch(/^# Not valid publiccode.yml 0.7 yet:\n# \S+ .+\npubliccodeYmlVersion: "0.7"\n/);
  expect(readText(text).record).toEqual(recordOf(changed(from, to)));
});

it('invents no contact', () => {
  const { text } = written(changed('type: none', 'type: community\n  contacts: [{name: Ane Vig}]'));
  expect(parse(text)).toMatchObject({ maintenance: { type: 'community' } });
  expect(parse(text)).not.toHaveProperty('maintenance.contacts');
});

it('states where a fault is in the text', () => {
  const { text, faults } = written(changed('  license: EUPL-1.2', '  mainCopyrightOwner: A'));
  expect(faults.map(({ line }) => text.split('\n')[(line ?? 0) - 1])).toEqual(['legal:']);
});

it('omits unknown values', () => {
  expect(Object.keys(parse(written(minimal).text) as object)).toEqual([
    ...['publiccodeYmlVersion', 'name', 'url', 'platforms', 'developmentStatus', 'softwareType'],
    ...['description', 'legal', 'maintenance', 'localisation'],
  ]);
});

it('quotes texts that YAML 1.1 would read as other types', () => {
  const { text } = written(complete);
  expect(parse(text, { version: '1.1' })).toEqual(parse(text));
});

it('reads any text as it was written', () => {
  let seed = 20_261_123;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const pieces = [
    ...[
      'a',
      'Ø',
      ' ',
      '  ',
      '\n',
      '\n\n',
      '\n  ',
      '"',
      "'",
      '\\',
      '#',
      ' #',
      ': ',
      ':',
      '- ',
      '|',
      '>',
      '%',
      '@',
      '`',
      '&a',
      '*a',
    ],
    ...[
      '!',
      '{',
      '}',
      '[',
      ']',
      ',',
      '?',
      '\t',
      '\u2028',
      '\u0085',
      '\ufeff',
      '\u{1F600}',
      'yes',
      'null',
      '~',
      '1.0',
      '---',
      '...',
    ],
    ...['2020-01-01', '<a@b.example>', '\0', '\r', 'x'.repeat(60)],
  ];
  const text = () => Array.from({ length: 1 + random(12) }, () => pieces[random(pieces.length)]).join('');
  for (let round = 0; round < 300; round += 1) {
    const [longDescription, ...texts] = Array.from({ length: 8 }, text);
    // As a file may hold them: JSON is YAML.
    const da = { shortDescription: text(), longDescription, features: texts, localisedName: text() };
    const file = JSON.stringify({ name: `a${text()}`, description: { da }, usedBy: texts, softwareVersion: text() });
    const record = recordOf(file);
    expect(readText(writePubliccode(record).text).record).toEqual(record);
  }
});
