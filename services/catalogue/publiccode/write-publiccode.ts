import { stringify } from 'yaml';

import { readPubliccode } from './read-publiccode.js';
import type { Dependencies, Description, Maintenance, PubliccodeRecord } from './record.js';
import type { QualityIssue } from './rules.js';
import { developmentStatuses, maintenanceTypes, softwareTypes } from './vocabulary.js';

interface WrittenPubliccode {
  readonly text: string;
  /** Why the text is not valid 0.7: missing mandatory values and invalid ones. Empty if it is valid. */
  readonly errors: readonly QualityIssue[];
}

/**
 * Writes a record as publiccode.yml 0.7. Reading the text always returns the same record, so mandatory values that are unknown
 * are not made up. Then the text is not valid: `errors` and a comment at its top state why.
 *
 * Two keys need a workaround. Version 0.7 requires contacts if the maintenance is internal or by a community; since persons are
 * not kept, the contact is "Maintainers of" the software. A publisher with a name but without a URI is written to
 * `legal.repoOwner`, which is deprecated but valid, because `organisation` requires the URI.
 */
export function writePubliccode(record: PubliccodeRecord): WrittenPubliccode {
  const yaml = stringify(toDocument(record), { lineWidth: 0, compat: 'yaml-1.1', aliasDuplicateObjects: false });
  const errors = readPubliccode(Buffer.from(yaml)).issues.filter(({ severity }) => severity === 'ERROR');
  const comments = errors.map(({ path, message }) => `# ${path} ${message}\n`);
  const head = errors.length > 0 ? ['# Not valid publiccode.yml 0.7 yet:\n', ...comments] : [];
  return { text: [...head, yaml].join(''), errors };
}

/** In the order of the standard, without what is unknown. */
function toDocument(record: PubliccodeRecord) {
  const { organisation, legal } = record;
  const isNameOnly = organisation !== null && organisation.uri === null;
  return filled({
    publiccodeYmlVersion: '0.7',
    name: record.name,
    applicationSuite: record.applicationSuite,
    url: record.url,
    landingURL: record.landingURL,
    isBasedOn: record.isBasedOn,
    softwareVersion: record.softwareVersion,
    releaseDate: record.releaseDate,
    logo: record.logo,
    platforms: record.platforms,
    categories: record.categories,
    usedBy: record.usedBy,
    fundedBy: record.fundedBy.map(filled),
    roadmap: record.roadmap,
    developmentStatus: wordFor(developmentStatuses, record.developmentStatus),
    softwareType: wordFor(softwareTypes, record.softwareType),
    supports: record.supports.map((id) => ({ id })),
    organisation: organisation === null || isNameOnly ? null : filled(organisation),
    intendedAudience: filled(record.intendedAudience),
    description: Object.fromEntries(record.description.map(({ language, ...texts }) => [language, toTexts(texts)])),
    legal: filled({ ...legal, repoOwner: isNameOnly ? organisation.name : null }),
    maintenance: toMaintenance(record.maintenance, record),
    localisation: filled(record.localisation),
    dependsOn: toDependencies(record.dependsOn),
  });
}

/** A language without any text still has a section in the file. */
const toTexts = (texts: Omit<Description, 'language'>) => filled(texts) ?? {};

const toMaintenance = ({ type, contractors }: Maintenance, { name, organisation }: PubliccodeRecord) =>
  filled({
    type: wordFor(maintenanceTypes, type),
    contractors: contractors.map(filled),
    contacts:
      type === 'INTERNAL' || type === 'COMMUNITY'
        ? [filled({ name: `Maintainers of ${name}`, affiliation: organisation?.name ?? null })]
        : [],
  });

const toDependencies = (dependencies: Dependencies) =>
  filled({
    open: dependencies.open.map(filled),
    proprietary: dependencies.proprietary.map(filled),
    hardware: dependencies.hardware.map(filled),
  });

/** The keys with a value, or null if there is none. */
function filled(section: object): object | null {
  const entries = Object.entries(section).filter(
    ([, value]) => value !== null && !(Array.isArray(value) && value.length === 0),
  );
  return entries.length > 0 ? Object.fromEntries(entries) : null;
}

/** The word of the standard for a value of an enum. */
const wordFor = <T>(words: ReadonlyMap<string, T>, value: T | null): string | null =>
  [...words].find(([, meaning]) => meaning === value)?.[0] ?? null;
