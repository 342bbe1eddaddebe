import { createHash } from 'node:crypto';

import { isLockConflict } from '../../../../kit/database/database.js';
import { type Action, authorise } from '../../../auth/permissions.js';
import { type Context, renewLoaders } from '../../context.js';
import type { NationalCatalogue } from '../../../model/national-catalogue.js';
import type { WriteFailure } from '../../../generated/resolver-types.js';
import type { AuditRow } from '../../../model/rows.js';
import type { IdempotentResponse } from '../../../repositories/mutations.js';
import { invalidValue, reject, MutationError } from './failures.js';
import { createUnitOfWork, type UnitOfWork } from './unit-of-work.js';
import { rejectInvalidText } from './texts.js';

/** The fields that every mutation's input has. */
interface MutationInput {
  readonly idempotencyKey: string;
  readonly reason: string;
}

/** A mutation: what it does, and which organisation's own editors are allowed to run it. */
export interface Mutation<Input extends MutationInput, Result extends object> {
  readonly action: Action;
  /**
   * The organisation whose own editors are allowed to run it, in addition to the editors of the catalogue. It is taken from the input, so
   * that authorisation reads no rows. Default: none.
   */
  readonly ownerOf?: (input: Input) => string | null;
  /** Whether the operator has enabled what it is for. Default: always. */
  readonly isEnabled?: (context: Context) => boolean;
  /** Runs in a transaction, which an error rolls back. */
  readonly execute: (input: Input, unitOfWork: UnitOfWork, catalogue: NationalCatalogue) => Promise<Result>;
}

/** The payload of a mutation: what it wrote, or why it wrote nothing. */
type Payload<Result> = { readonly [Field in keyof Result]: Result[Field] | null } & {
  /** The first of `auditEntries`. */
  readonly auditEntry: AuditRow | null;
  readonly auditEntries: readonly AuditRow[];
  readonly failures: readonly WriteFailure[];
};

const maxLength = { idempotencyKey: 200, reason: 2000 } as const;

/** Creates the resolver of a mutation: authorises it and runs it in one transaction, once per idempotency key. */
export const runMutation =
  <Input extends MutationInput, Result extends object>(mutation: Mutation<Input, Result>) =>
  async (_root: unknown, { input }: { readonly input: Input }, context: Context): Promise<Payload<Result>> => {
    const editor = await authorise(context, mutation.action, () => mutation.ownerOf?.(input) ?? null);
    try {
      checkInput(input);
      if (mutation.isEnabled?.(context) === false)
        reject('NOT_ENABLED', null, 'The operator of this catalogue has not enabled it.');
      return await context.repositories.write(async (rows) => {
        const key = { ...editor, idempotencyKey: input.idempotencyKey };
        const requestDigest = digestInput(mutation.action, input);
        await rows.lock([`idempotency key ${JSON.stringify([key.issuer, key.subject, key.idempotencyKey])}`]);
        const saved = await rows.findResponse(key);
        if (saved) return repeatResponse(saved, requestDigest) as Payload<Result>;
        await rows.waitForImports();
        const unitOfWork = createUnitOfWork(context.catalogue, rows, {
          editor,
          mutation: mutation.action,
          reason: input.reason,
        });
        const written = await mutation.execute(input, unitOfWork, context.catalogue);
        const [auditEntry = null] = unitOfWork.entries;
        const payload = { ...written, auditEntry, auditEntries: unitOfWork.entries, failures: [] };
        await rows.saveResponse(key, { requestDigest, response: payload });
        return payload;
      });
    } catch (error) {
      return { auditEntry: null, auditEntries: [], failures: toFailures(error) } as unknown as Payload<Result>;
    } finally {
      renewLoaders(context);
    }
  };

function checkInput(input: MutationInput): void {
  rejectInvalidText(input);
  for (const field of ['idempotencyKey', 'reason'] as const) {
    const { length } = input[field].trim();
    if (length === 0) throw new MutationError([invalidValue([field], 'is empty')]);
    if (length > maxLength[field])
      throw new MutationError([invalidValue([field], `is longer than ${maxLength[field]} characters`)]);
  }
}

/** Identifies a request. GraphQL sorts the fields of an input as the schema does, so their order does not matter. */
const digestInput = (action: Action, input: MutationInput): string =>
  createHash('sha256')
    .update(JSON.stringify([action, input]))
    .digest('base64url');

function repeatResponse(saved: IdempotentResponse, requestDigest: string): unknown {
  if (saved.requestDigest === requestDigest) return saved.response;
  return reject(
    'IDEMPOTENCY_KEY_REUSED',
    ['idempotencyKey'],
    'This key was used for another request: choose a new key for each request.',
  );
}

/** The failures that an error is reported as. Rethrows unexpected errors. */
function toFailures(error: unknown): readonly WriteFailure[] {
  if (error instanceof MutationError) return error.failures;
  if (!isLockConflict(error)) throw error;
  const message =
    'Another editor is writing the same data, or an import is in progress. Nothing was written: send the request again with the same idempotency key.';
  return [{ code: 'BUSY', message, field: null }];
}
