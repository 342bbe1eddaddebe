import { countries } from '../../schema/values/countries.js';
import { filledCountries } from './filled-countries.js';

/** A field at the root of an operation, and what has to be up for it. */
export interface Root {
  /** Its name in the response. */
  readonly name: string;
  /** Whether Europe decides which country is queried. */
  readonly throughEurope: boolean;
  /** The country that owns it; of a list, the country of each item. */
  readonly owner: string | readonly string[];
}

/** An operation over several countries, with everything in it that can be missing when one is down. */
export interface Operation {
  readonly name: string;
  readonly query: string;
  readonly roots: readonly Root[];
}

const everyCountry = countries.map(({ folder }) => folder);

const organisationFields = `
  fragment OrganisationFields on Organisation {
    __typename id name country existed { start end } homepage
    identifiers { scheme notation }
    memberships { role during { start } consortium { id name } }
    ... on Administration { kind population { count on } predecessors { id } }
    ... on Consortium { legalForm coverage { knownMembers eligible } members(first: 3) { totalCount nodes { member { id name } } } }
  }`;

const catalogueFields = `
  fragment CatalogueFields on Catalogue {
    id country title completeSince { kind since }
    consortia(first: 5) { totalCount nodes { ...OrganisationFields } }
    administrations(first: 2, filter: { memberOfNone: false }) { totalCount pageInfo { endCursor } edges { cursor node { ...OrganisationFields } } }
  } ${organisationFields}`;

/** A code of an organisation of each country that has data. */
const codes = { denmark: ['DK_KOMMUNE', '0820'], belgium: ['BE_NIS', '25110'], italy: ['IT_ISTAT', '062008'] };

/** Every way in which an operation can depend on countries. */
export const operations: readonly Operation[] = [
  {
    name: 'catalogues',
    query: `{ catalogues { ...CatalogueFields } } ${catalogueFields}`,
    roots: [{ name: 'catalogues', throughEurope: true, owner: everyCountry }],
  },
  {
    name: 'organisations',
    query: `{ organisations(
      ids: ["dk:administration:0820", "be:consortium:0841470248", "it:consortium:sannio-it", "dk:consortium:41849983"]
      identifiers: [{ scheme: "BE_NIS", notation: "25110" }, { scheme: "IT_ISTAT", notation: "062008" }]
    ) { ...OrganisationFields } } ${organisationFields}`,
    roots: [
      {
        name: 'organisations',
        throughEurope: true,
        owner: [...filledCountries, ...filledCountries],
      },
    ],
  },
  {
    name: 'organisation',
    query: `{
      first: organisation(id: "it:consortium:sannio-it") { ...OrganisationFields }
      second: organisation(id: "be:consortium:0841470248") { homepage }
    } ${organisationFields}`,
    roots: [
      { name: 'first', throughEurope: true, owner: 'italy' },
      { name: 'second', throughEurope: true, owner: 'belgium' },
    ],
  },
  {
    name: 'administration',
    query: `{ ${Object.entries(codes)
      .map(
        ([name, [scheme, notation]]) =>
          `of_${name}: administration(identifier: { scheme: "${scheme ?? ''}", notation: "${notation ?? ''}" }) { ...OrganisationFields }`,
      )
      .join('\n')} } ${organisationFields}`,
    roots: filledCountries.map((owner) => ({ name: `of_${owner}`, throughEurope: true, owner })),
  },
  {
    name: 'countries by their own fields',
    query: `{ denmark { ...CatalogueFields } belgium { ...CatalogueFields } italy { ...CatalogueFields } again: italy { country } } ${catalogueFields}`,
    roots: [
      ...filledCountries.map((owner) => ({ name: owner, throughEurope: false, owner })),
      { name: 'again', throughEurope: false, owner: 'italy' },
    ],
  },
  {
    name: 'everything at once',
    query: `{ catalogues { id title } denmark { id title } ghost: organisation(id: "dk:administration:9999") { id } }`,
    roots: [
      { name: 'catalogues', throughEurope: true, owner: everyCountry },
      { name: 'denmark', throughEurope: false, owner: 'denmark' },
      { name: 'ghost', throughEurope: true, owner: 'denmark' },
    ],
  },
];
