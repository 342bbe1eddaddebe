import { createHash } from 'node:crypto';

import { isLockConflict } from '../../../../kit/database/database.js';
import { type Action, authorise } from '../../../auth/permissions.js';
import { type Context, renewLoaders } from '../../context.js';
import type { NationalCatalogue } from '../../../model/national-catalogue.js';
import type { WriteFailure } from '../../../generated/resolver-types.js';
import type { AuditRow } from '../../../model/rows.js';
import { invalidValue, reject, MutationError } from './failures.js';
import { createUnitOfWork, type UnitOfWork } from './unit-of-work.js';
import { rejectInvalidText } from './texts.js';

/** What every mutation is told. */
export interface MutationInput {
  readonly idempotencyKey: string;
  readonly reason: string;
}

/** A mutation: who else than editors of the catalogue may do it, and what it does. */
export interface Mutation<Input extends MutationInput, Answer extends object> {
  readonly action: Action;
  /** The body whose own editors may do it, by its id in the input, so that nothing has to be read to decide. Default: none. */
  readonly ownerOf?: (input: Input) => string | null;
  /** Does it, in a transaction. What it throws undoes it. */
  readonly execute: (input: Input, unitOfWork: UnitOfWork, catalogue: NationalCatalogue) => Promise<Answer>;
}

/** What a mutation answers: what it wrote, or why it wrote nothing. */
export type Payload<Answer> = Partial<Answer> & {
  /** Of what was written, or of the first of several. */
  readonly auditEntry: AuditRow | null;
  readonly auditEntries: readonly AuditRow[];
  readonly failures: readonly WriteFailure[];
};

const maxLength = { idempotencyKey: 200, reason: 2000 } as const;

/** The resolver of a mutation: who may, once for each idempotency key, in one transaction. */
export const runMutation =
  <Input extends MutationInput, Answer extends object>(write: Mutation<Input, Answer>) =>
  async (_root: unknown, { input }: { readonly input: Input }, context: Context): Promise<Payload<Answer>> => {
    const editor = await authorise(context, write.action, () => write.ownerOf?.(input) ?? null);
    try {
      checkInput(input);
      return await context.repositories.write(async (rows) => {
        const key = { ...editor, idempotencyKey: input.idempotencyKey };
        const question = digestInput(write.action, input);
        await rows.lock([`answer ${JSON.stringify([key.issuer, key.subject, key.idempotencyKey])}`]);
        const given = await rows.findAnswer(key);
        if (given) return repeatResponse(given, question) as Payload<Answer>;
        await rows.waitForImports();
        const unitOfWork = createUnitOfWork(context.catalogue, rows, { editor, mutation: write.action, reason: input.reason });
        const written = await write.execute(input, unitOfWork, context.catalogue);
        const [auditEntry = null] = unitOfWork.entries;
        const answer = { ...written, auditEntry, auditEntries: unitOfWork.entries, failures: [] };
        await rows.keepAnswer(key, { question, answer });
        return answer;
      });
    } catch (error) {
      return { auditEntry: null, auditEntries: [], failures: toFailures(error) } as unknown as Payload<Answer>;
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

/** What was asked. GraphQL gives the fields of an input in the order of the schema, however they were sent. */
const digestInput = (action: Action, input: MutationInput): string =>
  createHash('sha256')
    .update(JSON.stringify([action, input]))
    .digest('base64url');

function repeatResponse(given: { readonly question: string; readonly answer: unknown }, question: string): unknown {
  if (given.question === question) return given.answer;
  return reject(
    'IDEMPOTENCY_KEY_REUSED',
    ['idempotencyKey'],
    'You used this key for something else: make up a new one for each thing you do.',
  );
}

/** Why nothing was written. Throws what nobody foresaw. */
function toFailures(error: unknown): readonly WriteFailure[] {
  if (error instanceof MutationError) return error.failures;
  if (!isLockConflict(error)) throw error;
  const message =
    'Somebody else is writing the same, or an import is under way. Nothing was written: send it again, with the same idempotency key.';
  return [{ code: 'BUSY', message, field: null }];
}
