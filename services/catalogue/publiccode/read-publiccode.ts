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
import { fileAddress, logoTypes, type ReadLocalFile } from './read-files.js';
import {
  pastDay,
  maxItems,
  mediaType,
  name,
  organisationName,
  platform,
  repositoryAddress,
  webAddress,
  wordIn,
  wordOf,
} from './read-values.js';
import type { IntendedAudience, PubliccodeRecord } from './record.js';
import { collectIssues, type QualityIssue, quoted, type Report } from './rules.js';
import { locationAt, Section } from './section.js';
import { isNumber } from './values.js';
import { categories, developmentStatuses, scopes, softwareTypes, versions } from './vocabulary.js';

/** The most users of one solution: a country has 8,000 municipalities. */
const maxUsers = 10_000;

export interface ReadPubliccode {
  /** Null if the file is not a publiccode.yml, or cannot be read. */
  readonly record: PubliccodeRecord | null;
  readonly issues: readonly QualityIssue[];
  /**
   * Whether the file is valid by the standard, as publiccode-parser-go understands it: whatever the severity of its issues is,
   * none of them violates version 0.7.
   */
  readonly isValidByStandard: boolean;
  /** Whether the whole file was parsed. If not, it has a syntax error, and the record only what precedes it. */
  readonly isComplete: boolean;
}

interface ReadOptions {
  /** The repository in which the file was found, in any form that `solutionAddressOf` understands. */
  readonly repository?: string;
  /** Looks at the files that the publiccode.yml names. Undefined: they are not at hand, and not checked. */
  readonly readFile?: ReadLocalFile;
}

/**
 * Reads a publiccode.yml of any version from 0.1 to 0.7, and of the drafts of 1.0. All usable values are kept; each deviation
 * from version 0.7 is an issue. Never throws, whatever the bytes are.
 */
export function readPubliccode(bytes: Uint8Array, { repository, readFile }: ReadOptions = {}): ReadPubliccode {
  const { issues, report, isValid } = collectIssues();
  const document = readDocument(bytes, report);
  const located: Report = (path, rule, message) => {
    // What is missing may follow the syntax error. A name that is missing was derived from something else.
    if (rule === 'missing' && document?.isComplete === false && path !== 'name') return;
    report(path, rule, message, document?.positionOf(path));
  };
  const root = new Section(document?.values ?? new Map(), locationAt('', located));
  const isPubliccode = ['name', 'url', 'publiccodeYmlVersion', 'description', 'legal'].some((key) =>
    root.keys().includes(key),
  );
  if (!isPubliccode) {
    report('', 'not-publiccode', 'has none of the keys of a publiccode.yml; nothing was read');
    return { record: null, issues, isValidByStandard: false, isComplete: false };
  }
  const record = readRecord(root, repository, readFile);
  return { record, issues, isValidByStandard: isValid(), isComplete: document?.isComplete ?? false };
}

function readRecord(
  root: Section,
  repository: string | undefined,
  readFile: ReadLocalFile | undefined,
): PubliccodeRecord | null {
  readVersion(root);
  root.requireKeys('name', 'url', 'platforms', 'developmentStatus', 'softwareType');
  root.checkDeprecated('monochromeLogo', () => root.readText('monochromeLogo', fileAddress(logoTypes, readFile)));
  for (const key of ['inputTypes', 'outputTypes']) {
    root.checkDeprecated(key, () => root.readList(key, mediaType, maxItems));
  }
  const { repoOwner, ...legal } = readLegal(root, readFile);
  const italian = readItalianSection(root);
  const url = readUrl(root, repository);
  const description = readDescriptions(root, readFile);
  const givenName = root.readText('name', name) ?? nameFrom(description, url ?? repository);
  const record = {
    applicationSuite: root.readText('applicationSuite', name),
    url,
    landingURL: root.read('landingURL', webAddress),
    isBasedOn: root.readList('isBasedOn', repositoryAddress, maxItems, { allowOne: true }),
    softwareVersion: root.readText('softwareVersion', name),
    releaseDate: root.read('releaseDate', pastDay),
    logo: root.readText('logo', fileAddress(logoTypes, readFile)),
    platforms: root.readList('platforms', platform, maxItems, { allowEmptyTexts: true }),
    categories: root.readList('categories', wordIn(categories), maxItems, { formerKey: 'tags' }),
    usedBy: root.readList('usedBy', organisationName, maxUsers, { allowEmptyTexts: true }),
    fundedBy: root.readList('fundedBy', fundingOrganisation, maxItems),
    roadmap: root.read('roadmap', webAddress),
    developmentStatus: root.read('developmentStatus', wordOf(developmentStatuses)),
    softwareType: root.read('softwareType', wordOf(softwareTypes)),
    supports: [...new Set([...root.readList('supports', support, maxItems), ...italian.supports])],
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
  return givenName === null ? null : { name: givenName, ...record };
}

function readVersion(root: Section): void {
  const value = root.value('publiccodeYmlVersion', 'publiccode-yaml-version');
  root.requireKeys('publiccodeYmlVersion');
  if (isNumber(value))
    root.issue(
      'publiccodeYmlVersion',
      'version-not-text',
      `must be a text; write it in quotes: ${quoted(value.written)}`,
    );
  // Version 0.1 wrote an address: http://w3id.org/publiccode/version/0.1
  const version = isNumber(value) ? value.written : root.readText('publiccodeYmlVersion', name)?.replace(/^.*\//, '');
  if (version === undefined) return;
  if (!versions.has(version)) {
    root.issue(
      'publiccodeYmlVersion',
      'unknown-version',
      `${quoted(version)} is an unknown version; it was read as 0.7`,
    );
  } else if (/^(?:0\.1|1)(?:\.|-|$)/.test(version)) {
    const which = version.startsWith('0') ? 'no longer a version' : 'not a version yet';
    root.issue(
      'publiccodeYmlVersion',
      'other-version',
      `${quoted(version)} is ${which} of the standard that its parser accepts`,
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
    countries: section.readList('countries', country, maxItems),
    unsupportedCountries: section.readList('unsupportedCountries', country, maxItems),
    scope: section.readList('scope', wordIn(scopes), maxItems, { formerKey: 'onlyFor' }),
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
