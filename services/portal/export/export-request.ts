import type { Request } from 'express';
import Negotiator from 'negotiator';
import { z } from 'zod';

import { HttpError } from '../../kit/http-error.js';
import { parseJson, readBody } from '../../kit/http/read-body.js';
import type { Sender } from '../gateway/gateway-client.js';
import { onlyThese, parseInput } from '../http/parse-input.js';
import type { ListRequest } from '../lists/list-operation.js';
import type { StoredOperation } from '../operations/stored-operations.js';
import { type TableFormat, tableFormats } from './table-formats.js';

/** What a client exports, and how. */
export interface ExportRequest extends ListRequest {
  readonly format: TableFormat;
  readonly fileName: string;
  readonly bom: boolean;
  readonly requireComplete: boolean;
}

const flag = z.stringbool({ truthy: ['true'], falsy: ['false'], error: 'must be true or false' }).default(false);
const variables = z.record(z.string(), z.unknown(), { error: 'must be a JSON object' });
const jsonText = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    context.addIssue('must be a JSON object');
    return z.NEVER;
  }
});

const options = { list: z.string().max(1_000).optional(), bom: flag, complete: flag };
const stored = { ...options, variables: jsonText.pipe(variables).optional() };
const storedParameters = onlyThese(stored);
const queryParameters = onlyThese({ ...stored, query: z.string(), operationName: z.string().optional() });
const postParameters = onlyThese(options);
const bodySchema = z.object({
  query: z.string({ error: 'must be the text of an operation' }),
  operationName: z.string().nullish(),
  variables: variables.nullish(),
});

/**
 * Parses a request for a stored operation: `/export/solutions.csv`.
 *
 * @throws HttpError if there is no such operation or format, or a parameter is not valid.
 */
export function parseStoredExport(request: Request, operations: readonly StoredOperation[]): ExportRequest {
  const file = String(request.params['file']);
  const [, name = file, extension] = /^(.*)\.([^.]*)$/.exec(file) ?? [];
  const format =
    extension === undefined ? negotiate(request) : tableFormats.find((other) => other.extension === extension);
  const operation = operations.find((other) => other.name === name);
  if (!format || !operation) throw notFound(operations);
  const { complete, ...parameters } = parseInput(storedParameters, request.query);
  return {
    ...parameters,
    list: parameters.list ?? operation.list,
    query: operation.query,
    variables: parameters.variables ?? operation.exampleVariables,
    format,
    fileName: name,
    requireComplete: complete,
  };
}

/** Parses a request with an operation in its address: `/export?query=…`. */
export function parseQueryExport(request: Request): ExportRequest {
  const { complete, ...parameters } = parseInput(queryParameters, request.query);
  return { ...parameters, format: negotiate(request), fileName: 'export', requireComplete: complete };
}

/** Parses a request with an operation in its body: GraphQL over HTTP, with the other parameters in the address. */
export async function parsePostedExport(request: Request, { client, takeTurn }: Sender): Promise<ExportRequest> {
  const { complete, ...parameters } = parseInput(postParameters, request.query);
  const received = await readBody(request, client);
  await takeTurn();
  const body = parseInput(bodySchema, parseJson(received));
  return {
    ...parameters,
    query: body.query,
    operationName: body.operationName ?? undefined,
    variables: body.variables ?? undefined,
    format: negotiate(request),
    fileName: 'export',
    requireComplete: complete,
  };
}

/** @throws HttpError 406 if the client accepts none of the formats. */
function negotiate(request: Request): TableFormat {
  const types = tableFormats.map(({ mediaType }) => mediaType.split(';', 1)[0] ?? '');
  const accepted = new Negotiator({ headers: { accept: request.headers.accept ?? '*/*' } }).mediaType(types);
  const format = tableFormats[types.indexOf(accepted ?? '')];
  if (format) return format;
  throw new HttpError(`Accept one of ${types.join(', ')}.`, { status: 406, code: 'NOT_ACCEPTABLE' });
}

const notFound = (operations: readonly StoredOperation[]): HttpError =>
  new HttpError(
    `Not found. Operations: ${operations.map(({ name }) => name).join(', ')}; extensions: ${tableFormats.map(({ extension }) => `.${extension}`).join(', ')}.`,
    { status: 404, code: 'NOT_FOUND' },
  );
