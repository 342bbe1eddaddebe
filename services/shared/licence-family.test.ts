import { licenceFamily } from './licence-family.js';

const families = {
  // Includes every licence of the catalogues' own tables.
  WEAK_COPYLEFT: [
    'EUPL-1.2',
    'MPL-2.0',
    'EUPL-1.1',
    'LGPL-2.1-only',
    'LGPL-3.0-or-later',
    'LGPL-3.0',
    'LGPL-2.1+',
    'EPL-2.0',
  ],
  STRONG_COPYLEFT: [
    ...['GPL-2.0-only', 'GPL-2.0-or-later', 'GPL-2.0', 'GPL-3.0-only', 'GPL-3.0-or-later', 'GPL-3.0', 'GPL-2.0+'],
    ...['AGPL-1.0-or-later', 'AGPL-3.0-only', 'AGPL-3.0-or-later', 'AGPL-3.0', 'OSL-3.0', 'ODbL-1.0'],
  ],
  PERMISSIVE: [
    ...['MIT', 'MIT-0', 'Apache-2.0', 'Apache-2.0+', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'ISC', 'Zlib', 'BSL-1.0'],
    ...[
      'CC0-1.0',
      'Unlicense',
      'WTFPL',
      'PSF-2.0',
      'Python-2.0',
      'PostgreSQL',
      'MS-PL',
      'CC-BY-4.0',
      'X11',
      'W3C-20150513',
    ],
  ],
} as const;

const cases = Object.entries(families).flatMap(([family, licences]) => licences.map((licence) => [licence, family]));

describe('licenceFamily of a licence', () => {
  it.each(cases)('%s is %s', (licence, family) => {
    expect(licenceFamily(licence)).toBe(family);
    expect(licenceFamily(licence.toLowerCase())).toBe(family);
    expect(licenceFamily(` (${licence}) `)).toBe(family);
  });

  it('is null if there is no licence', () => {
    expect(licenceFamily(null)).toBeNull();
  });

  it.each([
    ['MS-RL', 'WEAK_COPYLEFT'],
    ['CC-BY-SA-4.0', 'WEAK_COPYLEFT'],
    ['CDDL-1.0', 'WEAK_COPYLEFT'],
    ['Artistic-2.0', 'WEAK_COPYLEFT'],
    ['CECILL-2.1', 'STRONG_COPYLEFT'],
    ['CECILL-B', 'PERMISSIVE'],
    ['CECILL-C', 'WEAK_COPYLEFT'],
  ])('distinguishes %s from similar names: %s', (licence, family) => {
    expect(licenceFamily(licence)).toBe(family);
  });

  it.each(['EUPL-1.2-or-later', 'EUPL-1.2+', 'EUPL'])(
    'recognises %s as an EUPL, although SPDX does not define it',
    (licence) => {
      expect(licenceFamily(licence)).toBe('WEAK_COPYLEFT');
    },
  );

  it.each([
    ...['CC-BY-NC-4.0', 'CC-BY-ND-4.0', 'CC-BY-NC-SA-4.0', 'SSPL-1.0', 'BUSL-1.1', 'Elastic-2.0'],
    ...[
      'BSD-Protection',
      'BSD-3-Clause-No-Nuclear-License',
      'LicenseRef-own',
      'NOASSERTION',
      'proprietary',
      'constructor',
    ],
  ])('is OTHER for %s, whatever it begins with', (licence) => {
    expect(licenceFamily(licence)).toBe('OTHER');
  });
});

describe('licenceFamily of an expression', () => {
  it.each([
    ['MIT OR GPL-3.0-only', 'PERMISSIVE'],
    ['GPL-3.0-only or EUPL-1.2', 'WEAK_COPYLEFT'],
    ['MIT AND GPL-3.0-only', 'STRONG_COPYLEFT'],
    ['MIT AND EUPL-1.2 AND ISC', 'WEAK_COPYLEFT'],
    ['GPL-2.0-only AND MIT OR EUPL-1.2', 'WEAK_COPYLEFT'],
    ['MIT OR EUPL-1.2 AND GPL-2.0-only', 'PERMISSIVE'],
    ['(MIT OR EUPL-1.2) AND GPL-2.0-only', 'STRONG_COPYLEFT'],
    ['((EUPL-1.2)) AND (MIT OR (GPL-2.0-only AND ISC))', 'WEAK_COPYLEFT'],
    ['LicenseRef-own OR GPL-2.0-only', 'STRONG_COPYLEFT'],
    ['LicenseRef-own AND MIT', 'OTHER'],
  ])('%s is %s', (licence, family) => {
    expect(licenceFamily(licence)).toBe(family);
  });

  it.each([
    ['GPL-2.0-only WITH Classpath-exception-2.0', 'WEAK_COPYLEFT'],
    ['gpl-3.0-or-later with gcc-exception-3.1', 'WEAK_COPYLEFT'],
    ['GPL-2.0-with-classpath-exception', 'WEAK_COPYLEFT'],
    ['GPL-2.0-only WITH Classpath-exception-2.0 AND AGPL-3.0-only', 'STRONG_COPYLEFT'],
    ['GPL-2.0-or-later WITH Bison-exception-2.2', 'STRONG_COPYLEFT'],
    ['GPL-2.0-only WITH Linux-syscall-note', 'STRONG_COPYLEFT'],
    ['Apache-2.0 WITH LLVM-exception', 'PERMISSIVE'],
    ['LGPL-3.0-only WITH LGPL-3.0-linking-exception', 'WEAK_COPYLEFT'],
  ])('%s is %s', (licence, family) => {
    expect(licenceFamily(licence)).toBe(family);
  });

  it.each([
    ...['', ' ', '()', '(', ')', 'MIT OR', 'OR MIT', 'MIT AND OR ISC', 'MIT ISC', '(MIT', 'MIT)', '(MIT) ISC', 'AND'],
    ...['GPL-2.0-only WITH', 'WITH Classpath-exception-2.0', 'MIT WITH MIT', '(MIT) WITH LLVM-exception'],
    ...[
      'GPL-2.0-only WITH LLVM-exception WITH LLVM-exception',
      'MIT, ISC',
      'MIT/ISC',
      'MIT license',
      'ＭＩＴ',
      'MIT\0',
    ],
  ])('is OTHER for %j, which is malformed', (licence) => {
    expect(licenceFamily(licence)).toBe('OTHER');
  });

  it('parses any depth that the maximum length allows', () => {
    const nested = (depth: number): string => '('.repeat(depth) + 'MIT' + ')'.repeat(depth);
    expect(licenceFamily(nested(248))).toBe('PERMISSIVE');
    expect(licenceFamily(nested(249))).toBe('OTHER');
    expect(licenceFamily('('.repeat(500))).toBe('OTHER');
    expect(licenceFamily('('.repeat(1_000_000))).toBe('OTHER');
    expect(licenceFamily(`MIT${' OR MIT'.repeat(71)}`)).toBe('PERMISSIVE');
    expect(licenceFamily(`MIT${' OR MIT'.repeat(72)}`)).toBe('OTHER');
    expect(licenceFamily(`GPL${'-1'.repeat(248)}`)).toBe('OTHER');
  });
});
