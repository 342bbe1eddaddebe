import { setTimeout as wait } from 'node:timers/promises';

import { countries } from '../../schema/values/countries.js';
import type { Random } from '../../services/kit/testing/random.js';
import { checkPartialAnswer } from '../support/check-partial-response.js';
import { faults } from '../support/faults.js';
import type { SupergraphFile } from './supergraph-file.js';
import type { Stage } from './traffic.js';

/** Something that goes wrong for a while, and is right again when it settles. */
export interface Disturbance {
  readonly name: string;
  readonly play: () => Promise<void>;
}

/** How long a fault lasts, and how long nothing is wrong before the next. */
const lasts = 3_000;
const calm = 1_000;
/** Within this time after a fault everybody has to be whole again: a breaker closes, a process starts. */
const patience = 30_000;

/** Every fault of everybody, a kill of everybody, and what can happen to the supergraph, each once, in any order. */
export function disturbances(stage: Stage, supergraph: SupergraphFile, random: Random): Disturbance[] {
  const { graph } = stage;
  const ofProxies = [...graph.proxies].flatMap(([service, proxy]) =>
    faults.map((fault) => ({
      name: `${service}: ${fault}`,
      play: () => trouble(stage, service, () => proxy.have(fault), proxy.heal),
    })),
  );
  const kills = [...graph.services].map(([name, service]) => ({
    name: `${name}: its process is killed`,
    play: () =>
      trouble(stage, name, service.kill, async () => {
        service.start();
        await service.untilReady(stage.signal);
      }),
  }));
  const releases = [
    { name: 'a new supergraph', play: () => supergraph.replace().then(() => rest(lasts, stage.signal)) },
    {
      name: 'a broken supergraph',
      play: async () => {
        await supergraph.break();
        await rest(lasts, stage.signal);
        await supergraph.replace();
      },
    },
  ];
  const left = [...ofProxies, ...kills, ...releases];
  return Array.from({ length: left.length }, () => left.splice(random.below(left.length), 1)).flat();
}

async function trouble(
  stage: Stage,
  service: string,
  begin: () => Promise<void>,
  end: () => Promise<void>,
): Promise<void> {
  stage.troubles.begin(service);
  await begin();
  await rest(lasts, stage.signal);
  await end();
  await untilWhole(stage, service);
  stage.troubles.end(service);
  await rest(calm, stage.signal);
}

const rest = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  wait(milliseconds, undefined, { signal }).catch(() => undefined);

/** Asks about its bodies, or with Europe's help about anybody's, until that is answered. */
async function untilWhole({ client, questions, signal, violation }: Stage, service: string): Promise<void> {
  const country = countries.find(({ folder }) => folder === service);
  const deadline = performance.now() + patience;
  while (!signal.aborted) {
    const { question, whole } = questions.fresh(country?.code);
    const answer = await client.ask(question).catch(() => undefined);
    if (answer && !answer.errors && checkPartialAnswer(answer, whole).length === 0) return;
    if (performance.now() > deadline) {
      violation(`${service} is well, and its bodies are still missing after ${patience / 1000} s`);
      return;
    }
    await rest(100, signal);
  }
}
