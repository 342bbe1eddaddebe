import type { IncomingMessage } from 'node:http';

import { ipKeyGenerator } from 'express-rate-limit';
import { LRUCache } from 'lru-cache';

/** Whoever has one address of IPv6 has all of its /64: they are one client. Working that out takes longer than remembering it. */
const networks = new LRUCache<string, string>({ max: 10_000, memoMethod: (address) => ipKeyGenerator(address, 64) });

/** No address is longer. What a proxy passes on may be. */
const maxAddressLength = 45;

/**
 * Names the client that sent a request.
 *
 * @param proxies how many proxies stand before the gateway, each of which wrote down whom it spoke for. What stands further
 * left in `x-forwarded-for` a client may have made up.
 */
export function getClientIp({ socket, headers }: IncomingMessage, proxies: number): string {
  const nearest = socket.remoteAddress ?? '';
  if (proxies === 0) return networks.memo(nearest);
  const passedOn = String(headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((address) => address.trim())
    .filter((address) => address !== '');
  const chain = [...passedOn, nearest];
  const address = chain[Math.max(0, chain.length - 1 - proxies)] ?? nearest;
  return networks.memo(address.slice(0, maxAddressLength));
}
