import { Pool } from 'undici';

/** What is asked. */
export interface Question {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** An error as a client receives it. */
export interface AnswerError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** What a client of the gateway receives. */
export interface Answer {
  readonly status: number;
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly AnswerError[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** A client of the gateway that keeps its connections. */
export interface Client {
  readonly ask: (question: Question) => Promise<Answer>;
  /** Sends a body as it is. */
  readonly send: (body: string) => Promise<Answer>;
  readonly close: () => Promise<void>;
}

/** Longer than anything may take. */
const patience = 30_000;

export function openClient(origin: string, connections: number): Client {
  const pool = new Pool(origin, { connections, headersTimeout: patience, bodyTimeout: patience });
  const send: Client['send'] = async (body) => {
    const headers = { 'content-type': 'application/json' };
    const response = await pool.request({ path: '/graphql', method: 'POST', headers, body });
    return { ...((await response.body.json()) as object), status: response.statusCode };
  };
  return {
    ask: (question) => send(JSON.stringify(question)),
    send,
    close: () => pool.destroy(),
  };
}
