import { InputError } from '../../kit/graphql/errors.js';
import type { IdentifierScheme, NationalCatalogue } from './national-catalogue.js';

/** A code as it is stored: without dots and spaces, in its register's letter case. */
export const canonicalNotation = ({ letters }: IdentifierScheme, notation: string): string => {
  const bare = notation.replace(/[.\s]/g, '');
  return letters === 'upper' ? bare.toUpperCase() : bare.toLowerCase();
};

/** What is wrong with a code, in words; null when it may be one. */
export function validateCode(scheme: IdentifierScheme, notation: string): string | null {
  if (scheme.pattern !== null && !new RegExp(scheme.pattern).test(notation)) {
    return `${JSON.stringify(notation.slice(0, 40))} is not a valid ${scheme.scheme} code (${scheme.title}): it must match ${scheme.pattern}.`;
  }
  if (scheme.checkDigits?.(notation) === false) {
    return `${JSON.stringify(notation)} is not a valid ${scheme.scheme} code: its check digits are wrong.`;
  }
  return null;
}

/** A valid code of a register. */
export interface Code {
  readonly scheme: string;
  readonly notation: string;
}

/**
 * Parses a code that a client sends.
 *
 * @throws InputError UNKNOWN_SCHEME or INVALID_IDENTIFIER.
 */
export function parseCode(catalogue: NationalCatalogue, { scheme: name, notation }: Code): Code {
  const scheme = catalogue.schemes.find((candidate) => candidate.scheme === name);
  if (!scheme) {
    const known = catalogue.schemes.map((candidate) => candidate.scheme).join(', ');
    throw new InputError(
      'UNKNOWN_SCHEME',
      `${JSON.stringify(name.slice(0, 40))} is not a scheme of this catalogue; its schemes are ${known}.`,
    );
  }
  const kept = canonicalNotation(scheme, notation);
  const fault = validateCode(scheme, kept);
  if (fault !== null) throw new InputError('INVALID_IDENTIFIER', fault);
  return { scheme: name, notation: kept };
}
