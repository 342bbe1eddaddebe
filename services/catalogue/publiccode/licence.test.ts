import { readLicence } from './licence.js';

describe('readLicence', () => {
  it.each([
    ['EUPL-1.2', 'EUPL-1.2'],
    ['eupl-1.2', 'EUPL-1.2'],
    ['EUPL 1.2', 'EUPL-1.2'],
    ['EUPL v1.2', 'EUPL-1.2'],
    ['Apache License 2.0', 'Apache-2.0'],
    ['The MIT License', 'MIT'],
    ['EUPL-1.2 or AGPL-3.0-or-later', 'EUPL-1.2 OR AGPL-3.0-or-later'],
    ['(MIT AND (Apache-2.0 OR BSD-3-Clause))', '(MIT AND (Apache-2.0 OR BSD-3-Clause))'],
    ['GPL-2.0-only WITH Classpath-exception-2.0', 'GPL-2.0-only WITH Classpath-exception-2.0'],
    ['GPL-3.0+', 'GPL-3.0-or-later'],
    ['EUPL-1.1+', 'EUPL-1.1+'],
    ['LicenseRef-own', 'LicenseRef-own'],
  ])('reads %s as %s', (text, licence) => {
    expect(readLicence(text)).toMatchObject({ licence, isSpdx: true, isDeprecated: false });
    expect(readLicence(licence)).toMatchObject({ licence, isWrittenAsSpdx: true });
  });

  it.each(['GPL-3.0', 'AGPL-3.0 OR MIT'])('reads %s as valid but deprecated', (text) => {
    expect(readLicence(text)).toEqual({ licence: text, isSpdx: true, isWrittenAsSpdx: true, isDeprecated: true });
  });

  it.each([
    ...[
      'EUPL-1.2-or-later',
      'AGPLv3',
      'proprietary',
      'MIT OR',
      'OR MIT',
      'MIT Apache-2.0',
      '(MIT OR ISC',
      'MIT OR ISC)',
      '()',
      '() MIT OR ISC',
      '(',
    ],
    ...['MIT WITH MIT', 'GPL-2.0-only WITH', 'WITH Classpath-exception-2.0', 'MIT AND AND MIT', 'AND'],
  ])('keeps %s, which is not an SPDX expression, as written', (text) => {
    expect(readLicence(text)).toEqual({
      licence: text,
      isSpdx: false,
      isWrittenAsSpdx: false,
      isDeprecated: false,
    });
  });

  it.each([
    ['eupl-1.2', true],
    ['GPL-3.0+', true],
    ['EUPL-1.2 or MIT', false],
    ['EUPL 1.2', false],
    ['The MIT License', false],
  ])('states whether SPDX accepts %s as it is written: %s', (text, isWrittenAsSpdx) => {
    expect(readLicence(text)).toMatchObject({ isSpdx: true, isWrittenAsSpdx });
  });
});
