import { z } from 'zod';

/** Whether a text is an origin as browsers name it. Not URL.canParse, which in Node 20 fails at random on letters beyond ASCII. */
function isOrigin(text: string): boolean {
  try {
    return new URL(text).origin === text;
  } catch {
    return false;
  }
}

const wholeNumber = (standard: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/, `must be a whole number from 0 to ${most}`)
    .transform(Number)
    .refine((value) => value <= most, `must be a whole number from 0 to ${most}`)
    .default(standard);

const yes = z
  .enum(['true', 'false'], 'must be true or false')
  .default('true')
  .transform((text) => text === 'true');

/** How the gateway answers over HTTP, as its environment says. */
export const doorSettings = {
  REQUEST_TIMEOUT_MS: z
    .string()
    .regex(/^[1-9]\d{1,5}$/, 'must be milliseconds from 10 to 999999')
    .transform(Number)
    .default(15_000)
    .describe('How long a request may take in all, countries and retries included.'),
  CORS_ORIGINS: z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .refine((origins) => origins.every(isOrigin), 'must be origins, such as https://example.org, between commas')
    .optional()
    .describe('The origins whose pages may read answers in a browser, between commas. Default: any.'),
  RESPONSE_CACHE_MB: wholeNumber(64, 100_000).describe(
    'How much room there is for answers to be given again; 0: none.',
  ),
  STALE_FOR_SECONDS: wholeNumber(3_600, 86_400).describe(
    'For how long an older answer may stand in for one that lacks a country that is down; 0: never.',
  ),
  TRUSTED_DOCUMENTS: z
    .string()
    .optional()
    .describe('A file of the only documents that may run, JSON: texts by id. Default: any document may run.'),
  INTROSPECTION: yes.describe('Whether the schema can be read, by introspection and at `/schema.graphql`.'),
  PLAYGROUND: yes.describe('Whether there is a page at `/` to try questions on.'),
};
