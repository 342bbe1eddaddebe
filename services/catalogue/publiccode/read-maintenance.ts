import { language } from './read-identifiers.js';
import {
  boolean,
  day,
  email,
  maxItems,
  name,
  organisationName,
  personalText,
  webAddress,
  wordOf,
} from './read-values.js';
import type { Contractor, Dependencies, Dependency, Localisation, Maintenance } from './record.js';
import { type Section, sectionWith } from './section.js';
import { isEmpty, isList } from './values.js';
import { maintenanceTypes } from './vocabulary.js';

/** Reads who maintains the software. Organisations are kept; persons named as contacts are not. */
export function readMaintenance(root: Section): Maintenance {
  const section = root.section('maintenance');
  section.requireKeys('type');
  const type = section.read('type', wordOf(maintenanceTypes));
  if (type === 'CONTRACT') section.requireKeys('contractors');
  if (type === 'INTERNAL' || type === 'COMMUNITY') section.requireKeys('contacts');
  const contractors = section.readList('contractors', contractor, maxItems);
  if (contractors.length > 0 && type !== null && type !== 'CONTRACT') {
    section.issue('contractors', 'contractors-without-contract', 'is only allowed if the type is contract; it is kept');
  }
  const contacts = section.value('contacts');
  if (!isEmpty(contacts)) {
    const count = isList(contacts) ? contacts.length : 1;
    section.issue('contacts', 'persons-not-kept', `names persons (${String(count)}); they are not kept`);
  }
  section.readList('contacts', contact, maxItems);
  section.reportUnknownKeys();
  return { type, contractors };
}

/** Validates a person, of whom nothing is kept. */
const contact = sectionWith<never>('name', (section) => {
  section.requireKeys('name');
  for (const key of ['name', 'affiliation', 'phone']) section.read(key, personalText);
  section.read('email', email);
  return null;
});

const contractor = sectionWith<Contractor>('name', (section) => {
  section.requireKeys('name', 'until');
  if (!isEmpty(section.value('email'))) section.issue('email', 'persons-not-kept', 'is not kept');
  section.read('email', email);
  const contractorName = section.readText('name', organisationName);
  const until = section.read('until', day);
  const website = section.read('website', webAddress);
  return contractorName === null ? null : { name: contractorName, until, website };
});

/** Reads the languages of the software's user interface. */
export function readLocalisation(root: Section): Localisation {
  const section = root.section('localisation');
  section.requireKeys('localisationReady', 'availableLanguages');
  const localisationReady = section.read('localisationReady', boolean);
  const availableLanguages = section.readList('availableLanguages', language, maxItems);
  section.reportUnknownKeys();
  return { localisationReady, availableLanguages };
}

/** Reads what the software needs to run. */
export function readDependencies(root: Section): Dependencies {
  const section = root.section('dependsOn');
  const dependencies = {
    open: section.readList('open', dependency, maxItems),
    proprietary: section.readList('proprietary', dependency, maxItems),
    hardware: section.readList('hardware', dependency, maxItems),
  };
  section.reportUnknownKeys();
  return dependencies;
}

const dependency = sectionWith<Dependency>('name', (section) => {
  section.requireKeys('name');
  const dependencyName = section.readText('name', name);
  const rest = {
    versionMin: section.readText('versionMin', name),
    versionMax: section.readText('versionMax', name),
    version: section.readText('version', name),
    optional: section.read('optional', boolean),
  };
  return dependencyName === null ? null : { name: dependencyName, ...rest };
});
