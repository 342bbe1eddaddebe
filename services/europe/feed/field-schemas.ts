import { z } from 'zod';

import { parseOrganisationId } from '../../../schema/values/organisation-id.js';
import { parseUrl } from '../../../schema/values/parse-url.js';
import { toSolutionAddress } from '../../../schema/values/solution-address.js';

// A country's feed is untrusted input: each field is validated against the contract.

/** A text for people: without control characters other than tabs and line ends. */
export const text = (maxLength: number) =>
  z
    .string()
    .max(maxLength, `is longer than ${maxLength} characters`)
    .refine((value) => !invalidText.test(value), 'contains control characters or lone surrogates');

/** Control characters other than tabs and line ends, and lone surrogates: PostgreSQL cannot store them. */
const invalidText = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f\p{Cs}]/u;

export const name = text(500);

/** A URL that a client may open. */
export const url = z
  .string()
  .max(2000)
  .refine((value) => {
    const protocol = parseUrl(value)?.protocol;
    return (protocol === 'http:' || protocol === 'https:') && !invalidUrlCharacter.test(value);
  }, 'is not an http or https URL');

/** No URL contains these, though URL parsers skip some of them. */
const invalidUrlCharacter = /[\0-\x1f\x7f\p{Cs}]/u;

export const uri = z
  .string()
  .max(2000)
  .refine(
    (value) => /^(?:https?|urn):\S+$/i.test(value) && !invalidUrlCharacter.test(value),
    'is not an http, https or urn URI',
  );

export const solutionAddress = z
  .string()
  .refine((value) => toSolutionAddress(value) === value, 'is not a canonical solution address');

/** ISO 8601 has a year 0, which PostgreSQL lacks. */
const isDated = (value: string): boolean => value >= '0001';

export const day = z.iso.date().refine(isDated, 'is before the year 1');
export const moment = z.iso.datetime().max(40).refine(isDated, 'is before the year 1');
export const count = z.int().min(0).max(2_147_483_647);
export const language = z.string().regex(/^[A-Za-z0-9-]{1,35}$/, 'is not a language tag');

/** The id of an object of the country itself: `dk:record:os2mo`. */
export const ownId = (country: string, type: string) =>
  z
    .string()
    .regex(
      new RegExp(`^${country.toLowerCase()}:${type}:[a-z0-9-]{1,100}$`),
      `is not the id of a ${type} of ${country}`,
    );

export const organisationId = z
  .string()
  .refine((value) => parseOrganisationId(value) !== null, 'is not the id of an organisation');

/** The id of an organisation of the country itself. */
export const ownOrganisationId = (country: string, type: 'administration' | 'consortium') =>
  z.string().refine(
    (value) => {
      const parsed = parseOrganisationId(value);
      return parsed?.country === country.toLowerCase() && parsed.type === type;
    },
    `is not the id of ${type === 'administration' ? 'an' : 'a'} ${type} of ${country}`,
  );

export const period = z.object({
  start: day.nullable(),
  startPrecision: z.enum(['DAY', 'MONTH', 'SEASON', 'YEAR']).nullable(),
  end: day.nullable(),
  endPrecision: z.enum(['DAY', 'MONTH', 'SEASON', 'YEAR']).nullable(),
  ended: z.boolean().nullable(),
});

export const provenance = z.object({
  source: url.nullable(),
  retrievedAt: moment.nullable(),
  observedOn: day.nullable(),
  assertedBy: name.nullable(),
  method: z.enum(['IMPORTED', 'DECLARED', 'INFERRED']),
  licence: name.nullable(),
  note: text(4000).nullable(),
});

export const observed = z.object({ observedOn: day.nullable() });

export const list = <Item extends z.ZodType>(item: Item, maxItems = 200) => z.array(item).max(maxItems);
