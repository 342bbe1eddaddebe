import { type FakeCountry, startFakeCountry } from './fake-country.js';
import { contents } from './feed-contents.js';
import { createRandom } from '../../kit/testing/random.js';
import { publishNeedsOfWorld } from './publish-needs-of-world.js';
import { type Adoption, type Organisation, type Span, worldCountries, type WorldRecord } from './world-rows.js';
import type { World } from './world.js';

const toPeriodContent = ({ start, end, ended, observedOn }: Span) => ({
  during: { start, startPrecision: start && 'DAY', end, endPrecision: end && 'DAY', ended },
  provenance: toProvenance(observedOn),
});

const toProvenance = (observedOn: string | null) => ({
  source: null,
  retrievedAt: null,
  observedOn,
  assertedBy: null,
  method: 'IMPORTED',
  licence: null,
  note: null,
});

function publishOrganisation(
  country: FakeCountry,
  { id, type, name, kind, level, nuts, population, start, end, ended }: Organisation,
): void {
  const existed = { start, end, ended };
  if (type === 'consortium') country.publish('CONSORTIUM', contents.consortium(id, name, { existed }));
  else {
    const more = { kind, level, nuts, population: population === null ? null : { count: population }, existed };
    country.publish('ADMINISTRATION', contents.administration(id, name, more));
  }
}

export function publishRecord(
  country: FakeCountry,
  { observedOn, sortName: _, address, ...record }: WorldRecord,
): void {
  country.publish('RECORD', contents.record(record.id, address, { ...record, provenance: toProvenance(observedOn) }));
}

function publishAdoption(country: FakeCountry, use: Adoption): void {
  const { id, userId, address, group, rawName, status } = use;
  country.publish(
    'ADOPTION',
    contents.adoption(id, userId, address, { group, rawName, status, ...toPeriodContent(use) }),
  );
}

/** Starts countries that publish a whole world, in random order. */
export async function startWorld(world: World, seed: number): Promise<Map<string, FakeCountry>> {
  const fakes = new Map<string, FakeCountry>();
  for (const code of worldCountries) fakes.set(code, await startFakeCountry(code));
  const to = (id: string): FakeCountry => {
    const country = fakes.get(id.slice(0, 2).toUpperCase());
    if (!country) throw new Error(`no country of ${id}`);
    return country;
  };
  const { organisations, memberships, records, portfolio, adoptions, contracts } = world;
  const publications: (() => void)[] = [
    ...organisations.map((organisation) => () => {
      publishOrganisation(to(organisation.id), organisation);
    }),
    ...memberships.map((one) => () => {
      const { id, consortiumId, memberId, role } = one;
      to(id).publish('MEMBERSHIP', contents.membership(id, consortiumId, memberId, { role, ...toPeriodContent(one) }));
    }),
    ...records.map((record) => () => {
      publishRecord(to(record.id), record);
    }),
    ...portfolio.map((kept) => () => {
      to(kept.id).publish(
        'PORTFOLIO',
        contents.portfolio(kept.id, kept.consortiumId, kept.address, toPeriodContent(kept)),
      );
    }),
    ...adoptions.map((use) => () => {
      publishAdoption(to(use.id), use);
    }),
    ...contracts.map(({ id, supplierName, supplierIdentifier, clientId, address }) => () => {
      to(id).publish('CONTRACT', contents.contract(id, supplierName, address, { supplierIdentifier, clientId }));
    }),
  ];
  for (const publish of createRandom(seed).shuffled(publications)) publish();
  publishNeedsOfWorld(to, world.needs);
  return fakes;
}
