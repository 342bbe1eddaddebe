/** Headers as Node takes them: a name, its value, the next name. */
export type RawHeaders = readonly string[];

export interface RefusalOptions {
  readonly status: number;
  /** Stable, for programs. */
  readonly code: string;
  readonly headers?: RawHeaders;
}

/** A request that is turned away, in words that a client can act on. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: RawHeaders;

  constructor(message: string, { status, code, headers = [] }: RefusalOptions) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** The form in which GraphQL says that there is nothing but an error. */
export const bodyOf = ({ message, code }: Refusal): Buffer =>
  Buffer.from(JSON.stringify({ errors: [{ message, extensions: { code } }] }));
