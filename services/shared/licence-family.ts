/** How restrictive a licence is. */
export type LicenceFamily = 'PERMISSIVE' | 'WEAK_COPYLEFT' | 'STRONG_COPYLEFT' | 'OTHER';

const maxLength = 500;

/** From the least to the most restrictive; last the unknown. */
const families: readonly LicenceFamily[] = ['PERMISSIVE', 'WEAK_COPYLEFT', 'STRONG_COPYLEFT', 'OTHER'];

const named = (family: LicenceFamily, names: string): [string, LicenceFamily][] =>
  names.split(/\s+/).map((name) => [name.toLowerCase(), family]);

/** By the name of a licence without its version. */
const familyOfName: ReadonlyMap<string, LicenceFamily> = new Map([
  ...named(
    'PERMISSIVE',
    `0BSD AFL Apache Beerware blessing BlueOak BSD-1-Clause BSD-2-Clause BSD-2-Clause-Patent BSD-2-Clause-Views
    BSD-3-Clause BSD-3-Clause-Attribution BSD-3-Clause-Clear BSD-3-Clause-LBNL BSD-4-Clause BSD-4-Clause-UC
    BSD-Source-Code BSL CC-BY CC-PDDC CC-PDM CC0 CDLA-Permissive CECILL-B CERN-OHL-P CNRI-Python curl DL-DE-BY DL-DE-ZERO
    ECL etalab FSFAP FTL HPND ICU IJG ISC JSON Libpng MIT MIT-CMU MS-PL MulanPSL NCSA NLOD ODC-By OGL-UK OpenSSL PDDL PHP
    PostgreSQL PSF Python TCL Unicode Unicode-DFS Unlicense UPL W3C WTFPL X11 Zlib ZPL`,
  ),
  ...named(
    'WEAK_COPYLEFT',
    `APSL Artistic CC-BY-SA CDDL CDLA-Sharing CECILL-C CERN-OHL-W CPL EPL EUPL GFDL IPL LGPL MPL
    MPL-2.0-no-copyleft-exception MS-RL NPL OFL Ruby wxWindows`,
  ),
  ...named('STRONG_COPYLEFT', 'AGPL CAL CECILL CERN-OHL-S copyleft-next CPAL D-FSL GPL ODbL OSL Parity Sleepycat'),
]);

/** Exceptions that allow linking a program under the GPL with any other, by their name without version. */
const linkingExceptions: ReadonlySet<string> = new Set(
  `cgal-linking-exception classpath-exception ecos-exception erlang-otp-linking-exception font-exception freertos-exception
  gcc-exception gcc-exception-2.0-note gnat-exception gnu-compiler-exception gpl-3.0-interface-exception
  gpl-3.0-linking-exception gpl-3.0-linking-source-exception i2p-gpl-java-exception independent-modules-exception
  mif-exception openjdk-assembly-exception wxwindows-exception`.split(/\s+/),
);

/**
 * The family of a licence, given as an SPDX expression. A choice (OR) has the least restrictive family, a combination (AND) the
 * most restrictive one. A linking exception (WITH) makes the GPL weak; other exceptions change nothing. OTHER if the text is not
 * an expression, or names a licence that is not in the table. Null for null.
 *
 *     licenceFamily('GPL-3.0-only or EUPL-1.2') → 'WEAK_COPYLEFT'
 *
 * It follows the categories of ScanCode's LicenseDB (https://scancode-licensedb.aboutcode.org, as of February 2026): Permissive
 * and Public Domain; Copyleft Limited, which contains the EUPL and the Creative Commons' ShareAlike; Copyleft. It deviates
 * twice. CeCILL is limited there and CeCILL-C is not: here as their authors state (https://cecill.info/faq.en.html), who want
 * CeCILL for the whole program, and CeCILL-C for changes of the source. And EUPL-1.0 and OFL-1.0, there apart, go with their
 * successors. It helps to find solutions and is not legal advice: an expert's opinion on Joinup doubts that the law of the EU knows weak and
 * strong copyleft at all (https://joinup.ec.europa.eu/news/meaning-copyleft).
 */
export function licenceFamily(spdx: string | null): LicenceFamily | null {
  if (spdx === null) return null;
  // Also limits the depth of brackets, and so the recursion.
  if (spdx.length > maxLength) return 'OTHER';
  const tokens = spdx.match(/[()]|[^\s()]+/g) ?? [];
  const family = parseExpression(tokens);
  return tokens.length > 0 ? 'OTHER' : (family ?? 'OTHER');
}

/** Removes the tokens that it parses from the front of the list. Returns null if they are malformed. */
type Parser = (tokens: string[]) => LicenceFamily | null;

const rank = (family: LicenceFamily): number => families.indexOf(family);
const lessRestrictive = (a: LicenceFamily, b: LicenceFamily): LicenceFamily => (rank(a) < rank(b) ? a : b);
const moreRestrictive = (a: LicenceFamily, b: LicenceFamily): LicenceFamily => (rank(a) > rank(b) ? a : b);

const isOperator = (token: string | undefined, operator: string): boolean => token?.toLowerCase() === operator;

const chain =
  (operator: string, readPart: Parser, join: typeof lessRestrictive): Parser =>
  (tokens) => {
    let family = readPart(tokens);
    while (family !== null && isOperator(tokens[0], operator)) {
      tokens.shift();
      const next = readPart(tokens);
      family = next && join(family, next);
    }
    return family;
  };

// AND binds more closely than OR.
const parseExpression = chain('or', chain('and', parseTerm, moreRestrictive), lessRestrictive);

/** Parses a licence, a licence with an exception, or an expression in brackets. */
function parseTerm(tokens: string[]): LicenceFamily | null {
  const token = tokens.shift();
  if (token === '(') {
    const family = parseExpression(tokens);
    return tokens.shift() === ')' ? family : null;
  }
  if (token === undefined || !isIdentifier(token)) return null;
  // The former notation of SPDX: GPL-2.0-with-classpath-exception.
  const [licence = '', ...exceptions] = token.toLowerCase().split('-with-');
  if (isOperator(tokens[0], 'with')) {
    const exception = tokens.splice(0, 2)[1];
    if (exception === undefined || !isException(exception)) return null;
    exceptions.push(exception.toLowerCase());
  }
  const family = familyOfName.get(withoutVersion(licence)) ?? 'OTHER';
  const isWeakened = family === 'STRONG_COPYLEFT' && exceptions.some((id) => linkingExceptions.has(withoutVersion(id)));
  return isWeakened ? 'WEAK_COPYLEFT' : family;
}

const isIdentifier = (token: string): boolean => /^[\w.:+-]+$/.test(token) && !/^(?:and|or|with)$/i.test(token);

/** All exceptions of SPDX end in `exception`, except for these few. */
const isException = (token: string): boolean =>
  isIdentifier(token) && /-exception\b|^(?:gpl-cc-1\.0|linux-syscall-note|llgpl|shl-2\.[01])$/i.test(token);

/**
 * A licence or exception without its version. All versions of a licence are of one family here, so `EUPL-1.2-or-later`, which
 * SPDX does not define, is recognised too.
 */
const withoutVersion = (id: string): string => id.replace(/(?:\+|-only|-or-later)$/, '').replace(/-\d+(?:\.\d+)*$/, '');
