import { lookup as resolveName, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';

import { Agent, request } from 'undici';

import { isPublicAddress } from './public-address.js';

/** Which addresses requests may be sent to. */
export interface TargetPolicy {
  readonly protocols: readonly string[];
  readonly ports: readonly number[] | 'any';
  readonly isAllowedAddress: (address: string) => boolean;
}

/** Servers in the public internet: servers of this network may trust every client that reaches them. */
export const publicTargets: TargetPolicy = {
  protocols: ['https:'],
  ports: [443, 8443],
  isAllowedAddress: isPublicAddress,
};

/** A request must not be sent to this address. The message is for the user who has chosen it. */
export class ForbiddenTargetError extends Error {
  readonly code = 'FORBIDDEN_TARGET';
}

/** Resolves a name to its addresses, as `dns.lookup` does with `all`. */
export type ResolveName = (
  hostname: string,
  options: { readonly all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** For tests. */
export interface PublicClientOptions {
  readonly resolve?: ResolveName;
  readonly timeoutMs?: number;
  /** The certificate of an authority that is trusted, instead of those that Node trusts. */
  readonly authority?: string | undefined;
}

/** What a server has responded; its body is discarded. */
export interface Reply {
  readonly status: number;
  /** Undefined if it states none. */
  readonly retryAfterSeconds: number | undefined;
}

/** Sends requests to servers that users name. */
export interface PublicClient {
  /**
   * Redirects are not followed: they could lead anywhere.
   *
   * @throws ForbiddenTargetError, or an error of the connection. Its `code` is stable.
   */
  readonly post: (url: string, headers: Readonly<Record<string, string>>, body: string) => Promise<Reply>;
  readonly close: () => Promise<void>;
}

/** Connecting, sending and the response, in all. */
const defaultTimeoutMs = 15_000;
/** What is read of a response, so that its connection can be used again. */
const maxDiscardedBytes = 64 * 1024;

/**
 * Finds out why a request must not be sent to a URL, as far as it is known without its name being resolved; null if it may be.
 */
export function findForbiddenPart(url: URL, { protocols, ports, isAllowedAddress }: TargetPolicy): string | null {
  if (!protocols.includes(url.protocol))
    return `begins with ${url.protocol}//; allowed: ${protocols.map((name) => `${name}//`).join(', ')}`;
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  if (ports !== 'any' && !ports.includes(port)) return `has the port ${port}; allowed: ${ports.join(', ')}`;
  if (url.username !== '' || url.password !== '') return 'has a user name or a password, which is not allowed';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return isIP(host) !== 0 && !isAllowedAddress(host) ? 'is not in the public internet' : null;
}

/**
 * Creates a client that connects to allowed addresses only. A name is resolved once for each connection, and the connection is to the
 * addresses that were checked, so that a name cannot have another address by then (DNS rebinding).
 */
export function createPublicClient(
  policy: TargetPolicy = publicTargets,
  { resolve = resolveName, timeoutMs = defaultTimeoutMs, authority }: PublicClientOptions = {},
): PublicClient {
  const lookup: LookupFunction = (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses;
      if (error || !first) callback(error ?? new Error(`${hostname} has no address.`), '');
      else if (!addresses.every(({ address }) => policy.isAllowedAddress(address)))
        callback(new ForbiddenTargetError(`${hostname} is not in the public internet.`), '');
      else if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
  const dispatcher = new Agent({
    connect: { lookup, timeout: timeoutMs, ...(authority === undefined ? {} : { ca: authority }) },
    connections: 8,
  });
  return {
    post: async (address, headers, body) => {
      const url = new URL(address);
      const forbidden = findForbiddenPart(url, policy);
      if (forbidden !== null) throw new ForbiddenTargetError(`The address ${forbidden}.`);
      const signal = AbortSignal.timeout(timeoutMs);
      const response = await request(url, { dispatcher, method: 'POST', headers, body, signal });
      // A status counts, however the rest of the response ends.
      await response.body.dump({ limit: maxDiscardedBytes, signal }).catch(() => undefined);
      const retryAfter = Number(response.headers['retry-after']);
      return { status: response.statusCode, retryAfterSeconds: retryAfter >= 0 ? retryAfter : undefined };
    },
    close: () => dispatcher.destroy(),
  };
}
