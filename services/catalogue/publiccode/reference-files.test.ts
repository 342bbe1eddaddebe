import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { findLocalFile } from './local-files.js';
import { readPubliccode } from './read-publiccode.js';

/**
 * The folder `testdata` of a checkout of https://github.com/italia/publiccode-parser-go. Another project's files are not copied into
 * this one, and the tests send no request to other hosts, so without the folder there is nothing to compare.
 */
const folder = process.env['PUBLICCODE_PARSER_TESTDATA'];

const register = 'needs the register of Italian administrations, of which the standard only has the form of the codes';

/** Files that the parser rejects, and that are valid here, each for a reason. */
const knownDifferences = {
  'v0/invalid/fundedBy_uri_wrong_italian_pa2.yml': register,
  'v0/invalid/it_riuso_codiceIPA_invalid.yml': register,
  'v0/invalid/organisation_uri_wrong_italian_pa2.yml': register,
  'v0/invalid/logo_missing_url.yml': 'needs the network',
};

/** The verdict of the parser's own tests: all versions of the standard that it accepts are 0.x. */
const isValidInReference = (path: string): boolean => /^v0\/valid(?:_with_warnings)?\//.test(path);

(folder === undefined ? describe.skip : describe)('the test files of publiccode-parser-go', () => {
  it('have the verdict of its tests, but for the known differences', () => {
    const paths = readdirSync(folder ?? '.', { recursive: true, encoding: 'utf8' }).filter((path) =>
      path.endsWith('.yml'),
    );
    const different = paths.filter((path) => {
      const file = join(folder ?? '', path);
      const { isValidByStandard } = readPubliccode(readFileSync(file), { readFile: findLocalFile(dirname(file)) });
      return isValidByStandard !== isValidInReference(path);
    });
    expect(paths.length).toBeGreaterThan(300);
    expect(different.sort()).toEqual(Object.keys(knownDifferences).sort());
  });
});
