/** What can be wrong with a service, seen from the gateway. */
export const faults = [
  /** Its process is gone, and nobody listens. */
  'killed',
  /** Reads a request and never answers. */
  'hanging',
  /** Answers late, but in time. */
  'slow',
  /** Goes in the middle of an answer that it promised to be longer. */
  'cutBody',
  /** An answer in order, of half a JSON text. */
  'cutJson',
  /** A friendly page, status 200, as something between the two sends it. */
  'html',
  /** An answer that never ends. */
  'endless',
  /** The right text as `text/plain`. */
  'wrongType',
  /** Errors in the form that GraphQL prescribes, which tell of the inside. */
  'ownErrors',
  /** The other machine is gone, and the connection does not know: nothing is read, written or closed. */
  'halfOpen',
  /** Dies of the next request, and is back at once. */
  'restarting',
] as const;
export type Fault = (typeof faults)[number];

/** The codes by which a client may be told of a fault; none where the answer can be whole. */
export const codesOf: Readonly<Record<Fault, readonly string[]>> = {
  killed: ['SUBGRAPH_UNAVAILABLE'],
  hanging: ['SUBGRAPH_TIMEOUT'],
  slow: [],
  cutBody: ['SUBGRAPH_UNAVAILABLE', 'SUBGRAPH_BAD_RESPONSE'],
  cutJson: ['SUBGRAPH_BAD_RESPONSE'],
  html: ['SUBGRAPH_BAD_RESPONSE'],
  endless: ['SUBGRAPH_BAD_RESPONSE', 'SUBGRAPH_TIMEOUT'],
  wrongType: ['SUBGRAPH_BAD_RESPONSE'],
  ownErrors: ['SUBGRAPH_ERROR'],
  halfOpen: ['SUBGRAPH_TIMEOUT'],
  restarting: ['SUBGRAPH_UNAVAILABLE'],
};

/** Whether the answer may be whole: late, or asked again of a process that was back in time. */
export const isSurvivable = (fault: Fault): boolean => fault === 'slow' || fault === 'restarting';

/** How late `slow` is, in milliseconds. */
export const slowness = 300;

/** What `ownErrors` tells, and no client may learn. */
export const internals = ['10.11.12.13', 'ECONNREFUSED', '/srv/catalogue/secret.js', 'stacktrace'] as const;
