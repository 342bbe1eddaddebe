/** A field at the root of an operation, and what has to be up for it. */
export interface Root {
  /** Its name in the answer. */
  readonly name: string;
  /** Whether Europe says which country to ask. */
  readonly throughEurope: boolean;
  /** Whose body it is; of a list, whose each item is. */
  readonly owner: string | readonly string[];
}

/** An operation over several countries, with everything in it that can be missing when one is down. */
export interface Operation {
  readonly name: string;
  readonly query: string;
  readonly roots: readonly Root[];
}

const countries = ['denmark', 'belgium', 'italy'];

const body = `
  fragment Body on Organisation {
    __typename id name country existed { start end } homepage
    identifiers { scheme notation }
    memberships { role during { start } consortium { id name } }
    ... on Administration { kind population { count on } predecessors { id } }
    ... on Consortium { legalForm coverage { knownMembers eligible } members(first: 3) { totalCount nodes { member { id name } } } }
  }`;

const catalogue = `
  fragment Whole on Catalogue {
    id country title completeSince { kind since }
    consortia(first: 5) { totalCount nodes { ...Body } }
    administrations(first: 2, filter: { memberOfNone: false }) { totalCount pageInfo { endCursor } edges { cursor node { ...Body } } }
  } ${body}`;

const codes = { denmark: ['DK_KOMMUNE', '0820'], belgium: ['BE_NIS', '25110'], italy: ['IT_ISTAT', '062008'] };

/** Every way in which an operation can depend on countries. */
export const operations: readonly Operation[] = [
  {
    name: 'catalogues',
    query: `{ catalogues { ...Whole } } ${catalogue}`,
    roots: [{ name: 'catalogues', throughEurope: true, owner: countries }],
  },
  {
    name: 'organisations',
    query: `{ organisations(
      ids: ["dk:administration:0820", "be:consortium:0841470248", "it:consortium:sannio-it", "dk:consortium:41849983"]
      identifiers: [{ scheme: "BE_NIS", notation: "25110" }, { scheme: "IT_ISTAT", notation: "062008" }]
    ) { ...Body } } ${body}`,
    roots: [
      {
        name: 'organisations',
        throughEurope: true,
        owner: ['denmark', 'belgium', 'italy', 'denmark', 'belgium', 'italy'],
      },
    ],
  },
  {
    name: 'organisation',
    query: `{
      first: organisation(id: "it:consortium:sannio-it") { ...Body }
      second: organisation(id: "be:consortium:0841470248") { homepage }
    } ${body}`,
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
          `of_${name}: administration(identifier: { scheme: "${scheme ?? ''}", notation: "${notation ?? ''}" }) { ...Body }`,
      )
      .join('\n')} } ${body}`,
    roots: countries.map((owner) => ({ name: `of_${owner}`, throughEurope: true, owner })),
  },
  {
    name: 'denmark, belgium, italy',
    query: `{ denmark { ...Whole } belgium { ...Whole } italy { ...Whole } again: italy { country } } ${catalogue}`,
    roots: [
      ...countries.map((owner) => ({ name: owner, throughEurope: false, owner })),
      { name: 'again', throughEurope: false, owner: 'italy' },
    ],
  },
  {
    name: 'everything at once',
    query: `{ catalogues { id title } denmark { id title } ghost: organisation(id: "dk:administration:9999") { id } }`,
    roots: [
      { name: 'catalogues', throughEurope: true, owner: countries },
      { name: 'denmark', throughEurope: false, owner: 'denmark' },
      { name: 'ghost', throughEurope: true, owner: 'denmark' },
    ],
  },
];
