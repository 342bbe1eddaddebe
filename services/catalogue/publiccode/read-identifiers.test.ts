import { country, italianOrganisation, language, supported, uri } from './read-identifiers.js';
import { collectIssues } from './rules.js';
import { locationAt, type Reader } from './section.js';

it.each<[Reader<string>, string, string | null, ...string[]]>([
  [language, 'da', 'da'],
  [language, 'sl-IT-nedis', 'sl-IT-nedis'],
  [language, 'it_IT', 'it-IT', 'language-form'],
  [language, 'EN', 'en', 'language-case'],
  [language, 'cim-IT', 'cim-IT'],
  [language, 'xxx', 'xxx', 'language-unknown'],
  [language, 'en-ZYXZ', 'en-Zyxz', 'language-case', 'language-unknown'],
  [language, 'de-u-co-phonebk', 'de-u-co-phonebk'],
  [language, 'ita', 'it', 'language-form'],
  [language, 'Italian', null, 'unknown-value'],
  [language, 'x-own', null, 'unknown-value'],
  [language, 'd', null, 'unknown-value'],
  [country, 'DK', 'DK'],
  [country, 'dk', 'DK', 'country-case'],
  [country, 'Dk', 'DK', 'mapped-value'],
  [country, 'UK', null, 'unknown-value'],
  [country, 'Denmark', null, 'unknown-value'],
  [italianOrganisation, 'C_H501', 'urn:x-italian-pa:c_h501'],
  [italianOrganisation, 'c h501', null, 'unknown-value'],
  [uri, 'URN:X-Italian-PA:PCM', 'urn:x-italian-pa:pcm'],
  [uri, 'urn:x-dk:fjordby', 'urn:x-dk:fjordby'],
  [uri, 'https://fjordby.example', 'https://fjordby.example'],
  [uri, 'urn:x', null, 'bad-url'],
  [uri, 'javascript:alert(1)', null, 'unsafe-url'],
  [supported, 'alias:gdpr', 'alias:gdpr'],
  [supported, 'alias:own', null, 'unknown-value'],
  [supported, 'https://a.example', 'https://a.example'],
])('%p reads %s as %s', (reader, text, ...expected) => {
  const { issues, report } = collectIssues();
  expect([reader(text, locationAt('', report)), ...issues.map(({ rule }) => rule)]).toEqual(expected);
});
