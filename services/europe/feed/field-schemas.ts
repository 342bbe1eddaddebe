import { z } from 'zod';

import { isPlainText, plainTextFormat } from '../../../schema/values/plain-text.js';
import { currencyCode } from '../../../schema/values/currencies.js';
import * as forms from '../../../schema/values/value-form.js';

// A country's feed is untrusted input: each field is validated against the contract, as the gateway validates live responses.

/** A text for people. */
export const text = (maxLength: number) =>
  z.string().max(maxLength, `is longer than ${maxLength} characters`).refine(isPlainText, `is not ${plainTextFormat}`);

export const name = text(forms.maxNameLength);

/** A text of one form. */
export const ofForm = ({ isValid, allowed }: forms.ValueForm) => z.string().refine(isValid, `is not ${allowed}`);

/** A URL that a client may open. */
export const url = ofForm(forms.webAddress);

export const uri = z
  .string()
  .max(2000)
  .refine((value) => /^(?:https?|urn):\S+$/i.test(value) && isPlainText(value), 'is not an http, https or urn URI');

export const solutionAddress = ofForm(forms.solutionAddress);
export const day = ofForm(forms.calendarDay);
export const moment = ofForm(forms.moment);
export const count = z.int().min(0).max(2_147_483_647);
export const language = ofForm(forms.languageTag);
export const nutsCode = ofForm(forms.nutsCode);

/** The id of an object of the country itself: `dk:record:os2mo`. */
export const ownId = (country: string, type: string) => ofForm(forms.rowId(country, type));

export const organisationId = ofForm(forms.organisationId());

/** The id of an organisation of the country itself. */
export const ownOrganisationId = (country: string, type: 'administration' | 'consortium') =>
  ofForm(forms.organisationId(country, type));

export const period = z.object({
  start: day.nullable(),
  startPrecision: z.enum(['DAY', 'MONTH', 'SEASON', 'YEAR']).nullable(),
  end: day.nullable(),
  endPrecision: z.enum(['DAY', 'MONTH', 'SEASON', 'YEAR']).nullable(),
  ended: z.boolean().nullable(),
});

/** A text in each of some languages. */
export const texts = z.array(z.object({ language, text: text(2000) })).max(100);

export const money = z.object({ amount: ofForm(forms.decimalNumber), currency: ofForm(currencyCode) });

/** The code of a supplier, with its register. */
export const registerCode = ofForm(forms.registerCode);

export const provenance = z.object({
  source: url.nullable(),
  observedOn: day.nullable(),
  retrievedAt: moment.nullable(),
  method: z.enum(['IMPORTED', 'DECLARED', 'INFERRED']),
  assertedBy: name.nullable(),
  licence: name.nullable(),
  note: text(4000).nullable(),
});

export const observed = z.object({ observedOn: day.nullable() });

export const list = <Item extends z.ZodType>(item: Item, maxItems = 200) => z.array(item).max(maxItems);
