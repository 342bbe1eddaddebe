import { changed, issuesOf, readText } from './testing/samples.js';

const recordOf = (added: string, legal = '') => readText(changed('legal:\n', `legal:\n${legal}`, added)).record;
const owner = '  repoOwner: Fjordby Kommune\n';
const italian = (key: string) =>
  `${key}: {riuso: {codiceIPA: C_H501}, piattaforme: {spid: true, io: false}, conforme: {gdpr: yes}}\n`;

describe('readOrganisation', () => {
  it.each([
    [
      'its own section',
      'organisation: {uri: https://fjordby.example, name: Fjordby}\n',
      '',
      { uri: 'https://fjordby.example', name: 'Fjordby' },
    ],
    ['the Italian section', italian('IT'), '', { uri: 'urn:x-italian-pa:c_h501', name: null }],
    [
      'the Italian section in small letters',
      italian('it'),
      owner,
      { uri: 'urn:x-italian-pa:c_h501', name: 'Fjordby Kommune' },
    ],
    ['the owner of the repository', '', owner, { uri: null, name: 'Fjordby Kommune' }],
    [
      'the owner by its address',
      '',
      '  repoOwner: https://fjordby.example\n',
      { uri: 'https://fjordby.example', name: null },
    ],
    ['nothing', '', '', null],
    ['an empty section', 'organisation:\n', '', null],
    [
      'its own section before the Italian',
      `organisation: {uri: urn:x-dk:a}\n${italian('it')}`,
      '',
      { uri: 'urn:x-dk:a', name: null },
    ],
  ])('reads the publisher from %s', (_what, added, legal, organisation) => {
    expect(recordOf(added, legal)?.organisation).toEqual(organisation);
  });

  it.each([
    ['organisation: {name: Fjordby}\n', ['ERROR organisation.uri missing']],
    ['organisation: {uri: fjordby}\n', ['ERROR organisation.uri bad-url']],
    ['organisation: Fjordby\n', ['ERROR organisation wrong-type']],
    [
      'organisation: {uri: urn:x-italian-pa:c_h501}\nit: {riuso: {codiceIPA: pcm}}\n',
      ['WARNING it deprecated-section', 'WARNING organisation.uri contradicting-organisations'],
    ],
    [
      'it: {riuso: {codiceIPA: pcm}}\nIT: {riuso: {codiceIPA: pcm}}\n',
      ['WARNING IT deprecated-section', 'WARNING it deprecated-section', 'WARNING it repeated-section'],
    ],
    ['it: {riuso: {codiceIPA: c h501}}\n', ['WARNING it deprecated-section', 'ERROR it.riuso.codiceIPA unknown-value']],
  ])('reports %j', (added, issues) => {
    expect(issuesOf(changed('', '', added))).toEqual(issues);
  });
});

it('adds the platforms and rules of the Italian section to supports', () => {
  expect(recordOf(`supports: [{id: alias:spid}]\n${italian('it')}`)?.supports).toEqual(['alias:spid', 'alias:gdpr']);
});

describe('readLegal', () => {
  it.each([
    ['EUPL 1.2', 'EUPL-1.2', ['WARNING legal.license mapped-value']],
    ['GPL-3.0', 'GPL-3.0', ['WARNING legal.license licence-deprecated']],
    ['EUPL-1.2-or-later', 'EUPL-1.2-or-later', ['ERROR legal.license licence-unknown']],
    ['""', null, ['ERROR legal.license missing']],
  ])('reads the licence %s', (written, license, issues) => {
    const text = changed('license: EUPL-1.2', `license: ${written}`);
    expect(readText(text).record?.legal.license).toBe(license);
    expect(issuesOf(text)).toEqual(issues);
  });
});

it('reads funding organisations by name, by address or from a text', () => {
  expect(
    recordOf('fundedBy: [{name: A, uri: https://a.example}, {uri: https://b.example}, C, {}]\n')?.fundedBy,
  ).toEqual([
    { name: 'A', uri: 'https://a.example' },
    { name: null, uri: 'https://b.example' },
    { name: 'C', uri: null },
  ]);
});
