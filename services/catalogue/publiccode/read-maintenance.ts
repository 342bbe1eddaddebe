import { language } from './read-identifiers.js';
import { boolean, day, line, organisationName, webAddress, wordOf } from './read-values.js';
import type { Contractor, Dependencies, Dependency, Localisation, Maintenance } from './record.js';
import { type Section, sectionWith } from './section.js';
import { isEmpty, isList } from './values.js';
import { maintenanceTypes } from './vocabulary.js';

/** Who maintains the software: organisations. The persons whom a file names as contacts are not kept. */
export function readMaintenance(root: Section): Maintenance {
  const section = root.section('maintenance');
  section.mandatory('type');
  const type = section.one('type', wordOf(maintenanceTypes));
  if (type === 'CONTRACT') section.mandatory('contractors');
  if (type === 'INTERNAL' || type === 'COMMUNITY') section.mandatory('contacts');
  const contractors = section.many('contractors', contractor, 50);
  if (contractors.length > 0 && type !== null && type !== 'CONTRACT') {
    section.issue(
      'contractors',
      'contractors-without-contract',
      'must not be there unless the type is contract; it is kept',
    );
  }
  const contacts = section.value('contacts');
  if (!isEmpty(contacts)) {
    const count = isList(contacts) ? contacts.length : 1;
    section.issue('contacts', 'persons-not-kept', `names persons (${String(count)}); they are not kept`);
  }
  section.done();
  return { type, contractors };
}

const contractor = sectionWith<Contractor>('name', (section) => {
  section.mandatory('name', 'until');
  if (!isEmpty(section.value('email'))) section.issue('email', 'persons-not-kept', 'is not kept');
  const name = section.text('name', organisationName);
  const until = section.one('until', day);
  const website = section.one('website', webAddress);
  return name === null ? null : { name, until, website };
});

/** In which languages the software speaks. */
export function readLocalisation(root: Section): Localisation {
  const section = root.section('localisation');
  section.mandatory('localisationReady', 'availableLanguages');
  const localisationReady = section.one('localisationReady', boolean);
  const availableLanguages = section.many('availableLanguages', language, 300);
  section.done();
  return { localisationReady, availableLanguages };
}

/** What must be there for the software to run. */
export function readDependencies(root: Section): Dependencies {
  const section = root.section('dependsOn');
  const dependencies = {
    open: section.many('open', dependency, 200),
    proprietary: section.many('proprietary', dependency, 200),
    hardware: section.many('hardware', dependency, 200),
  };
  section.done();
  return dependencies;
}

const dependency = sectionWith<Dependency>('name', (section) => {
  section.mandatory('name');
  const name = section.text('name', line(200));
  const rest = {
    versionMin: section.text('versionMin', line(100)),
    versionMax: section.text('versionMax', line(100)),
    version: section.text('version', line(100)),
    optional: section.one('optional', boolean),
  };
  return name === null ? null : { name, ...rest };
});
