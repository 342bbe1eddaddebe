import { language } from './read-identifiers.js';
import { boolean, day, line, organisationName, webAddress, wordOf } from './read-values.js';
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
  const contractors = section.readList('contractors', contractor, 50);
  if (contractors.length > 0 && type !== null && type !== 'CONTRACT') {
    section.issue('contractors', 'contractors-without-contract', 'is only allowed if the type is contract; it is kept');
  }
  const contacts = section.value('contacts');
  if (!isEmpty(contacts)) {
    const count = isList(contacts) ? contacts.length : 1;
    section.issue('contacts', 'persons-not-kept', `names persons (${String(count)}); they are not kept`);
  }
  section.reportUnknownKeys();
  return { type, contractors };
}

const contractor = sectionWith<Contractor>('name', (section) => {
  section.requireKeys('name', 'until');
  if (!isEmpty(section.value('email'))) section.issue('email', 'persons-not-kept', 'is not kept');
  const name = section.readText('name', organisationName);
  const until = section.read('until', day);
  const website = section.read('website', webAddress);
  return name === null ? null : { name, until, website };
});

/** Reads the languages of the software's user interface. */
export function readLocalisation(root: Section): Localisation {
  const section = root.section('localisation');
  section.requireKeys('localisationReady', 'availableLanguages');
  const localisationReady = section.read('localisationReady', boolean);
  const availableLanguages = section.readList('availableLanguages', language, 300);
  section.reportUnknownKeys();
  return { localisationReady, availableLanguages };
}

/** Reads what the software needs to run. */
export function readDependencies(root: Section): Dependencies {
  const section = root.section('dependsOn');
  const dependencies = {
    open: section.readList('open', dependency, 200),
    proprietary: section.readList('proprietary', dependency, 200),
    hardware: section.readList('hardware', dependency, 200),
  };
  section.reportUnknownKeys();
  return dependencies;
}

const dependency = sectionWith<Dependency>('name', (section) => {
  section.requireKeys('name');
  const name = section.readText('name', line(200));
  const rest = {
    versionMin: section.readText('versionMin', line(100)),
    versionMax: section.readText('versionMax', line(100)),
    version: section.readText('version', line(100)),
    optional: section.read('optional', boolean),
  };
  return name === null ? null : { name, ...rest };
});
