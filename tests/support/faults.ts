/** The faults of a service, seen from the gateway. */
export const faults = [
  /** Its process has ended, and its port is closed. */
  'killed',
  /** It reads a request and never responds. */
  'hanging',
  /** It responds late, but before the timeout. */
  'slow',
  /** It closes the connection in the middle of a response, before its Content-Length. */
  'cutBody',
  /** A complete HTTP response with half a JSON text. */
  'cutJson',
  /** An HTML page with status 200, as a proxy in between may send it. */
  'html',
  /** A response that never ends. */
  'endless',
  /** The right text as `text/plain`. */
  'wrongType',
  /** GraphQL errors that reveal internals. */
  'ownErrors',
  /** The other machine is gone without closing the connection: nothing is read, written or closed. */
  'halfOpen',
  /** The process ends at the next request, and restarts at once. */
  'restarting',
  /** The response also has fields that were not requested: data of other countries, and more fields of every object. */
  'unselectedFields',
  /** Names and titles contain a character that reverses the direction of the text. */
  'invalidTexts',
  /** Far more objects than were requested. */
  'manyValues',
  /** Errors without end. */
  'manyErrors',
] as const;
export type Fault = (typeof faults)[number];

/** The error codes that a fault may cause; none where the response can be whole. */
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
  unselectedFields: [],
  invalidTexts: ['SUBGRAPH_BAD_RESPONSE'],
  manyValues: ['SUBGRAPH_BAD_RESPONSE'],
  manyErrors: ['SUBGRAPH_BAD_RESPONSE'],
};

/** Whether the response may be whole: late, by a retry after the process has restarted, or without what was not requested. */
export const isSurvivable = (fault: Fault): boolean => ['slow', 'restarting', 'unselectedFields'].includes(fault);

/** The delay of `slow`. */
export const slowDelayMs = 300;

/** The internals in `ownErrors`, which no client may receive. */
export const internals = ['10.11.12.13', 'ECONNREFUSED', '/srv/catalogue/secret.js', 'stacktrace'] as const;
