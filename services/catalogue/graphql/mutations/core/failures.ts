import type { WriteFailure, WriteFailureCode } from '../../../generated/resolver-types.js';

/** Rejects a mutation with failures for the editor. Thrown within the transaction, it rolls it back. */
export class MutationError extends Error {
  readonly failures: readonly WriteFailure[];
  constructor(failures: readonly WriteFailure[]) {
    super(failures.map(({ message }) => message).join(' '));
    this.name = 'MutationError';
    this.failures = failures;
  }
}

/** The path of a value in an input, from its root. */
export type FieldPath = readonly string[];

/** @throws MutationError, always. */
export function reject(code: WriteFailureCode, field: FieldPath | null, message: string): never {
  throw new MutationError([{ code, message, field }]);
}

/** A failure whose message is the name of the field and what is wrong with its value. */
export const invalidValue = (field: FieldPath, problem: string): WriteFailure => ({
  code: 'INVALID_VALUE',
  message: `\`${field.join('.')}\` ${problem}.`,
  field,
});
