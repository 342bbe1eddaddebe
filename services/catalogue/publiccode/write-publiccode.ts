import { stringify } from 'yaml';

import { readPubliccode } from './read-publiccode.js';
import type { Dependencies, Description, Maintenance, PubliccodeRecord } from './record.js';
import { type QualityIssue, violatesStandard } from './rules.js';
import { developmentStatuses, maintenanceTypes, softwareTypes } from './vocabulary.js';

export interface WrittenPubliccode {
  readonly text: string;
  /** Whether the text is valid by the standard. */
  readonly isValid: boolean;
  /** What is wrong with the text: missing mandatory values and invalid ones. Empty if it is valid. */
  readonly faults: readonly QualityIssue[];
}

/**
 * Writes a record as publiccode.yml 0.7. Reading the text always returns the same record, so mandatory values that are unknown
 * are not made up. Then the text is not valid: `faults` and a comment at its top state why. So the text of software with internal
 * or community maintenance is never valid, because the standard requires contacts, and persons are not kept.
 *
 * A publisher with a name but without a URI is written to `legal.repoOwner`, which is deprecated but valid, because
 * `organisation` requires the URI.
 */
export function writePubliccode(record: PubliccodeRecord): WrittenPubliccode {
  const yaml = stringify(toDocument(record), { lineWidth: 0, compat: 'yaml-1.1', aliasDuplicateObjects: false });
  const { issues, isValidByStandard } = readPubliccode(Buffer.from(yaml));
  const faults = issues.filter(({ rule }) => violatesStandard(rule));
  const comments = faults.map(({ path, message }) => `# ${path} ${message}\n`);
  const head = isValidByStandard ? [] : ['# Not valid publiccode.yml 0.7 yet:\n', ...comments];
  const faultsInText = faults.map((fault) => ({
    ...fault,
    line: fault.line === null ? null : fault.line + head.length,
  }));
  return { text: [...head, yaml].join(''), isValid: isValidByStandard, faults: faultsInText };
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
    maintenance: toMaintenance(record.maintenance),
    localisation: filled(record.localisation),
    dependsOn: toDependencies(record.dependsOn),
  });
}

/** A language without any text still has a section in the file. */
const toTexts = (texts: Omit<Description, 'language'>) => filled(texts) ?? {};

const toMaintenance = ({ type, contractors }: Maintenance) =>
  filled({ type: wordFor(maintenanceTypes, type), contractors: contractors.map(filled) });

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
