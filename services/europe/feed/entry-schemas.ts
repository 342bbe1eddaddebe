import { z } from 'zod';

import { administrationKinds } from './administration-kinds.js';
import * as field from './field-schemas.js';
import { createNeedSchemas, recordCodes } from './need-schemas.js';

const organisation = {
  name: field.name,
  names: field.list(z.object({ text: field.name, language: field.language })),
  alternativeNames: field.list(z.object({ text: field.name })),
  existed: z.object({ start: field.day.nullable(), end: field.day.nullable(), ended: z.boolean().nullable() }),
  identifiers: field.list(z.object({ notation: field.text(100) })),
};

/** What the reader of publiccode.yml keeps at most; the standard has no such limits. A text of its length can have longer characters. */
const maxItems = 1000;
const maxTextLength = 20_000;

const description = z.object({
  language: field.language,
  localisedName: field.name.nullable(),
  shortDescription: field.text(2000).nullable(),
  longDescription: field.text(20_000).nullable(),
  documentation: field.url.nullable(),
  apiDocumentation: field.url.nullable(),
  features: field.list(field.text(maxTextLength), maxItems),
  awards: field.list(field.text(maxTextLength), maxItems),
});

/** The deviations of a record, or of the file as which it is written. */
const issues = field.list(
  z.object({
    path: field.text(1000),
    rule: field.text(200),
    severity: z.enum(['ERROR', 'WARNING', 'INFO']),
    message: field.text(4000),
    line: field.count.nullable(),
    column: field.count.nullable(),
    violatesStandard: z.boolean().nullable(),
  }),
  2000,
);

/** The schema of each subject's content in the feed of one country. Fields that are not named here are dropped. */
export const createEntrySchemas = (country: string) => ({
  ADMINISTRATION: z.object({
    id: field.ownOrganisationId(country, 'administration'),
    kind: administrationKinds,
    level: z.enum(['LOCAL', 'REGIONAL', 'NATIONAL', 'OTHER']),
    nuts: field.nutsCode.nullable(),
    population: z.object({ count: field.count }).nullable(),
    ...organisation,
  }),
  CONSORTIUM: z.object({
    id: field.ownOrganisationId(country, 'consortium'),
    openTo: z
      .object({ kinds: field.list(administrationKinds, 100), nuts: field.list(field.nutsCode, 1000) })
      .nullable(),
    membersCompleteSince: field.day.nullable(),
    // Countries of an earlier contract state none.
    completeMembers: z
      .object({ start: field.day, end: field.day.nullable(), kinds: field.list(administrationKinds, 100).nullable() })
      .nullable()
      .default(null),
    status: z.enum(['ACTIVE', 'IN_DISSOLUTION', 'ENDED']).nullable(),
    provenance: field.observed.extend({ source: field.url.nullable() }),
    ...organisation,
  }),
  MEMBERSHIP: z
    .object({
      id: field.ownId(country, 'membership'),
      consortiumId: field.organisationId,
      memberId: field.organisationId,
      role: z.enum(['FOUNDER', 'MEMBER', 'BOARD', 'OBSERVER', 'PARTNER', 'OTHER']),
      during: field.period,
      provenance: field.observed.extend({ source: field.url.nullable() }),
    })
    .refine(
      ({ consortiumId, memberId }) => [consortiumId, memberId].some((id) => id.startsWith(`${country.toLowerCase()}:`)),
      `joins two organisations of which none is of ${country}`,
    ),
  CLAIM: z.object({
    id: field.ownId(country, 'claim'),
    consortiumId: field.organisationId.nullable(),
    solutionAddress: field.solutionAddress.nullable(),
    statement: field.text(4000),
    relation: z.enum(['MEMBERS', 'SERVED', 'USERS', 'OTHER']).nullable(),
    kind: administrationKinds.nullable(),
    count: field.count.nullable(),
    outOf: field.count.nullable(),
    share: z.number().min(0).max(1).nullable(),
    asOf: field.day.nullable(),
    precision: z.enum(['DAY', 'MONTH', 'SEASON', 'YEAR']).nullable(),
    publishedOn: field.day.nullable(),
    source: field.url,
  }),
  RECORD: z.object({
    id: field.ownId(country, 'record'),
    country: z.literal(country),
    solutionAddress: field.solutionAddress,
    aliases: field.list(field.solutionAddress, 20),
    issued: field.moment,
    kind: z.enum(['SOFTWARE', 'SERVICE']),
    name: field.name,
    descriptions: field.list(description, 100),
    url: field.url.nullable(),
    landingURL: field.url.nullable(),
    applicationSuite: field.name.nullable(),
    partOf: field.solutionAddress.nullable(),
    isBasedOn: field.list(field.text(2000), maxItems),
    softwareVersion: field.name.nullable(),
    releaseDate: field.day.nullable(),
    developmentStatus: z.enum(['CONCEPT', 'DEVELOPMENT', 'BETA', 'STABLE', 'OBSOLETE']).nullable(),
    softwareType: z
      .enum([
        'STANDALONE_MOBILE',
        'STANDALONE_IOT',
        'STANDALONE_DESKTOP',
        'STANDALONE_WEB',
        'STANDALONE_BACKEND',
        'STANDALONE_OTHER',
        'ADDON',
        'LIBRARY',
        'CONFIGURATION_FILES',
      ])
      .nullable(),
    categories: field.list(field.text(100), maxItems),
    platforms: field.list(field.text(100), maxItems),
    supports: field.list(field.text(2000), maxItems),
    licence: field.name.nullable(),
    mainCopyrightOwner: field.name.nullable(),
    maintenance: z.enum(['INTERNAL', 'CONTRACT', 'COMMUNITY', 'NONE']).nullable(),
    maintainedUntil: field.day.nullable(),
    contractors: field.list(
      z.object({ name: field.name, until: field.day.nullable(), website: field.url.nullable() }),
      maxItems,
    ),
    fundedBy: field.list(z.object({ name: field.name.nullable(), uri: field.uri.nullable() }), maxItems),
    intendedAudience: z
      .object({
        countries: field.list(field.text(100), maxItems),
        unsupportedCountries: field.list(field.text(100), maxItems),
        scope: field.list(field.text(100), maxItems),
      })
      .nullable(),
    localisationReady: z.boolean().nullable(),
    availableLanguages: field.list(field.language, maxItems),
    dependsOn: field.list(
      z.object({
        kind: field.text(20),
        name: field.name,
        versionMin: field.name.nullable(),
        versionMax: field.name.nullable(),
        version: field.name.nullable(),
        optional: z.boolean().nullable(),
      }),
      3 * maxItems,
    ),
    roadmap: field.url.nullable(),
    publisherId: field.organisationId.nullable(),
    publisherName: field.name.nullable(),
    issues,
    publiccodeFile: z.object({ text: field.text(200_000), valid: z.boolean(), issues }).nullable(),
    validByStandard: z.boolean().nullable(),
    codes: recordCodes,
    provenance: field.provenance,
  }),
  PORTFOLIO: z.object({
    id: field.ownId(country, 'portfolio'),
    consortiumId: field.ownOrganisationId(country, 'consortium'),
    solutionAddress: field.solutionAddress,
    during: field.period,
    provenance: field.observed,
  }),
  // Stored in this order. A list takes the fewest parts out of a row if it selects them in the same.
  ADOPTION: z.object({
    id: field.ownId(country, 'adoption'),
    country: z.literal(country),
    administrationId: field.organisationId
      .refine((id) => id.split(':')[1] === 'administration', 'is not the id of an administration')
      .nullable(),
    group: field.text(2000).nullable(),
    rawName: field.text(1000).nullable(),
    solutionAddress: field.solutionAddress,
    status: z.enum(['AGREEMENT', 'PILOT', 'IN_PRODUCTION', 'DECLARED', 'ENDED', 'OTHER']),
    version: field.name.nullable(),
    matchConfidence: z.number().min(0).max(1).nullable(),
    during: field.period,
    provenance: field.provenance,
  }),
  ...createNeedSchemas(country),
  TERMS: z.object({
    id: field.ownId(country, 'terms'),
    country: z.literal(country),
    consortiumId: field.ownOrganisationId(country, 'consortium').nullable(),
    solutionAddress: field.solutionAddress.nullable(),
    openToKinds: field.list(administrationKinds, 100).nullable(),
    openToNuts: field.list(field.nutsCode, 1000).nullable(),
    eligibility: field.texts,
    conditions: field.texts,
    support: field.texts,
    agreement: field.url.nullable(),
    exceptionGround: z.enum(['PUBLIC_TASK', 'THIRD_PARTY_RIGHTS', 'SECURITY']).nullable(),
    exceptionReason: field.texts,
    fees: field.list(
      z.object({
        id: field.ownId(country, 'fee'),
        kind: z.enum(['JOINING', 'ANNUAL', 'MEMBERSHIP', 'OTHER']),
        memberKind: administrationKinds.nullable(),
        populationMin: field.count.nullable(),
        populationMax: field.count.nullable(),
        forMembers: z.boolean().nullable(),
        amount: field.money,
        during: field.period,
        provenance: field.provenance,
      }),
    ),
    provenance: field.provenance,
  }),
  CONTRACT: z.object({
    id: field.ownId(country, 'contract'),
    country: z.literal(country),
    supplierName: field.name,
    supplierIdentifier: field.registerCode.nullable(),
    clientId: field.organisationId.nullable(),
    solutionAddress: field.solutionAddress.nullable(),
    during: field.period,
    url: field.url.nullable(),
    provenance: field.provenance,
  }),
});

type Schemas = ReturnType<typeof createEntrySchemas>;
export type Subject = keyof Schemas;
/** The validated content of an entry. */
export type Content<S extends Subject> = z.output<Schemas[S]>;
