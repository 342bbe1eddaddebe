import { createRequire } from 'node:module';

import type responseValidators from 'openapi-response-validator';
import type { OpenAPIResponseValidatorArgs } from 'openapi-response-validator';
import { parse } from 'yaml';

import { readProjectFile } from '../../../schema/files.js';

// A CommonJS module with a default export, which has another shape in an ES module than under Jest.
const { default: OpenAPIResponseValidator } = createRequire(import.meta.url)(
  'openapi-response-validator',
) as typeof responseValidators;

interface OpenApiDocument {
  readonly components: NonNullable<OpenAPIResponseValidatorArgs['components']>;
  readonly paths: Readonly<
    Record<string, { readonly get: { readonly responses: Readonly<Record<string, Response>> } }>
  >;
}

interface Response {
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
}

const document = parse(
  readProjectFile('services/portal/catalog-api/testing/software-catalog-api.oas.yaml'),
) as OpenApiDocument;

const validators = new Map<string, InstanceType<typeof OpenAPIResponseValidator>>();

/** Each is compiled once, because that takes longer than validating a response. */
function validatorOf(path: string): InstanceType<typeof OpenAPIResponseValidator> {
  const known = validators.get(path);
  if (known) return known;
  const responses = document.paths[path]?.get.responses ?? {};
  const schemas = Object.fromEntries(
    Object.entries(responses).flatMap(([code, { content }]) => {
      const schema = content?.['application/json']?.schema;
      return schema ? [[code, { schema }]] : [];
    }),
  );
  const validator = new OpenAPIResponseValidator({
    responses: schemas,
    components: document.components,
    customFormats: {
      uri: (text: string) => /^https?:/.test(text) && new URL(text).href !== '',
      'date-time': (text: string) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(text),
    },
  });
  validators.set(path, validator);
  return validator;
}

/**
 * Validates a response against the OpenAPI document of the Open Catalog API.
 *
 * @param path as the document writes it: `/software/{softwareId}`.
 * @returns what is wrong with it; empty if it is valid.
 */
export function findResponseProblems(path: string, status: number, body: unknown): unknown[] {
  const problem = validatorOf(path).validateResponse(String(status), body) as
    | { errors?: unknown[]; message: string }
    | undefined;
  return problem ? (problem.errors ?? [problem.message]) : [];
}
