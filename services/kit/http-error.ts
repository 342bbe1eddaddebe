/** Headers as Node.js takes them: name, value, name, value, … */
export type RawHeaders = readonly string[];

/** A limit, and by how much it was exceeded. */
export interface ExceededLimit {
  readonly limit: string;
  /** Undefined: the value was not determined. */
  readonly found?: number | undefined;
  readonly allowed: number;
}

export interface HttpErrorOptions {
  readonly status: number;
  /** Stable, for programs. */
  readonly code: string;
  readonly headers?: RawHeaders;
  /** The limit that the request exceeds, if that is the reason. */
  readonly exceeded?: ExceededLimit;
}

/** Rejects a request, with a message that a client can act on. */
export class HttpError extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: RawHeaders;
  readonly exceeded: ExceededLimit | undefined;

  constructor(message: string, { status, code, headers = [], exceeded }: HttpErrorOptions) {
    // It is sent and not logged, so its stack is never read. Capturing it would take a sixth of the time of a rejection.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = stackTraceLimit;
    this.name = 'HttpError';
    this.status = status;
    this.code = code;
    this.headers = headers;
    this.exceeded = exceeded;
  }
}

/** Whether a request was rejected because its client exceeds a limit. */
export const isClientLimit = (error: unknown): error is HttpError =>
  error instanceof HttpError && error.code === 'RATE_LIMITED';

/** The body of a GraphQL response that contains only this error. */
export const toErrorBody = ({ message, code, exceeded }: HttpError): Buffer =>
  Buffer.from(JSON.stringify({ errors: [{ message, extensions: { code, ...exceeded } }] }));
