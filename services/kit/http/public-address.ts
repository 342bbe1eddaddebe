import ipaddr from 'ipaddr.js';

/** Ranges of RFC 6890 and its successors that `ipaddr.js` counts as unicast. */
const special = [
  // Benchmarks between networks.
  '198.18.0.0/15',
  // Delegated to the operators of AS112, and to relays of multicast.
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.175.48.0/24',
  // IPv6 addresses with a meaning of their own: benchmarks, ORCHID, drone identities, segment routing, documentation.
  '2001:2::/48',
  '2001:10::/28',
  '2001:20::/28',
  '2001:30::/28',
  '3fff::/20',
].map((range) => ipaddr.parseCIDR(range));

/** All IPv6 addresses that are routed in the internet; local ones, and translations of IPv4 addresses, are outside. */
const globalUnicast = ipaddr.parseCIDR('2000::/3');

/** Whether an IP address belongs to a host in the public internet: not to this machine, a local network, or a special purpose. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  const isIn = ([network, bits]: [ipaddr.IPv4 | ipaddr.IPv6, number]): boolean => {
    if (parsed instanceof ipaddr.IPv4) return network instanceof ipaddr.IPv4 && parsed.match(network, bits);
    return network instanceof ipaddr.IPv6 && parsed.match(network, bits);
  };
  if (parsed.range() !== 'unicast' || special.some(isIn)) return false;
  return parsed.kind() === 'ipv4' || isIn(globalUnicast);
}
