import type { Random } from '../../kit/testing/random.js';
import type { createNeedModel, NeedArguments } from './model-needs.js';
import type { TestIndex } from './test-index.js';
import { needStates, needTopics } from './world-needs.js';
import type { World } from './world.js';

type NeedModel = ReturnType<typeof createNeedModel>;
/** What an index responds, and what it should respond by the model. */
interface Compared {
  readonly found: unknown;
  readonly expected: unknown;
}

const toConcept = (key: string): { readonly scheme: string; readonly notation: string } => {
  const [scheme = '', notation = ''] = key.split(':');
  return { scheme, notation };
};

/** @param from `SCHEME:notation` */
export async function readCrosswalk(index: TestIndex, model: NeedModel, from: string): Promise<Compared> {
  const response = (await index.query(
    `query ($from: CodeInput!) { crosswalk(from: $from) {
      matches { scheme notation relation path { toScheme toNotation relation } } } }`,
    { from: toConcept(from) },
  )) as { crosswalk: { matches: unknown } };
  return {
    found: response.crosswalk.matches,
    expected: model.crosswalk(from).map(({ to, relation, path }) => ({
      ...toConcept(to),
      relation,
      path: path.map((step) => {
        const { scheme, notation } = toConcept(step.to);
        return { toScheme: scheme, toNotation: notation, relation: step.relation };
      }),
    })),
  };
}

/** The lists of codes: all, of one country, and of a list that two countries contain. */
export async function readCodes(index: TestIndex, model: NeedModel): Promise<Compared> {
  const list = (scheme: string | null) =>
    index.query(`query ($scheme: String) { codes(scheme: $scheme, first: 200) { nodes { id } } }`, { scheme });
  const schemes = [null, 'DK_LIST', 'EU_COMMON'];
  return {
    found: await Promise.all(schemes.map(list)),
    expected: schemes.map((scheme) => ({ codes: { nodes: model.codes(scheme).map((id) => ({ id })) } })),
  };
}

/** Draws the arguments of a list of needs. */
export function drawNeeds(random: Random, concepts: readonly string[], world: World): NeedArguments {
  const [topic, code] = [`TOPIC:${random.pick(needTopics)}`, random.pick(concepts)];
  const given = random.pick([null, null, [topic], [code], [code, topic]]);
  const field = random.pick(given === null ? ['NAME', 'HOLDERS'] : ['NAME', 'HOLDERS', 'RELEVANCE']);
  return {
    concepts: given,
    holder: random.chance(0.3) ? random.pick(world.organisations).id : null,
    state: random.chance(0.4) ? random.pick(needStates) : null,
    countries: random.chance(0.3) ? random.some(['DK', 'BE', 'IT'], 2) : null,
    order: { field, direction: random.pick(field === 'RELEVANCE' ? ['ASC'] : ['ASC', 'DESC']) },
  };
}

/** A list of needs on a day with all its holders and counts. */
export async function readNeeds(
  index: TestIndex,
  model: NeedModel,
  day: string,
  request: NeedArguments,
): Promise<Compared & { readonly size: number }> {
  const { concepts, state, order, ...more } = request;
  const given = concepts?.map(toConcept);
  const response = (await index.query(
    `query (
      $codes: [CodeInput!], $topic: String, $holder: ID, $state: NeedState, $countries: [CountryCode!], $day: Date, $orderBy: NeedOrder
    ) {
      needs(codes: $codes, topic: $topic, holder: $holder, state: $state, countries: $countries, asOf: $day, orderBy: $orderBy, first: 200) {
        totalCount
        edges { relation node { id holders(asOf: $day, state: $state, first: 200) { nodes { id } } } }
        countries { country relation needs inherited states { state holders rules amounts { amount currency } } } } }`,
    {
      ...{ ...more, state, day, orderBy: order },
      codes: given?.filter(({ scheme }) => scheme !== 'TOPIC') ?? null,
      topic: given?.find(({ scheme }) => scheme === 'TOPIC')?.notation ?? null,
    },
  )) as { needs: unknown };
  const listed = model.needs(request);
  return {
    size: listed.length,
    found: response.needs,
    expected: {
      totalCount: listed.length,
      edges: listed.map(({ id, relation }) => ({
        relation,
        node: { id, holders: { nodes: model.holdersOf(id, state).map((holder) => ({ id: holder })) } },
      })),
      countries: model.countCountries(listed),
    },
  };
}
