import { codeScheme } from './code-forms.js';
import { toSolutionAddress } from './solution-address.js';
import {
  calendarDay,
  countryCode,
  exactly,
  languageTag,
  moment,
  nutsCode,
  organisationId,
  rowId,
  solutionAddress,
  type ValueForm,
  webAddress,
} from './value-form.js';
import { parseUrl } from './parse-url.js';

describe('a solution address', () => {
  const owners = ['os2mo', 'a', 'orgs', 'users', 'topics', 'sponsors', 'explore', 'OS2mo', 'a.b', '-a', '..', ''];
  const names = ['os2mo', 'a-1', 'os2mo.git', 'A', 'a/tree', 'tree', 'wiki', 'a//b', '.', ''];
  const addresses = ['github.com', 'GitHub.com', 'gitlab.com', 'www.github.com'].flatMap((host) =>
    owners.flatMap((owner) => names.map((name) => `${host}/${owner}/${name}`)),
  );
  it('is valid if and only if it is canonical', () => {
    for (const address of [...addresses, 'urn:dk:solution:a', 'urn:dk:solution:', '', 'x'.repeat(600)])
      expect([address, solutionAddress.isValid(address)]).toEqual([address, toSolutionAddress(address) === address]);
  });
});

describe('a web address', () => {
  const hosts = [
    'os2.eu',
    'a.b.example',
    'a_b.eu',
    'xn--a.eu',
    'x.xn--zz',
    '1.2.3.999',
    '1.2',
    'localhost',
    'a..eu',
    '-a.eu',
    '[::1]',
    'bücher.eu',
  ];
  const ends = [
    '',
    '/',
    '/a?b#c',
    ':80',
    ':99999',
    ':x',
    '/%zz',
    '/"<>',
    '/a b',
    '?x',
    '#x',
    '\\@evil.eu',
    '/\u202egpj',
    '/\ud800',
  ];
  it('is valid only if it can be parsed, with slashes and without spaces and invisible characters', () => {
    for (const scheme of ['https://', 'http://', 'HTTPS://', 'ftp://', 'https:', 'javascript://'])
      for (const address of hosts.flatMap((host) => ends.map((end) => `${scheme}${host}${end}`))) {
        const expected =
          /^https?:\/\/\S+$/i.test(address) && !/\u202e|\ud800/.test(address) && parseUrl(address) !== null;
        expect([address, webAddress.isValid(address)]).toEqual([address, expected]);
      }
  });

  it('has at most 2,000 characters', () => {
    expect([1_980, 1_990].map((length) => webAddress.isValid(`https://os2.eu/${'x'.repeat(length)}`))).toEqual([
      true,
      false,
    ]);
  });
});

it('a day is one that the calendar has, in every month', () => {
  for (let month = 0; month <= 13; month += 1)
    for (let day = 0; day <= 32; day += 1) {
      const [mm, dd] = [month, day].map((number) => String(number).padStart(2, '0'));
      const date = new Date(Date.UTC(2024, month - 1, day));
      const exists = month >= 1 && month <= 12 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
      expect(calendarDay.isValid(`2024-${mm}-${dd}`)).toBe(exists);
      expect(moment.isValid(`2024-${mm}-${dd}T09:30:00Z`)).toBe(exists);
    }
});

it.each([
  [languageTag, ['fr', 'nl-BE'], ['', 'fr_BE', 'x'.repeat(36)]],
  [countryCode, ['DK'], ['dk', 'DNK']],
  [rowId('DK', 'record'), ['dk:record:os2mo'], ['be:record:a', 'dk:claim:a', 'dk:record:', 'dk:record:A']],
  [rowId(undefined, 'record'), ['dk:record:os2mo', 'be:record:a'], ['record:a']],
  [organisationId(), ['dk:administration:0820', 'be:consortium:imio'], ['dk:record:a', '']],
  [organisationId('DK', 'consortium'), ['dk:consortium:os2'], ['be:consortium:imio', 'dk:administration:0820']],
])('%j allows exactly what it states', ({ isValid }, valid, invalid) => {
  expect(valid.filter(isValid)).toEqual(valid);
  expect(invalid.filter(isValid)).toEqual([]);
});

describe.each<[string, ValueForm, string, string]>([
  ['a day', calendarDay, '2024-02-28', '2024-02-30'],
  ['a country', countryCode, 'DK', 'dk'],
  ['a language', languageTag, 'fr-BE', 'fr_BE'],
  ['a region', nutsCode, 'BE3', 'BE-3'],
  ['a row', rowId('DK', 'record'), 'dk:record:os2-mo', 'dk:claim:os2-mo'],
  ['a row of any country', rowId(undefined, 'record'), 'it:record:a', 'I1:record:a'],
  ['an organisation', organisationId(), 'be:consortium:a-1', 'be:consortium:a-'],
  ['an administration', organisationId('DK', 'administration'), 'dk:administration:0751', 'dk:administration:-'],
  ['a code list', codeScheme, 'DK_KLE', '1_KLE'],
  ['a moment', moment, '2026-11-23T09:30:00Z', '2026-11-23T24:00:00Z'],
  ['an address of a repository', solutionAddress, 'github.com/os2mo/os2mo', 'github.com/orgs/os2mo'],
  ['an address of a service', solutionAddress, 'urn:it:solution:pdnd', 'urn:it:solution:-'],
  ['one text', exactly('dk:catalogue'), 'dk:catalogue', 'dk:catalogue2'],
])('%s, by its bytes,', (_name, { isUsual = () => false, isValid }, valid, invalid) => {
  const isUsualText = (text: string): boolean => isUsual(Buffer.from(`"${text}"`), 1, 1 + Buffer.byteLength(text));

  it('is usual', () => {
    expect([valid, invalid].map(isUsualText)).toEqual([true, false]);
  });

  it('is never usual if it is invalid', () => {
    const characters = ['aZ09-_:. "\\é'.split(''), 'a'.repeat(100), ''].flat();
    const changed = Array.from({ length: valid.length + 1 }, (_none, at) => at).flatMap((at) =>
      characters.flatMap((added) => [at, at + 1, at + 2].map((rest) => valid.slice(0, at) + added + valid.slice(rest))),
    );
    for (const text of changed) if (isUsualText(text)) expect([text, isValid(text)]).toEqual([text, true]);
  });
});
