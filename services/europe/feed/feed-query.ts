import type { Country } from '../../../schema/values/countries.js';

const period = 'during { start startPrecision end endPrecision ended }';
const provenance = 'provenance { source retrievedAt observedOn assertedBy method licence note }';

const texts = (field: string): string => `${field} { language text }`;

const issues = 'issues { path rule severity message line column violatesStandard }';

const organisation = `id kind name names { text language } alternativeNames { text } existed { start end ended } identifiers { notation }`;

const record = (withNeeds: boolean): string => `record {
  id country solutionAddress aliases issued kind name
  descriptions {
    language localisedName shortDescription longDescription documentation apiDocumentation features awards
  }
  url landingURL applicationSuite partOf isBasedOn softwareVersion releaseDate developmentStatus softwareType categories platforms
  supports licence mainCopyrightOwner maintenance maintainedUntil contractors { name until website } fundedBy { name uri }
  intendedAudience { countries unsupportedCountries scope } localisationReady availableLanguages
  dependsOn { kind name versionMin versionMax version optional }
  roadmap publisherId publisherName ${issues} publiccodeFile { text valid ${issues} }
  validByStandard${withNeeds ? ' codes { scheme notation }' : ''} ${provenance}
}`;

/** Code lists and needs, which contract 1.3 added as it did `completeMembers`. */
const needs = `
  codeList { id scheme titles { language text } version publisher licence url ${provenance} }
  code { id scheme notation labels { language text } broaderNotation ${provenance} }
  codeMapping { id scheme notation relation toScheme toNotation topic ${provenance} }
  need { id statements { language text } codes { scheme notation } legalBasis url ${provenance} }
  needHolder {
    id needId holderId rule { kind nuts } state ${period} amount { amount currency } metBy rawName ${provenance}
  }`;

/** Terms and contracts, which contract 1.3 added, too. */
const terms = `
  terms {
    id country consortiumId solutionAddress openToKinds openToNuts ${texts('eligibility')} ${texts('conditions')} ${texts('support')}
    agreement exceptionGround ${texts('exceptionReason')}
    fees { id kind memberKind populationMin populationMax forMembers amount { amount currency } ${period} ${provenance} }
    ${provenance}
  }
  contract { id country supplierName supplierIdentifier clientId solutionAddress ${period} url ${provenance} }`;

/** The content of each entry: all fields that the index needs. */
const contents = (withNeeds: boolean): string => `
  administration { ${organisation} level nuts population { count } }
  consortium {
    ${organisation} openTo { kinds nuts } membersCompleteSince ${withNeeds ? 'completeMembers { start end kinds }' : ''}
    status provenance { source observedOn }
  }
  membership { id consortiumId memberId role ${period} provenance { source observedOn } }
  claim {
    id consortiumId solutionAddress statement relation kind count outOf share asOf precision publishedOn source
  }
  ${record(withNeeds)}
  portfolioEntry { id consortiumId solutionAddress ${period} provenance { observedOn } }
  adoption {
    id country administrationId group solutionAddress status ${period} version rawName matchConfidence ${provenance}
  }${withNeeds ? `${needs}${terms}` : ''}`;

/**
 * The query for one page of a country's change feed.
 *
 * @param withContents false: only what has changed, without its content, to get past an entry that is too large.
 * @param withNeeds false: without what contract 1.3 added, for a country of an earlier contract.
 */
export const feedQuery = (
  { folder }: Pick<Country, 'folder'>,
  { withContents, withNeeds }: { readonly withContents: boolean; readonly withNeeds: boolean },
): string => `
query Changes($after: String, $first: Int) {
  catalogue: ${folder} {
    languages
    changes(after: $after, first: $first) {
      feedId
      pageInfo { hasNextPage endCursor }
      nodes { at kind subject subjectId ${withContents ? contents(withNeeds) : ''} }
    }
  }
}`;
