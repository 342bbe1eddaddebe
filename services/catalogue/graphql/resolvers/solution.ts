import { today } from '../../../shared/dates.js';
import { findDescription } from '../../../shared/languages.js';
import { findPortalReadiness } from '../../../shared/portal-readiness.js';
import { nextTurn } from '../../../kit/observability/next-turn.js';
import type { RequestContext } from '../../../kit/observability/request-context.js';
import type { ResolversOf } from '../../generated/resolver-types.js';
import { isOfCountry } from '../../model/national-catalogue.js';
import { toPeriod } from '../../model/periods.js';
import type { PubliccodeRecord } from '../../publiccode/record.js';
import { violatesStandard } from '../../publiccode/rules.js';
import { writePubliccode, type WrittenPubliccode } from '../../publiccode/write-publiccode.js';
import { toCodes } from './need.js';
import { onlyOfType } from './membership.js';

const solutionOf = ({ address }: { readonly address: string }): { address: string } => ({ address });

export const claimResolvers: ResolversOf<'Claim'> = { solutionAddress: ({ address }) => address };

export const portfolioEntryResolvers: ResolversOf<'PortfolioEntry'> = {
  consortium: async ({ consortiumId }, _args, { loaders }) =>
    onlyOfType(await loaders.organisation.load(consortiumId), 'CONSORTIUM'),
  solutionAddress: ({ address }) => address,
  solution: solutionOf,
  during: toPeriod,
};

export const adoptionResolvers: ResolversOf<'Adoption'> = {
  country: (_adoption, _args, { catalogue }) => catalogue.country.code,
  administration: async ({ administrationId }, _args, { loaders }) =>
    administrationId === null ? null : onlyOfType(await loaders.organisation.load(administrationId), 'ADMINISTRATION'),
  confirmed: ({ administrationId }, _args, { catalogue }) =>
    administrationId === null ? null : isOfCountry(catalogue, administrationId),
  group: ({ usersGroup }) => usersGroup,
  solutionAddress: ({ address }) => address,
  solution: solutionOf,
  during: toPeriod,
};

export const catalogueRecordResolvers: ResolversOf<'CatalogueRecord'> = {
  country: (_record, _args, { catalogue }) => catalogue.country.code,
  solutionAddress: ({ address }) => address,
  solution: solutionOf,
  name: ({ content }) => content.name,
  localisedName: ({ content }, { language }, { catalogue }) =>
    findDescription(content.description, 'localisedName', language, catalogue.languages)?.text ?? null,
  localisedNameLanguage: ({ content }, { language }, { catalogue }) =>
    findDescription(content.description, 'localisedName', language, catalogue.languages)?.language ?? null,
  shortDescription: ({ content }, { language }, { catalogue }) =>
    findDescription(content.description, 'shortDescription', language, catalogue.languages)?.text ?? null,
  shortDescriptionLanguage: ({ content }, { language }, { catalogue }) =>
    findDescription(content.description, 'shortDescription', language, catalogue.languages)?.language ?? null,
  descriptions: ({ content }) => content.description,
  url: ({ content }) => content.url,
  landingURL: ({ content }) => content.landingURL,
  applicationSuite: ({ content }) => content.applicationSuite,
  isBasedOn: ({ content }) => content.isBasedOn,
  softwareVersion: ({ content }) => content.softwareVersion,
  releaseDate: ({ content }) => content.releaseDate,
  developmentStatus: ({ content }) => content.developmentStatus,
  softwareType: ({ content }) => content.softwareType,
  categories: ({ content }) => content.categories,
  platforms: ({ content }) => content.platforms,
  supports: ({ content }) => content.supports,
  licence: ({ content }) => content.legal.license,
  mainCopyrightOwner: ({ content }) => content.legal.mainCopyrightOwner,
  maintenance: ({ content }) => content.maintenance.type,
  contractors: ({ content }) => content.maintenance.contractors,
  fundedBy: ({ content }) => content.fundedBy,
  intendedAudience: ({ content }) => content.intendedAudience,
  localisationReady: ({ content }) => content.localisation.localisationReady,
  availableLanguages: ({ content }) => content.localisation.availableLanguages,
  dependsOn: ({ content }) => toDependencies(content.dependsOn),
  roadmap: ({ content }) => content.roadmap,
  publisher: ({ publisherId }, _args, { loaders }) =>
    publisherId === null ? null : loaders.organisation.load(publisherId),
  claims: ({ address }, _args, { loaders }) => loaders.claimsOfSolution.load(address),
  terms: ({ address }, _args, { loaders }) => loaders.termsOfSolution.load(address),
  publiccode: async ({ content }, _args, { request }) => {
    const written = await toPubliccode(content, request);
    return written === null || written.faults.some(({ severity }) => severity === 'ERROR') ? null : written.text;
  },
  publiccodeFile: async ({ content }, _args, { request }) => {
    const written = await toPubliccode(content, request);
    return written && { text: written.text, valid: written.isValid, issues: written.faults };
  },
  validByStandard: ({ validByStandard }) => validByStandard,
  codes: ({ codes }) => toCodes(codes),
  portalReadiness: async (record, { asOf }, { loaders }) => {
    const terms = await loaders.termsOfSolution.load(record.address);
    const { legal, maintenance, dependsOn, developmentStatus } = record.content;
    return findPortalReadiness(
      {
        licence: legal.license,
        dependsOn: toDependencies(dependsOn),
        exceptionGrounds: terms.map(({ exceptionGround }) => exceptionGround),
        maintenance: maintenance.type,
        maintainedUntil: record.maintainedUntil,
        developmentStatus,
      },
      asOf ?? today(),
    );
  },
};

const toDependencies = (dependsOn: PubliccodeRecord['dependsOn']) =>
  (['open', 'proprietary', 'hardware'] as const).flatMap((kind) =>
    dependsOn[kind].map((dependency) => ({ ...dependency, kind: kind.toUpperCase() })),
  );

export const qualityIssueResolvers: ResolversOf<'QualityIssue'> = {
  violatesStandard: ({ rule }) => violatesStandard(rule),
};

/** Writing a text takes longer than all other fields of a record together, so its fields and their aliases share it. */
const publiccodes = new WeakMap<PubliccodeRecord, Promise<WrittenPubliccode | null>>();

/** What the contract allows for a text. */
const maxPubliccodeLength = 200_000;

function toPubliccode(content: PubliccodeRecord, request: RequestContext): Promise<WrittenPubliccode | null> {
  const written = publiccodes.get(content) ?? writeInTurn(content, request);
  publiccodes.set(content, written);
  return written;
}

async function writeInTurn(content: PubliccodeRecord, request: RequestContext): Promise<WrittenPubliccode | null> {
  await nextTurn(request);
  const written = writePubliccode(content);
  return written.text.length > maxPubliccodeLength ? null : written;
}
