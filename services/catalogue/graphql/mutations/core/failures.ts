import type { WriteFailure, WriteFailureCode } from '../../../generated/resolver-types.js';

/** Nothing is written, for reasons that whoever wrote is told. Thrown within a write, it undoes what was done. */
export class MutationError extends Error {
  readonly failures: readonly WriteFailure[];
  constructor(failures: readonly WriteFailure[]) {
    super(failures.map(({ message }) => message).join(' '));
    this.name = 'WriteRefused';
    this.failures = failures;
  }
}

/** Where in an input something stands, from its root. */
export type FieldPath = readonly string[];

/** @throws WriteRefused, always. */
export function reject(code: WriteFailureCode, field: FieldPath | null, message: string): never {
  throw new MutationError([{ code, message, field }]);
}

/** What is wrong with a value, behind the name of its field. */
export const invalidValue = (field: FieldPath, fault: string): WriteFailure => ({
  code: 'INVALID_VALUE',
  message: `\`${field.join('.')}\` ${fault}.`,
  field,
});
