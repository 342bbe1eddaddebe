import type { Country } from '../../../schema/values/countries.js';

const period = 'during { start startPrecision end endPrecision ended }';
const provenance = 'provenance { source retrievedAt observedOn assertedBy method licence note }';

const issues = 'issues { path rule severity message line column violatesStandard }';

const organisation = `id kind name names { text language } alternativeNames { text } existed { start end ended } identifiers { notation }`;

const record = `record {
  id country solutionAddress aliases issued kind name
  descriptions {
    language localisedName shortDescription longDescription documentation apiDocumentation features awards
  }
  url landingURL applicationSuite partOf isBasedOn softwareVersion releaseDate developmentStatus softwareType categories platforms
  supports licence mainCopyrightOwner maintenance maintainedUntil contractors { name until website } fundedBy { name uri }
  intendedAudience { countries unsupportedCountries scope } localisationReady availableLanguages
  dependsOn { kind name versionMin versionMax version optional }
  roadmap publisherId publisherName ${issues} publiccodeFile { text valid ${issues} }
  validByStandard ${provenance}
}`;

/** The content of each entry: all fields that the index needs. */
const contents = `
  administration { ${organisation} level nuts population { count } }
  consortium { ${organisation} openTo { kinds nuts } membersCompleteSince status provenance { source observedOn } }
  membership { id consortiumId memberId role ${period} provenance { source observedOn } }
  claim {
    id consortiumId solutionAddress statement relation kind count outOf share asOf precision publishedOn source
  }
  ${record}
  portfolioEntry { id consortiumId solutionAddress ${period} provenance { observedOn } }
  adoption {
    id country administrationId group solutionAddress status ${period} version rawName matchConfidence ${provenance}
  }`;

/**
 * The query for one page of a country's change feed.
 *
 * @param withContents false: only what has changed, without its content, to get past an entry that is too large.
 */
export const feedQuery = ({ folder }: Pick<Country, 'folder'>, withContents: boolean): string => `
query Changes($after: String, $first: Int) {
  catalogue: ${folder} {
    languages
    changes(after: $after, first: $first) {
      feedId
      pageInfo { hasNextPage endCursor }
      nodes { at kind subject subjectId ${withContents ? contents : ''} }
    }
  }
}`;
