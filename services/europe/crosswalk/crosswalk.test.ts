import { createRandom } from '../../kit/testing/random.js';
import {
  type Concept,
  conceptKey,
  countByRelation,
  findMatches,
  type Mapping,
  type MappingOrigin,
  toSteps,
  withPrecedence,
} from './crosswalk.js';
import { composeRelations, invertRelation, type Relation, relations } from './relations.js';

/** `DK_KLE:21` */
const concept = (key: string): Concept => {
  const [scheme = '', notation = ''] = key.split(':');
  return { scheme, notation };
};

const mapping = (from: string, relation: Relation, to: string, origin: MappingOrigin = 'COUNTRY'): Mapping => ({
  from: concept(from),
  to: concept(to),
  relation,
  origin,
});

/** What a concept leads to, without itself: `EXACT TOPIC:library`. */
const matches = (from: string, mappings: readonly Mapping[]): string[] =>
  findMatches(concept(from), toSteps(mappings))
    .filter(({ path }) => path.length > 0)
    .map(({ relation, to }) => `${relation} ${conceptKey(to)}`);

const topic = 'TOPIC:library';

describe('codes that meet in a topic', () => {
  const meeting = (first: Relation, second: Relation): string[] =>
    matches('DK_KLE:21', [mapping('DK_KLE:21', first, topic), mapping('IT_SUBJECT:10', second, topic)]).filter(
      (match) => match.endsWith('IT_SUBJECT:10'),
    );

  it.each(relations.flatMap((first) => relations.map((second) => [first, second] as const)))(
    'are related as %s and the inverse of %s compose',
    (first, second) => {
      const composed = composeRelations(first, invertRelation(second));
      expect(meeting(first, second)).toEqual(composed === null ? [] : [`${composed} IT_SUBJECT:10`]);
    },
  );

  it('do not match if both are parts of it', () => {
    expect(meeting('BROADER', 'BROADER')).toEqual([]);
  });

  it('match as BROADER if one is close to the topic and the other contains it', () => {
    // The rescue service of a municipality is close to emergencies, which are a part of justice and public security.
    const mappings = [
      mapping('DK_KLE:14', 'CLOSE', 'TOPIC:emergency'),
      mapping('IT_SUBJECT_MATTER:8', 'NARROWER', 'TOPIC:emergency'),
    ];
    expect(matches('DK_KLE:14', mappings)).toEqual(['CLOSE TOPIC:emergency', 'BROADER IT_SUBJECT_MATTER:8']);
    expect(matches('IT_SUBJECT_MATTER:8', mappings)).toEqual(['NARROWER TOPIC:emergency', 'NARROWER DK_KLE:14']);
  });

  it('match if one is part of the topic and the other contains it', () => {
    expect(meeting('BROADER', 'NARROWER')).toEqual(['BROADER IT_SUBJECT:10']);
  });
});

describe('a match', () => {
  it('has its path and the first of its weakest steps', () => {
    const mappings = [
      mapping('DK_KLE:84', 'EXACT', 'TOPIC:elections'),
      mapping('IT_SUBJECT:6', 'CLOSE', 'TOPIC:elections', 'EUROPE'),
    ];
    const found = findMatches(concept('DK_KLE:84'), toSteps(mappings)).at(-1);
    expect(found).toEqual({
      from: concept('DK_KLE:84'),
      to: concept('IT_SUBJECT:6'),
      relation: 'CLOSE',
      path: [
        {
          from: concept('DK_KLE:84'),
          to: concept('TOPIC:elections'),
          relation: 'EXACT',
          isInverted: false,
          mapping: mappings[0],
        },
        {
          from: concept('TOPIC:elections'),
          to: concept('IT_SUBJECT:6'),
          relation: 'CLOSE',
          isInverted: true,
          mapping: mappings[1],
        },
      ],
      weakestStep: expect.objectContaining({ mapping: mappings[1] }) as unknown,
    });
    const equal = [mapping('A:1', 'CLOSE', topic), mapping('B:1', 'CLOSE', topic)];
    expect(findMatches(concept('A:1'), toSteps(equal)).at(-1)?.weakestStep?.mapping).toBe(equal[0]);
  });

  it('of a concept with itself is exact, first and without a step', () => {
    const found = findMatches(concept(topic), toSteps([mapping('A:1', 'EXACT', topic)]));
    expect(found[0]).toEqual({
      from: concept(topic),
      to: concept(topic),
      relation: 'EXACT',
      path: [],
      weakestStep: null,
    });
    expect(found).toHaveLength(2);
  });

  it('does not lead back to where it began', () => {
    expect(matches('A:1', [mapping('A:1', 'NARROWER', topic), mapping('A:1', 'BROADER', topic)])).toEqual([
      `BROADER ${topic}`,
    ]);
  });

  it('has at most two steps', () => {
    const chain = [
      mapping('A:1', 'EXACT', 'B:1'),
      mapping('B:1', 'EXACT', 'C:1'),
      mapping('C:1', 'EXACT', 'TOPIC:library'),
    ];
    expect(matches('A:1', chain)).toEqual(['EXACT B:1', 'EXACT C:1']);
    expect(matches(topic, chain)).toEqual(['EXACT C:1', 'EXACT B:1']);
  });

  it('by RELATED is of a single step', () => {
    const mappings = [mapping('A:1', 'RELATED', topic), mapping('B:1', 'EXACT', topic)];
    expect(matches('A:1', mappings)).toEqual([`RELATED ${topic}`]);
    expect(matches('B:1', mappings)).toEqual([`EXACT ${topic}`]);
  });
});

describe('of several paths to one concept, the match', () => {
  it('has the strongest relation, even if it is longer', () => {
    const mappings = [mapping('A:1', 'CLOSE', 'B:1'), mapping('A:1', 'EXACT', topic), mapping('B:1', 'EXACT', topic)];
    expect(matches('A:1', mappings)).toContain('EXACT B:1');
    expect(matches('A:1', mappings)).not.toContain('CLOSE B:1');
  });

  it('is the shortest of equally strong ones', () => {
    const mappings = [mapping('A:1', 'EXACT', 'B:1'), mapping('A:1', 'EXACT', topic), mapping('B:1', 'EXACT', topic)];
    const found = findMatches(concept('A:1'), toSteps(mappings)).find(({ to }) => to.scheme === 'B');
    expect(found?.path).toHaveLength(1);
  });

  it('is that of the highest precedence of equally strong and short ones', () => {
    const mappings = [
      mapping('A:1', 'CLOSE', 'TOPIC:a', 'EUROPE'),
      mapping('B:1', 'CLOSE', 'TOPIC:a'),
      mapping('A:1', 'CLOSE', 'C:1'),
      mapping('B:1', 'CLOSE', 'C:1'),
    ];
    const found = findMatches(concept('A:1'), toSteps(mappings)).find(({ to }) => to.scheme === 'B');
    expect(found?.path[0]?.to).toEqual(concept('C:1'));
  });

  it('does not depend on the order of the mappings', () => {
    const random = createRandom(7);
    const schemes = ['A', 'B', 'TOPIC'] as const;
    const pick = (): string => `${random.pick(schemes)}:${random.below(3)}`;
    for (let round = 0; round < 40; round += 1) {
      const mappings = Array.from({ length: 12 }, () =>
        mapping(pick(), random.pick(relations), pick(), random.pick(['COUNTRY', 'EUROPE', 'TEXT'])),
      );
      const found = findMatches(concept('A:0'), toSteps(mappings));
      expect(findMatches(concept('A:0'), toSteps(mappings.toReversed()))).toEqual(found);
      for (const { relation, path } of found)
        expect(path.map((step) => step.relation).reduce<Relation | null>(composeOrNull, 'EXACT')).toBe(
          path.length === 1 ? (path[0]?.relation === 'RELATED' ? null : relation) : relation,
        );
    }
  });
});

const composeOrNull = (first: Relation | null, second: Relation): Relation | null =>
  first && composeRelations(first, second);

describe('precedence', () => {
  const [own, europe, text] = [
    mapping('DK_KLE:21', 'CLOSE', 'TOPIC:library'),
    mapping('DK_KLE:21', 'EXACT', 'TOPIC:culture', 'EUROPE'),
    mapping('DK_KLE:21', 'CLOSE', 'TOPIC:education', 'TEXT'),
  ];

  it("prefers a country's mapping of its own code to Europe's, and Europe's to its label, however weak it is", () => {
    expect(withPrecedence([text, europe, own])).toEqual([own]);
    expect(withPrecedence([text, europe])).toEqual([europe]);
    expect(withPrecedence([text])).toEqual([text]);
  });

  it('keeps all mappings of one origin', () => {
    const other = mapping('DK_KLE:21', 'RELATED', 'TOPIC:culture');
    expect(withPrecedence([own, other])).toEqual([own, other]);
  });

  it('concerns one code and one scheme', () => {
    const toCode = mapping('DK_KLE:21', 'EXACT', 'EU_COFOG:08.2');
    const ofAnother = mapping('DK_KLE:22', 'EXACT', 'TOPIC:library', 'EUROPE');
    expect(withPrecedence([toCode, europe, ofAnother])).toEqual([toCode, europe, ofAnother]);
  });

  it('applies where codes meet in a topic', () => {
    const abroad = mapping('IT_SUBJECT:10', 'EXACT', 'TOPIC:culture');
    expect(matches('IT_SUBJECT:10', [europe, abroad])).toContain('EXACT DK_KLE:21');
    expect(matches('IT_SUBJECT:10', [own, europe, abroad])).toEqual(['EXACT TOPIC:culture']);
  });
});

it('counts matches by their relation, never in one number', () => {
  expect(countByRelation([{ relation: 'EXACT' }, { relation: 'CLOSE' }, { relation: 'CLOSE' }])).toEqual({
    EXACT: 1,
    CLOSE: 2,
    BROADER: 0,
    NARROWER: 0,
    RELATED: 0,
  });
});
