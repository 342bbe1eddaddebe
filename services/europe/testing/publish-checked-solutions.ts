import { contents, during } from './feed-contents.js';
import type { FakeCountry } from './fake-country.js';

/** A provenance with a source, or without. */
export const provenance = (source: string | null) => ({
  source,
  retrievedAt: null,
  observedOn: '2020-01-01',
  assertedBy: null,
  method: 'IMPORTED',
  licence: null,
  note: null,
});
const town = (country: FakeCountry, name: string, language: string, nuts: string, population: number | null): void => {
  const id = `${country.folder}:administration:${name}`;
  const names = [{ text: name, language }];
  country.publish(
    'ADMINISTRATION',
    contents.administration(id, name, { names, nuts, population: population === null ? null : { count: population } }),
  );
};
/** Publishes a record with a source. */
export const publishRecord = (country: FakeCountry, id: string, address: string, more: object): void => {
  country.publish(
    'RECORD',
    contents.record(id, address, { provenance: provenance(`https://example.org/${id}`), ...more }),
  );
};

const description = {
  language: 'da',
  localisedName: null,
  longDescription: null,
  documentation: null,
  apiDocumentation: null,
  features: [],
  awards: [],
};

/** Publishes solutions for meetings in two countries, who uses and needs them, and their codes and terms. */
export function publishCheckedSolutions(countries: readonly FakeCountry[]): void {
  const [denmark, belgium] = countries as [FakeCountry, FakeCountry];
  publishSolutions(denmark, belgium);
  const use = (country: FakeCountry, user: string, address: string, more: object = {}): void => {
    const id = `${country.folder}:adoption:${user}`;
    country.publish('ADOPTION', contents.adoption(id, `${country.folder}:administration:${user}`, address, more));
  };
  use(belgium, 'mons', 'github.com/imio/meeting', during('2024-01-01'));
  use(denmark, 'odense', 'github.com/os2/dagsorden', {
    ...during('2019-01-01'),
    provenance: provenance('https://example.org/odense'),
  });
  denmark.publish(
    'TERMS',
    contents.terms('dk:terms:dagsorden', 'github.com/os2/dagsorden', {
      fees: [
        contents.fee('dk:fee:small', '100', { populationMax: 50_000 }),
        contents.fee('dk:fee:large', '900', { populationMin: 50_001 }),
        contents.fee('dk:fee:members', '1', { forMembers: true }),
      ],
    }),
  );
  for (const country of countries)
    country.publish(
      'CODE_LIST',
      contents.codeList(`${country.folder}:code-list:list`, country.code === 'DK' ? 'DK_KLE' : `${country.code}_LIST`),
    );
  publishNeeds(denmark, belgium);
}

function publishSolutions(denmark: FakeCountry, belgium: FakeCountry): void {
  town(belgium, 'namur', 'fr', 'BE352', 110_000);
  town(belgium, 'mons', 'fr', 'BE323', 95_000);
  town(belgium, 'unknown', 'fr', 'BE323', null);
  town(denmark, 'odense', 'da', 'DK031', 200_000);
  town(denmark, 'aero', 'da', 'DK031', 6_000);
  belgium.publish(
    'CONSORTIUM',
    contents.consortium('be:consortium:imio', 'IMIO', {
      openTo: { kinds: ['MUNICIPALITY'], nuts: ['BE3'] },
      provenance: provenance('https://example.org/bylaws'),
    }),
  );
  denmark.publish('CONSORTIUM', contents.consortium('dk:consortium:os2', 'OS2'));
  publishRecord(belgium, 'be:record:meeting', 'github.com/imio/meeting', {
    name: 'Meeting',
    categories: ['meeting-management'],
    licence: 'GPL-2.0-only',
    maintenance: 'COMMUNITY',
    releaseDate: '2024-05-01',
    availableLanguages: ['fr-BE'],
  });
  publishRecord(denmark, 'dk:record:dagsorden', 'github.com/os2/dagsorden', {
    name: 'Dagsorden',
    codes: [{ scheme: 'DK_KLE', notation: '00.22' }],
    descriptions: [{ ...description, shortDescription: 'Publicerer dagsordener' }],
    developmentStatus: 'OBSOLETE',
  });
  publishRecord(denmark, 'dk:record:new', 'github.com/os2/new', {
    name: 'Moeder',
    issued: '2025-06-01T00:00:00Z',
    categories: ['meeting-management'],
  });
  publishRecord(denmark, 'dk:record:library', 'github.com/os2/library', { categories: ['integrated-library-system'] });
  belgium.publish('PORTFOLIO', contents.portfolio('be:portfolio:1', 'be:consortium:imio', 'github.com/imio/meeting'));
  denmark.publish('PORTFOLIO', contents.portfolio('dk:portfolio:1', 'dk:consortium:os2', 'github.com/os2/dagsorden'));
}

function publishNeeds(denmark: FakeCountry, belgium: FakeCountry): void {
  denmark.publish('CODE', contents.code('dk:code:00-22', 'DK_KLE:00.22', 'Byrådets møder'));
  denmark.publish('CODE', contents.code('dk:code:21', 'DK_KLE:21', 'Biblioteker'));
  denmark.publish(
    'CODE_MAPPING',
    contents.codeMapping('dk:code-mapping:00-22', 'DK_KLE:00.22', 'EXACT', 'TOPIC:meeting-management'),
  );
  denmark.publish('NEED', contents.need('dk:need:minutes', 'Hold meetings', ['DK_KLE:00.22']));
  denmark.publish(
    'NEED_HOLDER',
    contents.needHolder('dk:need-holder:odense', 'dk:need:minutes', 'dk:administration:odense', {
      state: 'FUNDED',
      amount: { amount: '1000', currency: 'DKK' },
    }),
  );
  belgium.publish('NEED', contents.need('be:need:publish', 'Publier les délibérations du conseil communal', []));
  belgium.publish(
    'NEED_HOLDER',
    contents.needHolder('be:need-holder:mons', 'be:need:publish', 'be:administration:mons', { state: 'MET' }),
  );
}
