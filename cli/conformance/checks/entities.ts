import {
  at,
  type Check,
  toFinding,
  type Finding,
  listAt,
  type Subject,
  findUnless,
  findUnlessRejected,
} from '../subject.js';

const entities = `query ($references: [_Any!]!) { _entities(representations: $references) {
  __typename ... on Organisation { id name } ... on Catalogue { id } } }`;

interface ListedOrganisation {
  readonly id: string;
  readonly name: string;
  readonly codes: readonly string[];
}

/** The first organisations of a list of the catalogue. */
async function firstOrganisations(
  subject: Subject,
  list: 'administrations' | 'consortia',
): Promise<ListedOrganisation[]> {
  const result = await subject.queryCatalogue(
    `${list}(first: 3) { nodes { id name identifiers { scheme notation } } }`,
  );
  return listAt(result.data, 'catalogue', list, 'nodes').map((node) => ({
    id: String(at(node, 'id')),
    name: String(at(node, 'name')),
    codes: listAt(node, 'identifiers').map((code) => `${String(at(code, 'scheme'))}:${String(at(code, 'notation'))}`),
  }));
}

const typeName = ({ adjective }: Subject, kind: 'Administration' | 'Consortium' | 'Catalogue'): string =>
  adjective + kind;

/** A code that no organisation has. */
const unknownCode = 'nobody-has-this-code-0';

export const entityChecks: readonly Check[] = [
  {
    name: 'entities: a ref that is an id resolves to its organisation',
    why: 'This is how the gateway reads everything that Europe finds from its country.',
    run: async (subject) => {
      const findings: Finding[] = [];
      let tried = 0;
      for (const [list, kind] of [
        ['administrations', 'Administration'],
        ['consortia', 'Consortium'],
      ] as const) {
        const organisations = await firstOrganisations(subject, list);
        if (organisations.length === 0) continue;
        tried += 1;
        const __typename = typeName(subject, kind);
        const result = await subject.query(entities, {
          references: organisations.map(({ id }) => ({ __typename, ref: id })),
        });
        const expected = organisations.map(({ id, name }) => ({ __typename, id, name }));
        const received = listAt(result.data, '_entities');
        findings.push(
          ...findUnless(
            expected.every((organisation, index) => JSON.stringify(organisation) === JSON.stringify(received[index])),
            result,
            `the organisations in the order of the refs: ${JSON.stringify(expected)}`,
          ),
        );
      }
      return tried === 0 ? null : findings;
    },
  },
  {
    name: 'entities: a ref that is a code resolves to the organisation that has it',
    why: 'This is how an organisation is found by a code without Europe’s index.',
    run: async (subject) => {
      const organisation = (await firstOrganisations(subject, 'administrations')).find(({ codes }) => codes.length > 0);
      if (!organisation) return null;
      const references = organisation.codes.map((ref) => ({ __typename: typeName(subject, 'Administration'), ref }));
      const result = await subject.query(entities, { references });
      const ids = listAt(result.data, '_entities').map((found) => at(found, 'id'));
      return findUnless(
        ids.length === references.length && ids.every((id) => id === organisation.id),
        result,
        `${organisation.id} for each of its codes`,
      );
    },
  },
  {
    name: 'entities: an unknown ref is null, without an error, and costs the others nothing',
    why: 'Otherwise an organisation that does not exist appears as a ghost, or one wrong id makes a whole list fail.',
    run: async (subject) => {
      const [known] = await firstOrganisations(subject, 'administrations');
      const __typename = typeName(subject, 'Administration');
      const references = [
        { __typename, ref: `${subject.prefix}:administration:${unknownCode}` },
        { __typename: typeName(subject, 'Consortium'), ref: `${subject.prefix}:consortium:${unknownCode}` },
        ...(known
          ? [
              { __typename, ref: known.id },
              { __typename: typeName(subject, 'Consortium'), ref: known.id },
            ]
          : []),
      ];
      const result = await subject.query(entities, { references });
      const ids = listAt(result.data, '_entities').map((found) => at(found, 'id') ?? null);
      const expected = [null, null, ...(known ? [known.id, null] : [])];
      return findUnless(
        JSON.stringify(ids) === JSON.stringify(expected) && result.errors.length === 0,
        result,
        `these ids and no error: ${JSON.stringify(expected)}; an administration is not a consortium`,
      );
    },
  },
  {
    name: 'entities: a malformed ref is rejected at its own position',
    why: 'The client learns what is wrong; the other entities are resolved.',
    run: async (subject) => {
      const __typename = typeName(subject, 'Catalogue');
      const references = [
        { __typename: typeName(subject, 'Administration'), ref: 'no id at all' },
        { __typename, id: `${subject.prefix}:catalogue` },
      ];
      const result = await subject.query(entities, { references });
      return [
        ...findUnlessRejected(result, 'INVALID_ID'),
        ...findUnless(
          at(listAt(result.data, '_entities')[1], 'id') === `${subject.prefix}:catalogue`,
          result,
          'the catalogue in the same request, nevertheless',
        ),
      ];
    },
  },
  {
    name: 'entities: the catalogue is found by its id, and no other',
    why: "This is how the gateway reads Europe's list of catalogues.",
    run: async (subject) => {
      const __typename = typeName(subject, 'Catalogue');
      const own = `${subject.prefix}:catalogue`;
      const result = await subject.query(entities, {
        references: [
          { __typename, id: own },
          { __typename, id: 'zz:catalogue' },
        ],
      });
      const expected = JSON.stringify([{ __typename, id: own }, null]);
      const received = listAt(result.data, '_entities');
      return JSON.stringify(received) === expected ? [] : [toFinding(result, expected)];
    },
  },
];
