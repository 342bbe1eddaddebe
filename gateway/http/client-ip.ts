import type { IncomingMessage } from 'node:http';

import ipaddr from 'ipaddr.js';
import { LRUCache } from 'lru-cache';
import proxyAddr from 'proxy-addr';

/** No address is longer. The text that a proxy passes on may be. */
const maxAddressLength = 45;

/** Parsing an address takes longer than finding it in a cache. */
const networks = new LRUCache<string, string>({ max: 10_000, memoMethod: toNetwork });

/** A client with one IPv6 address has all of its /64: they count as one client. */
function toNetwork(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString();
  const prefix = parsed.parts.slice(0, 4).map((part) => part.toString(16));
  return `${prefix.join(':')}::/64`;
}

/**
 * Returns the IP address (for IPv6, the network) of the client that sent a request.
 *
 * @param trustedProxyHops how many reverse proxies are in front of the gateway, each of which appended to `x-forwarded-for`
 * the address that its request came from. Entries further left may be made up by a client.
 */
export function getClientIp(request: IncomingMessage, trustedProxyHops: number): string {
  const address =
    trustedProxyHops === 0
      ? request.socket.remoteAddress
      : proxyAddr(request, (_address, hop) => hop < trustedProxyHops);
  return networks.memo((address ?? '').slice(0, maxAddressLength));
}
