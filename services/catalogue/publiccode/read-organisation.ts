import { parseUrl } from '../../../schema/values/parse-url.js';
import { readLicence } from './licence.js';
import { italianOrganisation, supported, uri } from './read-identifiers.js';
import { fileAddress, type ReadLocalFile } from './read-files.js';
import { boolean, line, organisationName } from './read-values.js';
import type { FundingOrganisation, Legal, PublishingOrganisation } from './record.js';
import { quoted } from './rules.js';
import { type Section, sectionWith } from './section.js';
import { isEmpty, isSection } from './values.js';

/** Reads the licence, the copyright, and the publisher's name, which older versions have here. */
export function readLegal(root: Section, readFile?: ReadLocalFile): Legal & { readonly repoOwner: string | null } {
  const section = root.section('legal');
  section.requireKeys('license');
  section.checkDeprecated('authorsFile', () => section.readText('authorsFile', fileAddress([], readFile)));
  const written = section.readText('license', line(300));
  const read = written === null ? null : readLicence(written);
  if (read && !read.isSpdx)
    section.issue('license', 'licence-unknown', `${quoted(read.licence)} is not an SPDX expression`);
  if (read && read.licence !== written) {
    const rule = read.isWrittenAsSpdx ? 'licence-form' : 'mapped-value';
    section.issue('license', rule, `was read as ${quoted(read.licence)}`);
  }
  if (read?.isDeprecated) {
    section.issue(
      'license',
      'licence-deprecated',
      'uses an identifier that SPDX has deprecated; append "-only" or "-or-later"',
    );
  }
  const mainCopyrightOwner = section.readText('mainCopyrightOwner', organisationName);
  const repoOwner = section.readText('repoOwner', organisationName);
  if (repoOwner !== null)
    section.issue('repoOwner', 'deprecated-key', 'is deprecated; it belongs in organisation.name');
  section.reportUnknownKeys();
  return { license: read?.licence ?? null, mainCopyrightOwner, repoOwner };
}

interface ItalianSection {
  readonly organisation: string | null;
  readonly supports: readonly string[];
}

/** The platforms and rules of the Italian section that have an alias since 0.7; `privacy` is from 0.1. */
const italianAliases = new Map([
  ...['spid', 'cie', 'anpr', 'pagopa', 'io'].map((name) => [name, name] as const),
  ...['gdpr', 'privacy'].map((name) => [name, 'gdpr'] as const),
]);

/** The parts of the Italian section with its platforms and rules, and their keys, of which some are not kept. */
const italianParts = {
  piattaforme: ['spid', 'cie', 'anpr', 'pagopa', 'io'],
  conforme: ['gdpr', 'lineeGuidaDesign', 'modelloInteroperabilita', 'misureMinimeSicurezza'],
} as const;

/** `IT`, and `it` until 0.5. */
export const isItalian = (key: string): boolean => key.toUpperCase() === 'IT';

/** Reads the Italian section, `IT` or `it`, which is deprecated but in most files the only one that names the publisher. */
export function readItalianSection(root: Section): ItalianSection {
  const supports = new Set<string>();
  let organisation: string | null = null;
  const keys = root.keys().filter(isItalian).sort();
  for (const [index, key] of keys.entries()) {
    const section = root.section(key);
    const kept = 'its publisher and platforms were moved to organisation and supports';
    root.issue(key, 'deprecated-section', `is deprecated; ${kept}, the rest is not kept`);
    if (index > 0) root.issue(key, 'repeated-section', `repeats ${quoted(keys[0] ?? '')} in another case`);
    if (key !== 'IT' && key !== 'it') root.issue(key, 'key-case', 'is "IT" in the standard');
    const reuse = section.section('riuso');
    const code = reuse.read('codiceIPA', italianOrganisation);
    organisation ??= code;
    reuse.reportUnknownKeys();
    const version = section.readText('countryExtensionVersion', line(20));
    if (version !== null && version !== '0.2' && version !== '1.0')
      section.issue('countryExtensionVersion', 'other-version', `is ${quoted(version)}, and must be "1.0"`);
    for (const [name, partKeys] of Object.entries(italianParts)) {
      const part = section.section(name);
      readItalianAliases(part, partKeys, supports);
      for (const other of partKeys.filter((key) => !italianAliases.has(key))) part.read(other, boolean);
      part.reportUnknownKeys();
    }
    // Version 0.1 has them in the section itself.
    readItalianAliases(section, [], supports);
    section.reportUnknownKeys();
  }
  return { organisation, supports: [...supports] };
}

/** Adds the aliases of the keys that are true. */
function readItalianAliases(part: Section, currentKeys: readonly string[], supports: Set<string>): void {
  for (const [name, alias] of italianAliases) {
    if (!part.keys().includes(name)) continue;
    if (part.read(name, boolean)) supports.add(`alias:${alias}`);
    if (!currentKeys.includes(name)) part.issue(name, 'renamed-key', 'has moved to another key since version 0.1');
  }
}

/** Reads the publisher from the section that 0.5 introduced, else from the Italian section and the owner of the repository. */
export function readOrganisation(root: Section, repoOwner: string | null, italian: ItalianSection) {
  const section = root.section('organisation');
  if (isSection(root.value('organisation'))) section.requireKeys('uri');
  const ownUri = section.read('uri', uri);
  const ownName = section.readText('name', organisationName);
  section.reportUnknownKeys();
  if (ownUri !== null && italian.organisation !== null && ownUri !== italian.organisation) {
    section.issue('uri', 'contradicting-organisations', `differs from the Italian section, ${italian.organisation}`);
  }
  return toOrganisation(ownUri ?? italian.organisation, [ownName, repoOwner]);
}

/** Some files contain an address instead of a name. */
function toOrganisation(uri: string | null, names: readonly (string | null)[]): PublishingOrganisation | null {
  const isAddress = (name: string) => /^https?:\/\/\S+$/i.test(name) && parseUrl(name) !== null;
  const given = names.filter((name) => name !== null);
  const address = given.find(isAddress) ?? null;
  const name = given.find((candidate) => !isAddress(candidate)) ?? null;
  return uri === null && name === null && address === null ? null : { uri: uri ?? address, name };
}

/**
 * An organisation that pays for the development. The text of the standard requires its name, and publiccode-parser its URI; only
 * what the parser requires makes a file invalid.
 */
export const fundingOrganisation = sectionWith<FundingOrganisation>('name', (section) => {
  const organisation = { name: section.readText('name', organisationName), uri: section.read('uri', uri) };
  if (isEmpty(section.value('name')))
    section.issue('name', 'missing-name', 'is mandatory in the text of the standard, but not for its parser');
  if (isEmpty(section.value('uri')))
    section.issue('uri', 'missing-uri', 'is mandatory for the parser of the standard, but not in its text');
  return organisation.name === null && organisation.uri === null ? null : organisation;
});

/** An item of `supports`. */
export const support = sectionWith<string>('id', (section) => {
  section.requireKeys('id');
  return section.read('id', supported);
});
