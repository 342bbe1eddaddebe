import { z } from 'zod';

import { parseOrganisationId } from '../../../schema/values/organisation-id.js';
import { parseUrl } from '../../../schema/values/parse-url.js';
import { toSolutionAddress } from '../../../schema/values/solution-address.js';

/** What a country's feed is a stranger's input for: each field is held against what the contract says of it. */

/** A text that a person reads: no control characters but the ends of lines. */
export const text = (longest: number) =>
  z
    .string()
    .max(longest, `is longer than ${longest} characters`)
    .refine((value) => !unreadable.test(value), 'holds control characters, or halves of characters');

/** Control characters but tabs and the ends of lines, and halves of characters: no database takes those. */
const unreadable = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f\p{Cs}]/u;

export const name = text(500);

/** An address that a client may follow. */
export const url = z
  .string()
  .max(2000)
  .refine((value) => {
    const protocol = parseUrl(value)?.protocol;
    return (protocol === 'http:' || protocol === 'https:') && !unstorable.test(value);
  }, 'is no http or https address');

/** No address has those, though what reads addresses passes over some of them. */
const unstorable = /[\0-\x1f\x7f\p{Cs}]/u;

export const uri = z
  .string()
  .max(2000)
  .refine(
    (value) => /^(?:https?|urn):\S+$/i.test(value) && !unstorable.test(value),
    'is no http, https or urn address',
  );

export const solutionAddress = z
  .string()
  .refine((value) => toSolutionAddress(value) === value, 'is no solution address in its canonical form');

/** ISO 8601 has a year 0, which PostgreSQL has not, and any number of decimals. */
const isDated = (value: string): boolean => value >= '0001';

export const day = z.iso.date().refine(isDated, 'is before the year 1');
export const moment = z.iso.datetime().max(40).refine(isDated, 'is before the year 1');
export const count = z.int().min(0).max(2_147_483_647);
export const language = z.string().regex(/^[A-Za-z0-9-]{1,35}$/, 'is no language tag');

/** What belongs to the country itself: `dk:record:os2mo`. */
export const ownId = (country: string, type: string) =>
  z
    .string()
    .regex(new RegExp(`^${country.toLowerCase()}:${type}:[a-z0-9-]{1,100}$`), `is no id of a ${type} of ${country}`);

export const organisationId = z.string().refine((value) => parseOrganisationId(value) !== null, 'is no id of a body');

/** A body of the country itself. */
export const ownOrganisationId = (country: string, type: 'administration' | 'consortium') =>
  z.string().refine(
    (value) => {
      const parsed = parseOrganisationId(value);
      return parsed?.country === country.toLowerCase() && parsed.type === type;
    },
    `is no id of ${type === 'administration' ? 'an' : 'a'} ${type} of ${country}`,
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

export const list = <Item extends z.ZodType>(item: Item, most = 200) => z.array(item).max(most);
