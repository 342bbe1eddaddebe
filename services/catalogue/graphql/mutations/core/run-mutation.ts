import { createHash } from 'node:crypto';

import { isLockConflict } from '../../../../kit/database/database.js';
import { type Action, authorise } from '../../../auth/permissions.js';
import { type Context, renewLoaders } from '../../context.js';
import type { NationalCatalogue } from '../../../model/national-catalogue.js';
import type { WriteFailure } from '../../../generated/resolver-types.js';
import type { AuditRow } from '../../../model/rows.js';
import { invalid, refuse, WriteRefused } from './failures.js';
import { createStore, type Store } from './unit-of-work.js';
import { checkTexts } from './texts.js';

/** What every mutation is told. */
export interface WriteInput {
  readonly idempotencyKey: string;
  readonly reason: string;
}

/** A mutation: who else than editors of the catalogue may do it, and what it does. */
export interface Write<Input extends WriteInput, Answer extends object> {
  readonly action: Action;
  /** The body whose own editors may do it, by its id in the input, so that nothing has to be read to decide. Default: none. */
  readonly ownerOf?: (input: Input) => string | null;
  /** Does it, in a transaction. What it throws undoes it. */
  readonly perform: (input: Input, store: Store, catalogue: NationalCatalogue) => Promise<Answer>;
}

/** What a mutation answers: what it wrote, or why it wrote nothing. */
export type Payload<Answer> = Partial<Answer> & {
  /** Of what was written, or of the first of several. */
  readonly auditEntry: AuditRow | null;
  readonly auditEntries: readonly AuditRow[];
  readonly failures: readonly WriteFailure[];
};

const longest = { idempotencyKey: 200, reason: 2000 } as const;

/** The resolver of a mutation: who may, once for each idempotency key, in one transaction. */
export const resolveWrite =
  <Input extends WriteInput, Answer extends object>(write: Write<Input, Answer>) =>
  async (_root: unknown, { input }: { readonly input: Input }, context: Context): Promise<Payload<Answer>> => {
    const editor = await authorise(context, write.action, () => write.ownerOf?.(input) ?? null);
    try {
      checkInput(input);
      return await context.repositories.write(async (rows) => {
        const key = { ...editor, idempotencyKey: input.idempotencyKey };
        const question = digestOf(write.action, input);
        await rows.lock([`answer ${JSON.stringify([key.issuer, key.subject, key.idempotencyKey])}`]);
        const given = await rows.findAnswer(key);
        if (given) return sameAnswer(given, question) as Payload<Answer>;
        await rows.waitForImports();
        const store = createStore(context.catalogue, rows, { editor, mutation: write.action, reason: input.reason });
        const written = await write.perform(input, store, context.catalogue);
        const [auditEntry = null] = store.entries;
        const answer = { ...written, auditEntry, auditEntries: store.entries, failures: [] };
        await rows.keepAnswer(key, { question, answer });
        return answer;
      });
    } catch (error) {
      return { auditEntry: null, auditEntries: [], failures: failuresOf(error) } as unknown as Payload<Answer>;
    } finally {
      renewLoaders(context);
    }
  };

function checkInput(input: WriteInput): void {
  checkTexts(input);
  for (const field of ['idempotencyKey', 'reason'] as const) {
    const { length } = input[field].trim();
    if (length === 0) throw new WriteRefused([invalid([field], 'is empty')]);
    if (length > longest[field])
      throw new WriteRefused([invalid([field], `is longer than ${longest[field]} characters`)]);
  }
}

/** What was asked. GraphQL gives the fields of an input in the order of the schema, however they were sent. */
const digestOf = (action: Action, input: WriteInput): string =>
  createHash('sha256')
    .update(JSON.stringify([action, input]))
    .digest('base64url');

function sameAnswer(given: { readonly question: string; readonly answer: unknown }, question: string): unknown {
  if (given.question === question) return given.answer;
  return refuse(
    'IDEMPOTENCY_KEY_REUSED',
    ['idempotencyKey'],
    'You used this key for something else: make up a new one for each thing you do.',
  );
}

/** Why nothing was written. Throws what nobody foresaw. */
function failuresOf(error: unknown): readonly WriteFailure[] {
  if (error instanceof WriteRefused) return error.failures;
  if (!isLockConflict(error)) throw error;
  const message =
    'Somebody else is writing the same, or an import is under way. Nothing was written: send it again, with the same idempotency key.';
  return [{ code: 'BUSY', message, field: null }];
}
