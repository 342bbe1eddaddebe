import { toSolutionAddress } from '../../../schema/values/solution-address.js';
import { readDescriptions } from './read-description.js';
import { readDocument } from './read-document.js';
import { country } from './read-identifiers.js';
import { readDependencies, readLocalisation, readMaintenance } from './read-maintenance.js';
import {
  fundingOrganisation,
  isItalian,
  readItalianSection,
  readLegal,
  readOrganisation,
  support,
} from './read-organisation.js';
import {
  pastDay,
  fileAddress,
  line,
  organisationName,
  platform,
  repositoryAddress,
  webAddress,
  wordIn,
  wordOf,
} from './read-values.js';
import type { IntendedAudience, PubliccodeRecord } from './record.js';
import { collectIssues, type QualityIssue, quoted } from './rules.js';
import { locationAt, Section } from './section.js';
import { categories, developmentStatuses, scopes, softwareTypes, versions } from './vocabulary.js';

export interface ReadPubliccode {
  /** Null if the file is not a publiccode.yml, or cannot be read. */
  readonly record: PubliccodeRecord | null;
  readonly issues: readonly QualityIssue[];
}

/**
 * Reads a publiccode.yml of any version from 0.1 to 0.7, and of the drafts of 1.0. All usable values are kept; each deviation
 * from version 0.7 is an issue. Never throws, whatever the bytes are.
 *
 * @param repository the repository in which the file was found, in any form that `solutionAddressOf` understands.
 */
export function readPubliccode(
  bytes: Uint8Array,
  { repository }: { readonly repository?: string } = {},
): ReadPubliccode {
  const { issues, report } = collectIssues();
  const values = readDocument(bytes, report);
  const root = new Section(values ?? new Map(), locationAt('', report));
  const isPubliccode = ['name', 'url', 'publiccodeYmlVersion', 'description', 'legal'].some((key) =>
    root.keys().includes(key),
  );
  if (!isPubliccode) {
    report('', 'not-publiccode', 'has none of the keys of a publiccode.yml; nothing was read');
    return { record: null, issues };
  }
  return { record: readRecord(root, repository), issues };
}

function readRecord(root: Section, repository: string | undefined): PubliccodeRecord | null {
  readVersion(root);
  root.requireKeys('name', 'url', 'platforms', 'developmentStatus', 'softwareType');
  root.reportDeprecated('monochromeLogo', 'inputTypes', 'outputTypes');
  const { repoOwner, ...legal } = readLegal(root);
  const italian = readItalianSection(root);
  const url = readUrl(root, repository);
  const description = readDescriptions(root);
  const name = root.readText('name', line(200)) ?? nameFrom(description, url ?? repository);
  const record = {
    applicationSuite: root.readText('applicationSuite', line(200)),
    url,
    landingURL: root.read('landingURL', webAddress),
    isBasedOn: root.readList('isBasedOn', repositoryAddress, 50, { allowOne: true }),
    softwareVersion: root.readText('softwareVersion', line(100)),
    releaseDate: root.read('releaseDate', pastDay),
    logo: root.read('logo', fileAddress),
    platforms: root.readList('platforms', platform, 50, { allowOne: true }),
    categories: root.readList('categories', wordIn(categories), 100, { formerKey: 'tags' }),
    usedBy: root.readList('usedBy', organisationName, 3000),
    fundedBy: root.readList('fundedBy', fundingOrganisation, 100),
    roadmap: root.read('roadmap', webAddress),
    developmentStatus: root.read('developmentStatus', wordOf(developmentStatuses)),
    softwareType: root.read('softwareType', wordOf(softwareTypes)),
    supports: [...new Set([...root.readList('supports', support, 100), ...italian.supports])],
    organisation: readOrganisation(root, repoOwner, italian),
    intendedAudience: readAudience(root),
    description,
    legal,
    maintenance: readMaintenance(root),
    localisation: readLocalisation(root),
    dependsOn: readDependencies(root),
  };
  skipCountrySections(root);
  root.reportUnknownKeys();
  return name === null ? null : { name, ...record };
}

function readVersion(root: Section): void {
  root.value('publiccodeYmlVersion', 'publiccode-yaml-version');
  root.requireKeys('publiccodeYmlVersion');
  // Version 0.1 wrote an address: http://w3id.org/publiccode/version/0.1
  const version = root.readText('publiccodeYmlVersion', line(100))?.replace(/^.*\//, '');
  if (version !== undefined && !versions.has(version)) {
    root.issue(
      'publiccodeYmlVersion',
      'unknown-version',
      `${quoted(version)} is an unknown version; it was read as 0.7`,
    );
  }
}

function readUrl(root: Section, repository: string | undefined): string | null {
  const url = root.read('url', repositoryAddress);
  const named = url === null ? null : toSolutionAddress(url);
  const own = repository === undefined ? null : toSolutionAddress(repository);
  if (named !== null && own !== null && named !== own) {
    root.issue('url', 'other-repository', `names ${named}; the file was found in ${own}`);
  }
  return url;
}

/** The name of software without one: its localised name in some language, else the name of its repository. */
const nameFrom = (description: PubliccodeRecord['description'], url: string | undefined): string | null =>
  description.find(({ localisedName }) => localisedName !== null)?.localisedName ??
  (url === undefined ? null : (toSolutionAddress(url)?.split('/').at(-1) ?? null));

function readAudience(root: Section): IntendedAudience {
  const section = root.section('intendedAudience');
  const audience = {
    countries: section.readList('countries', country, 300),
    unsupportedCountries: section.readList('unsupportedCountries', country, 300),
    scope: section.readList('scope', wordIn(scopes), 100, { formerKey: 'onlyFor' }),
  };
  section.reportUnknownKeys();
  return audience;
}

/** Reports sections that countries added to the standard: `nl`, `DE`. */
function skipCountrySections(root: Section): void {
  for (const key of root.keys().filter((candidate) => /^[a-z]{2}$/i.test(candidate) && !isItalian(candidate))) {
    root.value(key);
    root.issue(key, 'country-section', 'is a section of one country, deprecated since 0.7; it is not kept');
  }
}
