import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';

import { Agent } from 'undici';

import type { Random } from '../../services/kit/testing/random.js';
import type { Abuse } from '../faults/abuse/abuse.js';
import { bodies } from '../faults/abuse/bodies.js';
import { bombs } from '../faults/abuse/bombs.js';
import { beginnings, dribble } from '../faults/abuse/dribble.js';
import { sendAbuse } from '../faults/abuse/send.js';
import { values } from '../faults/abuse/values.js';
import type { Client } from '../support/client.js';
import type { ProcessGraph } from '../support/process-graph.js';
import { checkAnswer, isExplained } from './check-response.js';
import type { Latencies } from './latencies.js';
import type { Questions } from './recorded-operations.js';
import type { ActiveFaults } from './active-faults.js';

/** What traffic needs, and whom it tells. */
export interface Stage {
  readonly graph: ProcessGraph;
  readonly client: Client;
  readonly questions: Questions;
  readonly troubles: ActiveFaults;
  readonly latencies: Latencies;
  readonly random: Random;
  /** Told of everything that should not be. */
  readonly violation: (text: string) => void;
  readonly signal: AbortSignal;
}

/** Requests that come until the signal is given. */
export interface Traffic {
  readonly requests: () => number;
  readonly refusals: () => number;
  /** Settles when the last of them was answered. */
  readonly over: Promise<unknown>;
}

/** How many ask at a time, how many abuse, and how many connections are kept by dribbling. */
const crowd = { clients: 16, abusers: 2, dribblers: 4 } as const;
/** Abusers come and go, so that latencies with and without them can be told apart. */
const abuseLasts = 5_000;

/** Ordinary clients all the time, and now and then such as mean harm. */
export function startTraffic(stage: Stage): Traffic {
  const { signal } = stage;
  const count = { requests: 0, refusals: 0 };
  const abuse = { isOn: false };
  const repeat = async (work: () => Promise<void>): Promise<void> => {
    while (!signal.aborted) await work();
  };
  const several = (number: number, work: () => Promise<void>): Promise<void>[] =>
    Array.from({ length: number }, () => repeat(work));

  const agent = new Agent({ connections: crowd.abusers });
  const over = Promise.all([
    repeat(async () => {
      await wait(abuseLasts, undefined, { signal }).catch(() => undefined);
      abuse.isOn = !abuse.isOn;
    }),
    ...several(crowd.clients, async () => {
      await askOrdinarily(stage, abuse.isOn);
      count.requests += 1;
    }),
    ...several(crowd.abusers, async () => {
      if (!abuse.isOn) return wait(100);
      await doHarm(stage, agent);
      count.requests += 1;
      count.refusals += 1;
    }),
    ...several(crowd.dribblers, () => keepConnection(stage)),
  ]).finally(() => agent.destroy());
  return { requests: () => count.requests, refusals: () => count.refusals, over };
}

async function askOrdinarily(
  { client, questions, troubles, latencies, graph, violation }: Stage,
  isAbused: boolean,
): Promise<void> {
  const { question, whole } = questions.next();
  const began = performance.now();
  const wasTroubled = troubles.isAny();
  try {
    const answer = await client.ask(question);
    latencies.add({ isTroubled: wasTroubled || troubles.isAny(), isAbused }, performance.now() - began);
    const wasInTrouble = (service: string): boolean => troubles.since(service, began);
    const { query, variables } = question;
    for (const problem of checkAnswer(answer, { whole, wasInTrouble, secrets: graph.secrets })) {
      violation(
        `${problem}, of ${query.replaceAll(/\s+/g, ' ').slice(0, 80)} ${JSON.stringify(variables ?? {}).slice(0, 100)}`,
      );
    }
  } catch (error) {
    violation(`the gateway gave no answer: ${String(error)}`);
    // Not at the speed of light, if it is gone.
    await wait(100);
  }
}

const [firstBomb, ...others] = [...bombs, ...values, ...bodies];

async function doHarm({ graph, random, troubles, violation }: Stage, agent: Agent): Promise<void> {
  if (!firstBomb) return;
  const abuse: Abuse = random.pick([firstBomb, ...others]);
  const began = performance.now();
  try {
    const { answer, text: _text, ...refusal } = await sendAbuse(graph.origin, abuse, agent);
    if ([abuse.refusal, abuse.otherwise].some((expected) => isDeepStrictEqual(refusal, expected))) return;
    if (answer.errors?.every((error) => isExplained(error, (service) => troubles.since(service, began)))) return;
    violation(`${abuse.name} is refused by ${JSON.stringify(refusal)}`);
  } catch (error) {
    violation(`${abuse.name} gets no refusal: ${String(error)}`);
    await wait(100);
  }
}

async function keepConnection({ graph, random, violation, signal }: Stage): Promise<void> {
  const heard = await dribble(graph.gateway.port, random.pick([beginnings.headers, beginnings.body]), signal);
  if (!signal.aborted && !heard.startsWith('HTTP/1.1 408 ')) {
    violation(`who dribbles hears: ${heard.slice(0, 80)}`);
    await wait(100);
  }
}
