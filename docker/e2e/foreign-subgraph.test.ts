import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { startGateway } from '../../gateway/gateway.js';
import { belgium } from '../../services/belgium/catalogue.js';
import { startCatalogue } from '../../services/catalogue/start.js';
import { startEurope } from '../../services/europe/start.js';
import { italy } from '../../services/italy/catalogue.js';
import { silentLogger as logger } from '../../services/kit/log.js';
import { createServiceDatabase } from '../../services/kit/testing.js';
import { quietPort } from '../faults/quiet-port.js';
import { composeCommand } from '../release/compose-command.js';
import { type Answer, askGraph } from './world.js';
import { type RunningSubgraph, startYogaDenmark } from './yoga/start.js';

// A country in other hands, and on other software, joins a graph that is running.

const secret = 'denmark'.repeat(5);
const undo: (() => Promise<unknown>)[] = [];
let ask: (query: string) => Promise<Answer>;
let denmark: RunningSubgraph;
let startDenmark: () => Promise<RunningSubgraph>;
/** `npm run compose` with these arguments. Gives its exit code, and what it says. */
let compose: (...args: string[]) => Promise<[code: number, said: string]>;

const urlAt = (port: number): string => `http://127.0.0.1:${port}/subgraph`;

beforeAll(async () => {
  const database = async () => {
    const { serviceUrl, url, drop } = await createServiceDatabase();
    undo.push(drop);
    return { databaseUrl: serviceUrl, migrationUrl: url };
  };
  const catalogues = await Promise.all(
    [belgium, italy].map(async (national) => startCatalogue(national, { port: 0, logger, ...(await database()) })),
  );
  undo.push(...catalogues.map(({ stop }) => stop));
  const [belgiumUrl = '', italyUrl = ''] = catalogues.map(({ port }) => urlAt(port));
  const port = await quietPort();
  const countryUrls = { denmark: urlAt(port), belgium: belgiumUrl, italy: italyUrl };
  const countrySecrets = { denmark: secret };
  const indexed = { countryUrls, countrySecrets, followIntervalMs: 100 };
  const europe = await startEurope({ port: 0, logger, ...indexed, ...(await database()) });
  undo.push(europe.stop);

  const folder = await mkdtemp(join(tmpdir(), 'reuse-graph-foreign-'));
  undo.push(() => rm(folder, { recursive: true }));
  const supergraphPath = join(folder, 'supergraph.graphql');
  const environment = {
    SUPERGRAPH: supergraphPath,
    // Where Denmark was before, there is nothing any more.
    DENMARK_URL: urlAt(await quietPort()),
    DENMARK_SECRETS: secret,
    BELGIUM_URL: belgiumUrl,
    ITALY_URL: italyUrl,
    EUROPE_URL: urlAt(europe.port),
  };
  compose = async (...args) => {
    const said: string[] = [];
    const tell = (line: string): void => void said.push(line);
    return [await composeCommand(args, environment, { log: tell, error: tell }), said.join('\n')];
  };
  expect(await compose()).toEqual([0, expect.any(String)]);
  const gateway = await startGateway({
    port: 0,
    supergraphPath,
    subgraphUrls: {},
    subgraphSecrets: countrySecrets,
    timeoutMs: 10_000,
    playground: undefined,
    logger,
  });
  undo.push(gateway.stop);
  ask = (query) => askGraph(`http://127.0.0.1:${gateway.port}/graphql`, query);
  startDenmark = () => startYogaDenmark({ port, secret });
}, 120_000);

afterAll(async () => {
  for (const step of undo.reverse()) await step();
});

/** Asks until the answer is as it will be. */
async function askUntil(query: string, isSo: (answer: Answer) => boolean): Promise<Answer> {
  const answer = await ask(query);
  if (isSo(answer)) return answer;
  await wait(50);
  return askUntil(query, isSo);
}

const abroad = `{
  denmark { consortia { nodes { name members(first: 2) { nodes { member { name } } } } } }
  belgium { country }
  italy { country }
}`;
const missing = { message: expect.stringContaining('denmark') as string, path: ['denmark'] };
const danish =
  '{ solutions(filter: { publishedIn: ["DK"] }, orderBy: { field: NAME }) { nodes { name records { id } } } }';
const isWhole = ({ errors }: Answer): boolean => errors === undefined;

it('is missing and named while it is down, and costs nobody else anything', async () => {
  const { data, errors } = await ask(abroad);
  expect(data).toEqual({ denmark: null, belgium: { country: 'BE' }, italy: { country: 'IT' } });
  expect(errors).toEqual([expect.objectContaining(missing)]);
});

it('is there when the supergraph is composed anew from what it says itself', async () => {
  denmark = await startDenmark();
  undo.push(() => denmark.stop());
  const [code, said] = await compose('--subgraph', `denmark=${denmark.url}`);
  expect([code, said]).toEqual([0, expect.stringContaining(': 0 breaking, 0 dangerous')]);
  expect((await askUntil(abroad, isWhole)).data).toEqual({
    denmark: {
      consortia: {
        nodes: [
          {
            name: 'OS2 – Offentligt Digitaliseringsfællesskab',
            members: { nodes: [{ member: { name: 'Aarhus' } }, { member: { name: 'Ballerup' } }] },
          },
        ],
      },
    },
    belgium: { country: 'BE' },
    italy: { country: 'IT' },
  });
});

it('is in the index with its records, and out of it with those that it withdraws', async () => {
  const names = (answer: Answer) =>
    (answer.data as { solutions: { nodes: { name: string }[] } }).solutions.nodes.map(({ name }) => name);
  expect(names(await askUntil(danish, (answer) => names(answer).length === 2))).toEqual(['OS2display', 'OS2mo']);
  denmark.store.remove('RECORD', 'dk:record:os2mo');
  expect(names(await askUntil(danish, (answer) => names(answer).length === 1))).toEqual(['OS2display']);
});

it('is led to by Europe, by ids and by codes, beside a body of another country', async () => {
  const { data, errors } = await ask(`{
    organisations(ids: ["dk:administration:0407", "be:consortium:0841470248", "dk:administration:9999"]) { id name country }
    administration(identifier: { scheme: "DK_KOMMUNE", notation: "0751" }) { id adoptions { nodes { solution { name } } } }
  }`);
  expect(errors).toBeUndefined();
  expect(data).toMatchObject({
    organisations: [{ name: 'Rønne', country: 'DK' }, { country: 'BE' }, null],
    administration: { id: 'dk:administration:0751', adoptions: { nodes: [{ solution: { name: 'OS2display' } }] } },
  });
});

it('is read anew by Europe after a start, when its feed begins anew', async () => {
  await denmark.stop();
  const { errors } = await askUntil(abroad, (answer) => !isWhole(answer));
  expect(errors).toEqual([expect.objectContaining(missing)]);
  denmark = await startDenmark();
  await askUntil(danish, (answer) => JSON.stringify(answer.data).includes('dk:record:os2mo'));
  await askUntil(abroad, isWhole);
});
