import { byKey, countryOf, distinct } from './model-rules.js';
import type { WorldRecord } from './world-rows.js';

/** Whether the publisher that a record names is of the record's own country. */
export const isOwn = ({ publisherId, country }: WorldRecord): boolean =>
  publisherId !== null && countryOf(publisherId) === country;

/** Records in their order of precedence: the owners of addresses, those of the publisher's own country, then the newest. */
export function byPrecedence(records: readonly WorldRecord[], owners: readonly WorldRecord[]): WorldRecord[] {
  const seen = (record: WorldRecord): string => record.observedOn ?? record.issued.slice(0, 10);
  return byKey(records, ({ id }) => [id])
    .sort((one, other) => (seen(one) < seen(other) ? 1 : seen(one) > seen(other) ? -1 : 0))
    .sort((one, other) => Number(isOwn(other)) - Number(isOwn(one)))
    .sort((one, other) => Number(owners.includes(other)) - Number(owners.includes(one)));
}

/**
 * The record that owns an address, of those that describe it: of the country that listed it first, or of the publisher's that
 * this one names. All countries are read for the first time, so what they state of their records counts.
 */
export function ownerOf(records: readonly WorldRecord[]): WorldRecord | undefined {
  const claims = records.map((record) => {
    const agreed = records.filter(
      (other) => other.publisherId !== null && !isOwn(other) && countryOf(other.publisherId) === record.country,
    );
    const since = isOwn(record) ? distinct([record, ...agreed].map(({ issued }) => issued))[0] : record.issued;
    return { record, since: since ?? '' };
  });
  const [first] = byKey(claims, ({ record, since }) => [since, isOwn(record) ? 0 : 1, record.country]);
  const own = claims.filter(({ record }) => record.country === first?.record.country);
  return byKey(own, ({ record, since }) => [isOwn(record) ? 0 : 1, since, record.id])[0]?.record;
}

/** Groups the addresses that are one solution; its id is the address that was asserted first. */
export function groupAddresses(owners: readonly WorldRecord[]): { id: string; addresses: string[] }[] {
  const groups = new Map<string, Set<string>>();
  const join = (one: string, other: string): void => {
    const both = new Set([...(groups.get(one) ?? [one]), ...(groups.get(other) ?? [other])]);
    for (const address of both) groups.set(address, both);
  };
  for (const { address, aliases } of owners) for (const alias of [address, ...aliases]) join(address, alias);
  const assertions = byKey(
    [
      ...owners.map(({ address, issued }) => ({ address, issued, rank: 1000 })),
      ...owners.flatMap(({ aliases, issued }) => aliases.map((address, index) => ({ address, issued, rank: index }))),
    ],
    ({ issued, rank, address }) => [issued, rank, address],
  );
  return [...new Set(groups.values())].map((group) => ({
    id: assertions.find(({ address }) => group.has(address))?.address ?? '',
    addresses: [...group].sort(),
  }));
}
