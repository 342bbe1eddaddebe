import { z } from 'zod';

import { codeScheme, maxNotationLength, topicId } from '../../../schema/values/code-forms.js';
import { countryByCode } from '../../../schema/values/countries.js';
import { currencyCode } from '../../../schema/values/currencies.js';
import { textScheme, topicScheme } from '../crosswalk/crosswalk.js';
import { relations } from '../crosswalk/relations.js';
import { administrationKinds } from './administration-kinds.js';
import * as field from './field-schemas.js';

const scheme = field
  .ofForm(codeScheme)
  .refine((name) => name !== topicScheme && name !== textScheme, 'is a name that the index uses for topics');

/** The country with whose code the name of a code list begins: `DK_KLE`. Null for lists of no single country, such as `EU_SDG`. */
const countryOfScheme = (name: string): string | null =>
  (name.charAt(2) === '_' ? countryByCode(name.slice(0, 2))?.code : null) ?? null;

/** A code list that a country may describe: no other country's, or its codes could be taken over. */
const describableScheme = (country: string) =>
  scheme.refine((name) => [null, country].includes(countryOfScheme(name)), 'is a code list of another country');

const notation = field.text(maxNotationLength).min(1);
const codes = field.list(z.object({ scheme, notation }), 100);
const texts = field.list(z.object({ language: field.language, text: field.name }));

/** At most 15 digits before the point and 3 after it, so that sums are exact. */
const decimal = z.string().regex(/^\d{1,15}(?:\.\d{1,3})?$/, 'is not a decimal number');

/** The codes of a record. Countries of an earlier contract state none. */
export const recordCodes = codes.nullable().default(null);

/** The schemas of code lists and needs, which contract 1.3 added. */
export const createNeedSchemas = (country: string) => ({
  CODE_LIST: z.object({
    id: field.ownId(country, 'code-list'),
    scheme: describableScheme(country),
    titles: texts,
    version: field.name.nullable(),
    publisher: field.name.nullable(),
    licence: field.name.nullable(),
    url: field.url.nullable(),
    provenance: field.provenance,
  }),
  CODE: z.object({
    id: field.ownId(country, 'code'),
    scheme: describableScheme(country),
    notation,
    labels: texts,
    broaderNotation: notation.nullable(),
    provenance: field.provenance,
  }),
  CODE_MAPPING: z
    .object({
      id: field.ownId(country, 'code-mapping'),
      scheme: describableScheme(country),
      notation,
      relation: z.enum(relations),
      toScheme: scheme.nullable(),
      toNotation: notation.nullable(),
      topic: field.ofForm(topicId).nullable(),
      provenance: field.provenance,
    })
    .refine(
      ({ toScheme, toNotation, topic }) =>
        (toScheme === null) === (toNotation === null) && (toScheme === null) !== (topic === null),
      'has not exactly one target: a code or a topic',
    ),
  NEED: z.object({
    id: field.ownId(country, 'need'),
    statements: texts,
    codes,
    legalBasis: field.text(2000).nullable(),
    url: field.url.nullable(),
    provenance: field.provenance,
  }),
  NEED_HOLDER: z
    .object({
      id: field.ownId(country, 'need-holder'),
      needId: field.ownId(country, 'need'),
      holderId: field.organisationId.nullable(),
      rule: z.object({ kind: administrationKinds, nuts: field.nutsCode }).nullable(),
      state: z.enum(['STATED', 'FUNDED', 'TENDERED', 'MET', 'WITHDRAWN']),
      during: field.period,
      amount: z.object({ amount: decimal, currency: field.ofForm(currencyCode) }).nullable(),
      metBy: field.list(field.solutionAddress, 50),
      rawName: field.text(1000).nullable(),
      provenance: field.provenance,
    })
    .refine(({ holderId, rule }) => holderId === null || rule === null, 'is about one holder and a rule')
    .refine(
      ({ rule }) => rule === null || rule.nuts.startsWith(country),
      'is a rule for administrations of another country',
    ),
});
