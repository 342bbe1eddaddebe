import { type ExceededLimit, HttpError, type RawHeaders } from '../../kit/http-error.js';

/** An error in a response of the gateway. */
export interface ResponseError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** The gateway does not respond, or not with GraphQL. */
export const gatewayUnavailable = (headers: RawHeaders = ['retry-after', '5']): HttpError =>
  new HttpError('The graph cannot be read at present. Retry after the seconds in Retry-After.', {
    status: 503,
    code: 'GATEWAY_UNAVAILABLE',
    headers,
  });

/** The stable code of an error. */
export const codeOf = ({ extensions }: ResponseError): string => {
  const code = extensions?.['code'];
  return typeof code === 'string' ? code : 'INTERNAL_SERVER_ERROR';
};

/** Codes that say nothing about the request: the same request can succeed later. */
const transient =
  /^(?:SUBGRAPH_\w+|INDEX_UNAVAILABLE|CATALOGUE_UNAVAILABLE|DEADLINE_EXCEEDED|INTERNAL_SERVER_ERROR|RATE_LIMITED|OVERLOADED)$/;

/** Whether an error is one of the graph, and not of the request. */
export const isTransient = (error: ResponseError): boolean => transient.test(codeOf(error));

/**
 * Rejects a request with the error by which the gateway rejected its operation.
 *
 * @param headers of the error, if the gateway states when it may be read again.
 */
export const toHttpError = (error: ResponseError, headers?: RawHeaders): HttpError =>
  isTransient(error)
    ? gatewayUnavailable(headers)
    : new HttpError(error.message, {
        status: 400,
        code: codeOf(error),
        ...(headers ? { headers } : {}),
        ...toExceeded(error),
      });

/** The limit that an operation exceeds, if that is the reason. */
function toExceeded({ extensions = {} }: ResponseError): { readonly exceeded?: ExceededLimit } {
  const { limit, found, allowed } = extensions;
  if (typeof limit !== 'string' || typeof allowed !== 'number') return {};
  return { exceeded: { limit, allowed, ...(typeof found === 'number' ? { found } : {}) } };
}
