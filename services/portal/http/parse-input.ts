import { z } from 'zod';

import { HttpError } from '../../kit/http-error.js';

/** An object with these properties only. Its error names each unknown property, and all that are allowed. */
export const onlyThese = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? describeUnknown(issue.keys, Object.keys(shape)) : undefined,
  });

/** A client may send any name, of any length and number. */
const maxNames = 5;
const maxNameLength = 50;

function describeUnknown(unknown: readonly string[], allowed: readonly string[]): string {
  const names = unknown.slice(0, maxNames).map((name) => JSON.stringify(name.slice(0, maxNameLength)));
  const rest = unknown.length > maxNames ? ` and ${unknown.length - maxNames} more` : '';
  const verb = unknown.length === 1 ? 'is not known' : 'are not known';
  return `${names.join(', ')}${rest} ${verb}; allowed: ${allowed.length === 0 ? 'none' : allowed.join(', ')}`;
}

/**
 * Parses what a client sent: the parameters of an address, or a body.
 *
 * @throws HttpError BAD_REQUEST that names the first value that is wrong, and what is allowed.
 */
export function parseInput<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const [name, message] = [issue?.path.join('.') ?? '', issue?.message ?? ''];
  throw new HttpError(name === '' ? message : `${name}: ${message}`, { status: 400, code: 'BAD_REQUEST' });
}
