import {
  boolean,
  day,
  pastDay,
  line,
  organisationName,
  platform,
  prose,
  repositoryAddress,
  webAddress,
  wordOf,
} from './read-values.js';
import { fileAddress as addressOfFile } from './read-files.js';
import { collectIssues } from './rules.js';
import { locationAt, type Reader } from './section.js';
import type { YamlValue } from './values.js';
import { developmentStatuses, maintenanceTypes, softwareTypes } from './vocabulary.js';

const fileAddress = addressOfFile();

/** What is read of a value, and the rules of the issues. */
function read(reader: Reader<unknown>, value: YamlValue): unknown[] {
  const { issues, report } = collectIssues();
  return [reader(value, locationAt('', report)), ...issues.map(({ rule }) => rule)];
}

it.each<[string, Reader<unknown>, YamlValue, ...unknown[]]>([
  ['a text', line(9), ' a\n b ', 'a b'],
  ['a text on lines', prose(9), ' a\n b ', 'a\n b'],
  ['a number that is meant as text', line(9), { written: '1.10' }, '1.10', 'not-text'],
  ['a boolean that is meant as text', line(9), true, 'true', 'not-text'],
  ['a text that is too long', line(5), 'abcdefgh', 'abcd…', 'over-limit'],
  ['a text that the standard finds too long', line(5, 'too-long'), 'abcdefgh', 'abcd…', 'too-long'],
  ['control characters', line(9), 'a\0b', 'ab', 'control-characters'],
  ['nothing but control characters', line(9), '\0', null, 'control-characters'],
  ['a name with somebody’s address', organisationName, 'Havnen <a@b.example>', 'Havnen', 'persons-not-kept'],
  ['nothing but somebody’s address', organisationName, 'a@b.example', null, 'persons-not-kept'],
  ['a web address', webAddress, ' https://a.example/b?c#d ', 'https://a.example/b?c#d'],
  ['an address without scheme', webAddress, 'www.a.example', null, 'bad-url'],
  ['a script', webAddress, 'JavaScript:alert(1)', null, 'unsafe-url'],
  [
    'a script behind a control character',
    webAddress,
    '\u0001javascript:alert(1)',
    null,
    'control-characters',
    'unsafe-url',
  ],
  ['data', webAddress, 'data:text/html,x', null, 'unsafe-url'],
  ['a blank in an address', webAddress, 'https://a.example/b c', null, 'bad-url'],
  ['an address that is too long', webAddress, `https://a.example/${'b'.repeat(3000)}`, null, 'over-limit', 'bad-url'],
  ['a password', webAddress, 'https://u:p@a.example/b', 'https://a.example/b', 'credentials'],
  ['a repository for git', repositoryAddress, 'git@github.com:A/b.git', 'https://github.com/a/b', 'mended-url'],
  ['a repository for browsers', repositoryAddress, 'https://github.com/A/b.git', 'https://github.com/A/b.git'],
  [
    'a repository of an unknown forge, for git',
    repositoryAddress,
    'git@a.example:b',
    'https://a.example/b',
    'mended-url',
  ],
  [
    'a repository over ssh',
    repositoryAddress,
    'ssh://git@a.example:22/B/c.git',
    'https://a.example/B/c',
    'git-address',
  ],
  ['a repository over git', repositoryAddress, 'git://a.example/b', 'https://a.example/b', 'git-address'],
  ['a repository without scheme', repositoryAddress, 'a.example/b', 'https://a.example/b', 'mended-url'],
  ['a word instead of a repository', repositoryAddress, 'foobar', null, 'bad-url'],
  ['an urn instead of a repository', repositoryAddress, 'urn:dk:solution:a', null, 'bad-url'],
  ['a path', fileAddress, 'img/a logo.svg', 'img/a logo.svg'],
  ['a path from the root', fileAddress, '/img/a.svg', null, 'bad-url'],
  ['a file', fileAddress, 'file:///a.svg', null, 'unsafe-url'],
  ['a script for a path', fileAddress, new Map([['javascript', 'alert(1)']]), null, 'section-for-text', 'unsafe-url'],
  ['a day', day, '2024-02-29', '2024-02-29'],
  ['a day that YAML 1.1 takes for a date', day, { written: '2024-02-29' }, '2024-02-29'],
  ['a day without its zero', day, '2021-08-2', '2021-08-02', 'date-form'],
  ['a day with a time', day, '2024-01-02T00:00:00.000Z', '2024-01-02', 'date-form'],
  ['a day with a time and a zone', day, '2024-01-02 23:59:59 +02:00', '2024-01-02', 'date-form'],
  ['a day with slashes', day, '2024/1/2', '2024-01-02', 'date-form'],
  ['a day without separators', day, { written: '20240102' }, '2024-01-02', 'date-form'],
  ['a day that may be the second or the first', day, '02/01/2024', null, 'bad-date'],
  ['a month', day, '2024-01', null, 'bad-date'],
  ['a day that the calendar has not', day, '2021-31-01', null, 'bad-date'],
  ['a day that has not come yet', pastDay, '9999-12-31', null, 'future-date'],
  ['a moment', day, '2021-01-01T00:00:00Z', '2021-01-01', 'date-form'],
  ['true', boolean, true, true],
  ['yes', boolean, 'Yes', true, 'not-boolean'],
  ['no', boolean, 'no', false, 'not-boolean'],
  ['maybe', boolean, 'maybe', null, 'wrong-type'],
  ['a word', wordOf(softwareTypes), 'standalone/web', 'STANDALONE_WEB'],
  ['a word in other letters', wordOf(developmentStatuses), 'Stable', 'STABLE', 'mapped-value'],
  ['a word that means one', wordOf(developmentStatuses), 'production', 'STABLE', 'mapped-value'],
  ['a type without its family', wordOf(softwareTypes), 'web', 'STANDALONE_WEB', 'mapped-value'],
  ['another', wordOf(softwareTypes), 'softwareAddon', 'ADDON', 'mapped-value'],
  ['another', wordOf(softwareTypes), 'standalone/Api', 'STANDALONE_BACKEND', 'mapped-value'],
  ['a word that is not in the vocabulary', wordOf(softwareTypes), 'standalone', null, 'unknown-value'],
  ['another', wordOf(maintenanceTypes), 'external', null, 'unknown-value'],
  ['a platform', platform, 'Web', 'web', 'value-case'],
  ['a platform that is not the standard’s', platform, 'Haven', 'Haven'],
])('reads %s', (_what, reader, value, ...expected) => {
  expect(read(reader, value)).toEqual(expected);
});
