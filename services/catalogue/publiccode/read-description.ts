import { toLanguage } from './read-identifiers.js';
import { fileAddress, type ReadLocalFile, screenshotTypes } from './read-files.js';
import { line, maxItems, maxTextLength, name, prose, textWith, toWebAddress, webAddress } from './read-values.js';
import type { Description } from './record.js';
import { Section } from './section.js';
import { quoted } from './rules.js';
import { isLonger, isShorter } from './texts.js';
import { isVideo } from './videos.js';
import { isEmpty } from './values.js';

const maxGenericName = 35;
const maxShortDescription = 150;
const minLongDescription = 150;
const maxLongDescription = 10_000;
/** The European Union has 24 official languages. */
const maxLanguages = 100;

/** Reads the descriptions of a file, one per language. */
export function readDescriptions(root: Section, readFile?: ReadLocalFile): Description[] {
  root.requireKeys('description');
  const section = root.section('description');
  const found = new Map<string, Description>();
  const keys = section.keys();
  if (keys.length > maxLanguages) {
    section.location.issue(
      'over-limit',
      `has ${String(keys.length)} languages; ${String(maxLanguages)} are kept, the limit of this catalogue`,
    );
  }
  for (const key of keys.slice(0, maxLanguages)) {
    const location = section.location.at(key);
    const language = toLanguage(key, location);
    if (language === null) continue;
    if (found.has(language)) location.issue('duplicate-key', 'repeats a language in another spelling; it is ignored');
    else found.set(language, readDescription(language, sectionOf(section, key), readFile));
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

function readDescription(language: string, section: Section, readFile?: ReadLocalFile): Description {
  section.requireKeys('shortDescription');
  section.checkDeprecated('genericName', () => section.readText('genericName', line(maxGenericName, 'too-long')));
  section.reportRemoved('freeTags');
  const longDescription = section.readText('longDescription', prose(maxLongDescription, 'too-long'));
  if (longDescription !== null && isShorter(longDescription, minLongDescription)) {
    section.issue('longDescription', 'too-short', `is shorter than ${String(minLongDescription)} characters`);
  }
  const description = {
    language,
    localisedName: section.readText('localisedName', name),
    shortDescription: section.readText('shortDescription', line(maxShortDescription, 'too-long')),
    longDescription,
    documentation: section.read('documentation', webAddress),
    apiDocumentation: section.read('apiDocumentation', webAddress),
    features: section.readList('features', line(maxTextLength), maxItems, {
      formerKey: 'featureList',
      allowEmptyTexts: true,
    }),
    screenshots: section.readList('screenshots', fileAddress(screenshotTypes, readFile), maxItems),
    videos: section.readList('videos', video, maxItems),
    awards: section.readList('awards', line(maxTextLength), maxItems, { allowEmptyTexts: true }),
  };
  section.reportUnknownKeys();
  return description;
}

/** A video on a site that supports oEmbed. Others are kept too. */
const video = textWith(2000, (text, location) => {
  const address = toWebAddress(text, location);
  if (address !== null && !isVideo(address))
    location.issue('not-oembed', `${quoted(address)} is not on a video site that supports oEmbed`);
  return address;
});

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
