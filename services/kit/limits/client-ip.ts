import { isIP } from 'node:net';
import type { IncomingMessage } from 'node:http';

import ipaddr from 'ipaddr.js';
import { LRUCache } from 'lru-cache';
import proxyAddr from 'proxy-addr';

/** An address with a port, a zone and quotes is shorter. The text that a proxy passes on may be longer. */
const maxEntryLength = 120;

/** Parsing an address takes longer than finding it in a cache. The empty network stands for an entry without an address. */
const networks = new LRUCache<string, string>({ max: 10_000, memoMethod: (entry) => toNetwork(parseAddress(entry)) });

/**
 * Extracts the address from an entry of `x-forwarded-for`. Proxies also write it with its port (`192.0.2.1:5555`,
 * `[2001:db8::1]:443`), in quotes, as a `for=` of RFC 7239, or with a zone (`fe80::1%eth0`).
 */
function parseAddress(entry: string): string {
  const [, written = ''] = /^\s*(?:for=)?"?\s*([^";]*)/i.exec(entry) ?? [];
  const address = /^\[([^\]]*)\](?::\d+)?$/.exec(written.trim())?.[1] ?? written.trim().replace(/^([\d.]+):\d+$/, '$1');
  const [withoutZone = ''] = address.split('%', 1);
  // Some parsers take a number with a leading zero as octal; proxies that pad numbers mean decimals.
  return /^[\d.]+$/.test(withoutZone) ? withoutZone.replace(/(^|\.)0+(?=\d)/g, '$1') : withoutZone;
}

/** A client with one IPv6 address has all of its /64: they count as one client. */
function toNetwork(address: string): string {
  if (isIP(address) === 0) return '';
  const parsed = ipaddr.process(address);
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString();
  const prefix = parsed.parts.slice(0, 4).map((part) => part.toString(16));
  return `${prefix.join(':')}::/64`;
}

const findNetwork = (entry: string): string => (entry.length > maxEntryLength ? '' : networks.memo(entry));

/**
 * Returns the IP address (for IPv6, the network) of the client that sent a request. If a proxy names none, which a client could
 * use to look like many, it is that of the proxy.
 *
 * @param trustedProxyHops how many reverse proxies are in front of the process, each of which appended to `x-forwarded-for`
 * the address that its request came from. Entries further left may be made up by a client.
 */
export function getClientIp(request: IncomingMessage, trustedProxyHops: number): string {
  const { remoteAddress = '' } = request.socket;
  if (trustedProxyHops === 0) return findNetwork(remoteAddress);
  return findNetwork(proxyAddr(request, (_address, hop) => hop < trustedProxyHops)) || findNetwork(remoteAddress);
}
