import { toLanguage } from './read-identifiers.js';
import { fileAddress, line, prose, webAddress } from './read-values.js';
import type { Description } from './record.js';
import { Section } from './section.js';
import { isLonger, isShorter } from './texts.js';
import { isEmpty } from './values.js';

const maxShortDescription = 150;
const minLongDescription = 150;
const maxLongDescription = 10_000;
/** The European Union has 24 official languages. */
const maxLanguages = 100;

/** Reads the descriptions of a file, one per language. */
export function readDescriptions(root: Section): Description[] {
  root.requireKeys('description');
  const section = root.section('description');
  const found = new Map<string, Description>();
  const keys = section.keys();
  if (keys.length > maxLanguages) {
    section.location.issue('too-many', `has ${String(keys.length)} languages; ${String(maxLanguages)} are kept`);
  }
  for (const key of keys.slice(0, maxLanguages)) {
    const location = section.location.at(key);
    const language = toLanguage(key, location);
    if (language === null) continue;
    if (found.has(language)) location.issue('duplicate-key', 'repeats a language in another spelling; it is ignored');
    else found.set(language, readDescription(language, sectionOf(section, key)));
  }
  const descriptions = [...found.values()];
  reportMissingInAll(section, descriptions, 'longDescription', ({ longDescription }) => longDescription === null);
  reportMissingInAll(section, descriptions, 'features', ({ features }) => features.length === 0);
  return descriptions;
}

/** The section of a language. A text instead of a section is read as the description that its length fits. */
function sectionOf(section: Section, language: string): Section {
  const value = section.value(language);
  if (typeof value !== 'string' || isEmpty(value)) return section.section(language);
  const key = isLonger(value, maxShortDescription) ? 'longDescription' : 'shortDescription';
  section.issue(language, 'not-a-section', `must be a section of keys; it was read as its ${key}`);
  return new Section(new Map([[key, value]]), section.location.at(language));
}

function readDescription(language: string, section: Section): Description {
  section.requireKeys('shortDescription');
  section.reportDeprecated('genericName', 'freeTags');
  const longDescription = section.readText('longDescription', prose(maxLongDescription));
  if (longDescription !== null && isShorter(longDescription, minLongDescription)) {
    section.issue('longDescription', 'too-short', `is shorter than ${String(minLongDescription)} characters`);
  }
  const description = {
    language,
    localisedName: section.readText('localisedName', line(200)),
    shortDescription: section.readText('shortDescription', line(maxShortDescription)),
    longDescription,
    documentation: section.read('documentation', webAddress),
    apiDocumentation: section.read('apiDocumentation', webAddress),
    features: section.readList('features', line(500), 200, { formerKey: 'featureList' }),
    screenshots: section.readList('screenshots', fileAddress, 100),
    videos: section.readList('videos', webAddress, 100),
    awards: section.readList('awards', line(500), 100),
  };
  section.reportUnknownKeys();
  return description;
}

/** Reports a key that is mandatory in at least one language as missing in the first one. */
function reportMissingInAll(
  section: Section,
  descriptions: readonly Description[],
  key: string,
  isMissing: (description: Description) => boolean,
): void {
  const [first] = descriptions;
  if (first && descriptions.every(isMissing)) {
    section.location.at(first.language).at(key).issue('missing', 'is mandatory in at least one language');
  }
}
