import { languageOf } from './read-identifiers.js';
import { fileAddress, line, prose, webAddress } from './read-values.js';
import type { Description } from './record.js';
import { Section } from './section.js';
import { isLonger, isShorter } from './texts.js';
import { isEmpty } from './values.js';

const longestShortDescription = 150;
const shortestLongDescription = 150;
const longestLongDescription = 10_000;
/** The European Union has 24. */
const mostLanguages = 100;

/** What a file says in each of its languages. */
export function readDescriptions(root: Section): Description[] {
  root.mandatory('description');
  const section = root.section('description');
  const found = new Map<string, Description>();
  const keys = section.keys();
  if (keys.length > mostLanguages) {
    section.place.issue('too-many', `has ${String(keys.length)} languages; ${String(mostLanguages)} are kept`);
  }
  for (const key of keys.slice(0, mostLanguages)) {
    const place = section.place.at(key);
    const language = languageOf(key, place);
    if (language === null) continue;
    if (found.has(language)) place.issue('duplicate-key', 'is there in other letters already; it is left out');
    else found.set(language, readDescription(language, sectionOf(section, key)));
  }
  const descriptions = [...found.values()];
  missInAll(section, descriptions, 'longDescription', ({ longDescription }) => longDescription === null);
  missInAll(section, descriptions, 'features', ({ features }) => features.length === 0);
  return descriptions;
}

/** The section of a language. A text alone is taken for the description that its length fits. */
function sectionOf(section: Section, language: string): Section {
  const value = section.value(language);
  if (typeof value !== 'string' || isEmpty(value)) return section.section(language);
  const key = isLonger(value, longestShortDescription) ? 'longDescription' : 'shortDescription';
  section.issue(language, 'not-a-section', `is no section of keys; it was taken for its ${key}`);
  return new Section(new Map([[key, value]]), section.place.at(language));
}

function readDescription(language: string, section: Section): Description {
  section.mandatory('shortDescription');
  section.deprecated('genericName', 'freeTags');
  const longDescription = section.text('longDescription', prose(longestLongDescription));
  if (longDescription !== null && isShorter(longDescription, shortestLongDescription)) {
    section.issue('longDescription', 'too-short', `is shorter than ${String(shortestLongDescription)} characters`);
  }
  const description = {
    language,
    localisedName: section.text('localisedName', line(200)),
    shortDescription: section.text('shortDescription', line(longestShortDescription)),
    longDescription,
    documentation: section.one('documentation', webAddress),
    apiDocumentation: section.one('apiDocumentation', webAddress),
    features: section.many('features', line(500), 200, { formerKey: 'featureList' }),
    screenshots: section.many('screenshots', fileAddress, 100),
    videos: section.many('videos', webAddress, 100),
    awards: section.many('awards', line(500), 100),
  };
  section.done();
  return description;
}

/** What must be there in one language at least is missed in the first. */
function missInAll(
  section: Section,
  descriptions: readonly Description[],
  key: string,
  isMissing: (description: Description) => boolean,
): void {
  const [first] = descriptions;
  if (first && descriptions.every(isMissing)) {
    section.place.at(first.language).at(key).issue('missing', 'is mandatory in at least one language');
  }
}
