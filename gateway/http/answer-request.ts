import type { IncomingHttpHeaders } from 'node:http';

import type { ApolloServer } from '@apollo/server';

import { type Answer, type Made, toAnswer } from '../cache/cached-response.js';
import type { Answers } from '../cache/response-cache.js';
import { createFlights, type Flight } from '../request/single-flight.js';
import type { ServiceVersions, Versions } from '../cache/subgraph-versions.js';
import type { Cancellation } from '../request/cancellation.js';
import type { GatewayContext } from '../request/request-context.js';
import { createContext } from './create-context.js';
import { withDeadline } from './deadline.js';
import type { Documents } from '../documents/document-store.js';
import { execute, type Sent } from './apollo-fallback.js';
import { keyOf, type Question } from '../request/graphql-request.js';
import type { Received } from './read-request.js';
import type { ShortCut } from './fast-path.js';

/** What is known of the services of the graph, and which answers are kept by that. */
export interface Memory {
  readonly answers: Answers;
  readonly versions: Pick<Versions, 'known'>;
}

export interface AskOptions {
  /** How long a request may take. */
  readonly timeoutMs: number;
  /** Undefined: no answer is given twice, but to those who ask at the same time. */
  readonly memory?: Memory | undefined;
  readonly documents: Documents;
  /** Undefined: Apollo Server answers everything. */
  readonly shortCut?: ShortCut | undefined;
}

/** Who asks. */
export interface Asker {
  readonly headers: IncomingHttpHeaders;
  readonly requestId: string;
}

interface Wanted {
  readonly sent: Sent;
  readonly question: Question | undefined;
  readonly accept: string;
}

/** Answers what was not asked in these bytes before: from memory, with others who ask the same, or anew. */
export function createAsk(
  server: ApolloServer<GatewayContext>,
  { timeoutMs, memory, documents, shortCut }: AskOptions,
) {
  const join = createFlights<Answer>(timeoutMs);

  const make = async ({ sent, question, accept }: Wanted, context: GatewayContext): Promise<Made> => {
    const made = question && (await shortCut?.answer(question, accept, context));
    if (made) return made;
    const byServer = await execute(server, sent, context);
    shortCut?.learn(accept, byServer);
    return byServer;
  };

  const makeAnew = async (key: string | undefined, wanted: Wanted, context: GatewayContext): Promise<Answer> => {
    const before = memory?.versions.known() ?? new Map<string, string>();
    const answer = toAnswer(await make(wanted, context));
    if (!memory || key === undefined) return answer;
    const { services } = context.outcome;
    if (!answer.isKeepable) return memory.answers.standIn(key, services) ?? answer;
    memory.answers.keep(key, answer, versionsOf(services.keys(), before));
    return answer;
  };

  return ({ bytes, accept, read }: Received, { headers, requestId }: Asker): Flight<Answer> => {
    const { form, question } = documents.resolve(read());
    // To find what is the same however it is written takes time, which pays where answers are kept.
    const key = question && (memory ? keyOf(question, accept) : bytes);
    const kept = key === undefined ? undefined : memory?.answers.find(key, bytes);
    if (kept) return { result: Promise.resolve(kept), leave: () => undefined };
    const begin = (cancellation: Cancellation): Promise<Answer> => {
      const context = createContext(headers, requestId, { cancellation, timeoutMs });
      return withDeadline(
        makeAnew(key, { sent: { form, headers }, question, accept }, context),
        cancellation,
        timeoutMs,
      );
    };
    // One method may be refused where the other is not, so nobody joins those who ask by another.
    return join(key === undefined ? null : `${form.method} ${key}`, begin);
  };
}

/** Of a service that nothing is known of, any version is another one. */
const versionsOf = (services: Iterable<string>, known: ServiceVersions): ServiceVersions =>
  new Map([...services].map((service) => [service, known.get(service) ?? '']));
