/** Headers as Node takes them: a name, its value, the next name. */
export type RawHeaders = readonly string[];

/** A limit, and by how much it was passed. */
export interface ExceededLimit {
  readonly limit: string;
  /** Undefined: nobody counted to the end. */
  readonly found?: number | undefined;
  readonly allowed: number;
}

export interface HttpErrorOptions {
  readonly status: number;
  /** Stable, for programs. */
  readonly code: string;
  readonly headers?: RawHeaders;
  /** Default: it is refused for another reason. */
  readonly exceeded?: ExceededLimit;
}

/** A request that is turned away, in words that a client can act on. */
export class HttpError extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: RawHeaders;
  readonly exceeded: ExceededLimit | undefined;

  constructor(message: string, { status, code, headers = [], exceeded: passed }: HttpErrorOptions) {
    super(message);
    this.name = 'HttpError';
    this.status = status;
    this.code = code;
    this.headers = headers;
    this.exceeded = passed;
  }
}

/** The form in which GraphQL says that there is nothing but an error. */
export const toErrorBody = ({ message, code, exceeded: passed }: HttpError): Buffer =>
  Buffer.from(JSON.stringify({ errors: [{ message, extensions: { code, ...passed } }] }));
