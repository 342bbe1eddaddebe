import { readProjectFile } from '../files.js';
import { contractVersion } from './contract-version.js';

/** What each version of the contract added, as Markdown. */
export const readChangelog = (): string => readProjectFile('schema/contract/CHANGELOG.md');

/** The description of the schema that a gateway serves: the first that a reader of the schema sees. */
export const schemaDescription = `
Reuse Graph: the IT solutions that public administrations in Europe share, who shares them with whom, and who may join.
One graph over the national catalogues. Begin with \`Query.solutions\` for a need, \`Query.administrations\` for an
organisation, or \`Query.catalogues\` for a country.

Contract version ${contractVersion}. The changes of each version are at \`/changelog.md\` of the gateway. Fields are added
without notice, and never removed without a deprecation.
`.trim();
