import { stringify } from 'yaml';

import { readPubliccode } from './read-publiccode.js';
import type { Dependencies, Description, Maintenance, PubliccodeRecord } from './record.js';
import type { QualityIssue } from './rules.js';
import { developmentStatuses, maintenanceTypes, softwareTypes } from './vocabulary.js';

export interface WrittenPubliccode {
  readonly text: string;
  /** Why the text is not valid 0.7: what is mandatory and unknown, or known and wrong. Empty when it is valid. */
  readonly errors: readonly QualityIssue[];
}

/**
 * Writes a record as publiccode.yml 0.7. Reading the text gives the same record, always; so nothing is made up for what is
 * mandatory and unknown. The text then is not valid: `faults` and a comment at its head say why.
 *
 * With two keys it serves older habits. Version 0.7 wants contacts where the maintenance is internal or by a community; since
 * persons are not kept, "the maintainers of" the software stand there. A publisher of whom only the name is known, and no
 * URI, is written in `legal.repoOwner`, which is deprecated but valid, because `organisation` would need the URI.
 */
export function writePubliccode(record: PubliccodeRecord): WrittenPubliccode {
  const body = stringify(toDocument(record), { lineWidth: 0, compat: 'yaml-1.1', aliasDuplicateObjects: false });
  const errors = readPubliccode(Buffer.from(body)).issues.filter(({ severity }) => severity === 'ERROR');
  const why = errors.map(({ path, message }) => `# ${path} ${message}\n`);
  const head = errors.length > 0 ? ['# Not valid publiccode.yml 0.7 yet:\n', ...why] : [];
  return { text: [...head, body].join(''), errors };
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

/** A language in which nothing is said is still one in which the file has a section. */
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

/** The keys that say something, or null when none does. */
function filled(section: object): object | null {
  const entries = Object.entries(section).filter(
    ([, value]) => value !== null && !(Array.isArray(value) && value.length === 0),
  );
  return entries.length > 0 ? Object.fromEntries(entries) : null;
}

/** How the standard writes a value of an enum. */
const wordFor = <T>(words: ReadonlyMap<string, T>, value: T | null): string | null =>
  [...words].find(([, meant]) => meant === value)?.[0] ?? null;
