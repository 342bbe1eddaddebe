import { existsSync, readdirSync, readFileSync } from 'node:fs';

import { Kind, parse, print, visit } from 'graphql';

import { countries } from '../../schema/values/countries.js';
import { projectPath } from '../../schema/files.js';
import type { Random } from '../../services/kit/testing/random.js';
import type { Client, Question } from '../support/client.js';

/** A question, and what its answer is while all is well. */
export interface Asking {
  readonly question: Question;
  readonly whole: unknown;
}

/** What is asked in an ordinary life: examples, bodies, pages of lists. */
export interface Questions {
  /** One of them, whichever; some as nobody asked them before, so that no answer kept from before will do. */
  readonly next: () => Asking;
  /** One that nobody asked before, about a body of this country among others, or of any. */
  readonly fresh: (country?: string) => Asking;
  /** Every one of them once. */
  readonly all: readonly Asking[];
}

const bodies = `query ($ids: [ID!]) {
  organisations(ids: $ids) { id name country homepage memberships { role consortium { id name } } }
}`;

/** Asks everything once, to know the answers. @throws Error when one of them is not whole. */
export async function recordQuestions(client: Client, random: Random): Promise<Questions> {
  const record = async (question: Question): Promise<Asking> => {
    const { status, data, errors } = await client.ask(question);
    if (status !== 200 || !data || errors) throw new Error(`All is well, but: ${JSON.stringify({ question, errors })}`);
    return { question, whole: data };
  };
  const ids = idsIn((await record({ query: someBodies })).whole);
  const examples = await recordAll(exampleOperations(), record);
  const pages = await recordAll(pagesOfLists(), record);
  const single = await recordAll(
    ids.map((id) => ({ query: oneBody, variables: { id } })),
    record,
  );
  const several = await recordAll(
    ids.map((id) => ({ query: bodies, variables: { ids: [id, ...random.some(ids, 4)] } })),
    record,
  );
  let turn = 0;
  const fresh: Questions['fresh'] = (country = '') => {
    const about = several.filter(({ question }) => idsOf(question).some((id) => id.startsWith(country.toLowerCase())));
    return neverAsked(random.pick([about[0] ?? several[0], ...about.slice(1)]), (turn += 1));
  };
  const next = (): Asking => (random.chance(0.4) ? fresh() : random.pick(random.pick([examples, pages, single])));
  return { next, fresh, all: [...examples, ...pages, ...single, ...several] };
}

type Some<Item> = readonly [Item, ...Item[]];

async function recordAll(
  questions: readonly Question[],
  record: (question: Question) => Promise<Asking>,
): Promise<Some<Asking>> {
  const recorded: Asking[] = [];
  for (const question of questions) recorded.push(await record(question));
  const [first, ...others] = recorded;
  if (!first) throw new Error('There is nothing to ask.');
  return [first, ...others];
}

/** The same with one more body, which no country has. */
function neverAsked({ question, whole }: Asking, turn: number): Asking {
  const { organisations } = whole as { organisations: readonly unknown[] };
  return {
    question: { ...question, variables: { ids: [...idsOf(question), `fr:administration:${turn}`] } },
    whole: { organisations: [...organisations, null] },
  };
}

const idsOf = ({ variables }: Question): readonly string[] => (variables as { ids: readonly string[] }).ids;

const someBodies =
  '{ catalogues { administrations(first: 30) { nodes { id } } consortia(first: 10) { nodes { id } } } }';

const idsIn = (data: unknown): string[] =>
  [...JSON.stringify(data).matchAll(/"id":"([^"]+)"/g)].map(([, id = '']) => id);

const oneBody = `query ($id: ID!) {
  organisation(id: $id) { id name country homepage identifiers { scheme notation } ... on Administration { kind population { count on } } }
}`;

/** Pages of several lengths, of each country alone and of all. */
const pagesOfLists = (): Question[] => {
  const list = 'administrations(first: $first) { totalCount nodes { id name } pageInfo { hasNextPage endCursor } }';
  const roots = [...countries.map(({ folder }) => folder), 'catalogues'];
  return roots.flatMap((root) =>
    [1, 5, 20].map((first) => ({ query: `query ($first: Int) { ${root} { country ${list} } }`, variables: { first } })),
  );
};

/** The playground's, but for what says how fresh the index is: that changes when a country is killed, and should. */
function exampleOperations(): Question[] {
  const folder = projectPath('gateway/playground/operations');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.graphql'))
    .map((file) => {
      const variables = `${folder}/${file.replace('.graphql', '.variables.json')}`;
      return {
        query: withoutFreshness(readFileSync(`${folder}/${file}`, 'utf8')),
        ...(existsSync(variables)
          ? { variables: JSON.parse(readFileSync(variables, 'utf8')) as Record<string, unknown> }
          : {}),
      };
    });
}

const freshness = new Set(['staleCatalogues', 'catalogueStatus']);

const withoutFreshness = (query: string): string =>
  print(visit(parse(query), { [Kind.FIELD]: ({ name }) => (freshness.has(name.value) ? null : undefined) }));
