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

interface Body {
  readonly id: string;
  readonly name: string;
  readonly codes: readonly string[];
}

/** Some bodies that the catalogue lists. */
async function someBodies(subject: Subject, list: 'administrations' | 'consortia'): Promise<Body[]> {
  const answer = await subject.queryCatalogue(
    `${list}(first: 3) { nodes { id name identifiers { scheme notation } } }`,
  );
  return listAt(answer.data, 'catalogue', list, 'nodes').map((node) => ({
    id: String(at(node, 'id')),
    name: String(at(node, 'name')),
    codes: listAt(node, 'identifiers').map((code) => `${String(at(code, 'scheme'))}:${String(at(code, 'notation'))}`),
  }));
}

const typeOf = ({ adjective }: Subject, kind: 'Administration' | 'Consortium' | 'Catalogue'): string =>
  adjective + kind;

const nobody = 'nobody-has-this-code-0';

export const entityChecks: readonly Check[] = [
  {
    name: 'entities: a ref that is an id resolves to its organisation',
    why: 'Whatever Europe finds is read from its country this way.',
    run: async (subject) => {
      const findings: Finding[] = [];
      let tried = 0;
      for (const [list, kind] of [
        ['administrations', 'Administration'],
        ['consortia', 'Consortium'],
      ] as const) {
        const bodies = await someBodies(subject, list);
        if (bodies.length === 0) continue;
        tried += 1;
        const __typename = typeOf(subject, kind);
        const answer = await subject.query(entities, { references: bodies.map(({ id }) => ({ __typename, ref: id })) });
        const expected = bodies.map(({ id, name }) => ({ __typename, id, name }));
        const received = listAt(answer.data, '_entities');
        findings.push(
          ...findUnless(
            expected.every((body, index) => JSON.stringify(body) === JSON.stringify(received[index])),
            answer,
            `the bodies in the order asked: ${JSON.stringify(expected)}`,
          ),
        );
      }
      return tried === 0 ? null : findings;
    },
  },
  {
    name: 'entities: a ref that is a code resolves to the organisation that has it',
    why: 'Any code finds its organisation without an index.',
    run: async (subject) => {
      const body = (await someBodies(subject, 'administrations')).find(({ codes }) => codes.length > 0);
      if (!body) return null;
      const references = body.codes.map((ref) => ({ __typename: typeOf(subject, 'Administration'), ref }));
      const answer = await subject.query(entities, { references });
      const ids = listAt(answer.data, '_entities').map((found) => at(found, 'id'));
      return findUnless(
        ids.length === references.length && ids.every((id) => id === body.id),
        answer,
        `${body.id} for each of its codes`,
      );
    },
  },
  {
    name: 'entities: an unknown ref is null, without an error, and costs the others nothing',
    why: 'Otherwise a body that does not exist is a ghost, or one wrong id takes a whole list with it.',
    run: async (subject) => {
      const [known] = await someBodies(subject, 'administrations');
      const __typename = typeOf(subject, 'Administration');
      const references = [
        { __typename, ref: `${subject.prefix}:administration:${nobody}` },
        { __typename: typeOf(subject, 'Consortium'), ref: `${subject.prefix}:consortium:${nobody}` },
        ...(known
          ? [
              { __typename, ref: known.id },
              { __typename: typeOf(subject, 'Consortium'), ref: known.id },
            ]
          : []),
      ];
      const answer = await subject.query(entities, { references });
      const ids = listAt(answer.data, '_entities').map((found) => at(found, 'id') ?? null);
      const expected = [null, null, ...(known ? [known.id, null] : [])];
      return findUnless(
        JSON.stringify(ids) === JSON.stringify(expected) && answer.errors.length === 0,
        answer,
        `these ids and no error: ${JSON.stringify(expected)}; an administration is no consortium`,
      );
    },
  },
  {
    name: 'entities: a malformed ref is rejected at its own position',
    why: 'The client learns what is wrong; the other entities are resolved.',
    run: async (subject) => {
      const __typename = typeOf(subject, 'Catalogue');
      const references = [
        { __typename: typeOf(subject, 'Administration'), ref: 'no id at all' },
        { __typename, id: `${subject.prefix}:catalogue` },
      ];
      const answer = await subject.query(entities, { references });
      return [
        ...findUnlessRejected(answer, 'INVALID_ID'),
        ...findUnless(
          at(listAt(answer.data, '_entities')[1], 'id') === `${subject.prefix}:catalogue`,
          answer,
          'the catalogue beside it, all the same',
        ),
      ];
    },
  },
  {
    name: 'entities: the catalogue is found by its id, and no other',
    why: "Europe's list of catalogues is read this way.",
    run: async (subject) => {
      const __typename = typeOf(subject, 'Catalogue');
      const own = `${subject.prefix}:catalogue`;
      const answer = await subject.query(entities, {
        references: [
          { __typename, id: own },
          { __typename, id: 'zz:catalogue' },
        ],
      });
      const expected = JSON.stringify([{ __typename, id: own }, null]);
      const received = listAt(answer.data, '_entities');
      return JSON.stringify(received) === expected ? [] : [toFinding(answer, expected)];
    },
  },
];
