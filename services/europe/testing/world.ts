import { createRandom, type Random } from '../../kit/testing/random.js';
import {
  worldDay,
  worldCountries,
  unfollowedCountry,
  recordNames,
  supplierNames,
  supplierCodes,
  supplierName,
  maintenances,
  licences,
  kinds,
  levels,
  developmentStatuses,
  softwareTypes,
  categories,
  populations,
  areas,
  past,
  now,
  future,
  spanOf,
  numbers,
  idOf,
  type Organisation,
  type Membership,
  type WorldRecord,
  type WorldContract,
  type PortfolioEntry,
  type Adoption,
} from './world-rows.js';
import { makeNeeds, type WorldNeeds } from './world-needs.js';

/** Everything that all countries publish. */
export interface World {
  readonly organisations: readonly Organisation[];
  readonly memberships: readonly Membership[];
  readonly records: readonly WorldRecord[];
  readonly portfolio: readonly PortfolioEntry[];
  readonly adoptions: readonly Adoption[];
  readonly contracts: readonly WorldContract[];
  readonly needs: WorldNeeds;
}

function makeOrganisations(random: Random): Organisation[] {
  return worldCountries.flatMap((country) =>
    (['administration', 'consortium'] as const).flatMap((type) =>
      numbers(type === 'administration' ? 30 : 5).map((number): Organisation => {
        // Every seventh name is the same in every country.
        const name = number % 7 === 0 ? `Samby ${number}` : `${country} by ${number}`;
        const sortName = name.toLowerCase();
        const end = random.chance(0.85) ? null : random.pick([...past, ...now, ...future]);
        return {
          id: idOf(country, type, number),
          country,
          type,
          name,
          sortName,
          kind: random.pick(kinds),
          level: random.pick(levels),
          nuts: random.chance(0.2) ? null : random.pick(areas.filter((area) => area.startsWith(country))),
          population: random.chance(0.25) ? null : random.pick(populations),
          start: random.chance(0.5) ? null : random.pick([...past, ...past, ...past, ...now, ...future]),
          end,
          ended: end === null && random.chance(0.1) ? true : random.pick([null, false]),
        };
      }),
    ),
  );
}

const ofType = (organisations: readonly Organisation[], type: Organisation['type']): Organisation[] =>
  organisations.filter((organisation) => organisation.type === type);

function makeMemberships(random: Random, organisations: readonly Organisation[]): Membership[] {
  const stated = numbers(90).map((number): Membership => {
    const consortium = random.pick(ofType(organisations, 'consortium'));
    const member = random.pick(ofType(organisations, 'administration'));
    return {
      id: idOf(random.pick([consortium, member]).country, 'membership', number),
      consortiumId: random.chance(0.1) ? idOf(consortium.country, 'consortium', 'unknown') : consortium.id,
      memberId: member.id,
      role: random.pick(['FOUNDER', 'MEMBER', 'MEMBER', 'BOARD', 'OBSERVER', 'PARTNER']),
      ...spanOf(random),
    };
  });
  // Half of the memberships across a border are stated by the other country, too, with other terms.
  const otherStatements = stated.flatMap((membership, number): Membership[] => {
    const [consortium, member] = [membership.consortiumId.slice(0, 2), membership.memberId.slice(0, 2)];
    if (consortium === member || !random.chance(0.5)) return [];
    const other = membership.id.startsWith(consortium) ? member : consortium;
    return [
      {
        ...membership,
        id: idOf(other, 'membership', `other-${number}`),
        role: random.pick(['MEMBER', 'BOARD', 'PARTNER']),
        ...spanOf(random),
      },
    ];
  });
  return [...stated, ...otherStatements];
}

function makeRecords(random: Random, organisations: readonly Organisation[]): WorldRecord[] {
  const addresses = numbers(105).map((number) =>
    number % 10 === 0 ? `urn:dk:solution:s${number}` : `github.com/owner${number % 20}/solution${number}`,
  );
  const records = numbers(150).map((number): WorldRecord => {
    const country = random.pick(worldCountries);
    const own = organisations.filter((organisation) => organisation.country === country);
    const [name, sortName] = random.pick(recordNames);
    return {
      id: idOf(country, 'record', number),
      country,
      // The first records have an address each.
      address: addresses[number] ?? random.pick(addresses),
      aliases: [],
      issued: `20${String(10 + random.below(15))}-0${String(1 + random.below(9))}-01T00:00:00.000Z`,
      observedOn: random.chance(0.2) ? null : random.pick(past),
      publisherId: random.pick([
        null,
        random.pick(own).id,
        random.pick(own).id,
        random.pick(organisations).id,
        random.pick(['dk', 'be', 'se']) + ':administration:unknown',
      ]),
      kind: random.pick(['SOFTWARE', 'SOFTWARE', 'SERVICE']),
      name,
      sortName,
      licence: random.pick(licences)[0],
      developmentStatus: random.pick([null, ...developmentStatuses]),
      softwareType: random.pick([null, ...softwareTypes]),
      maintenance: maintenances[number % maintenances.length] ?? null,
      categories: random.some(categories, 3),
      releaseDate: random.pick([null, '0001-01-01', '2019-05-05', '2024-02-29', worldDay, '2026-06-16', '9999-12-31']),
      contractors: (number % 3 > 0 ? [] : number % 2 > 0 ? [number] : [number, number + 3]).map((supplier) => ({
        name: supplierName(supplier),
        until: null,
        website: null,
      })),
    };
  });
  return records.map((record, number) => {
    if (!random.chance(0.3)) return record;
    const old = numbers(1 + random.below(2)).map((index) => `codeberg.org/old/solution${number}-${index}`);
    // An address of the same country that no other record describes; each is taken once.
    const next = records[(number + 1) % records.length];
    const isAlone = records.filter(({ address }) => address === next?.address).length === 1;
    const taken = next && isAlone && next.country === record.country ? [next.address] : [];
    return { ...record, aliases: random.shuffled([...old, ...taken]) };
  });
}

const makePortfolio = (
  random: Random,
  organisations: readonly Organisation[],
  addresses: readonly string[],
): PortfolioEntry[] =>
  numbers(140).map((number) => {
    const country = random.pick(worldCountries);
    const consortia = organisations.filter(
      (organisation) => organisation.country === country && organisation.type === 'consortium',
    );
    return {
      id: idOf(country, 'portfolio', number),
      consortiumId: random.chance(0.05) ? idOf(country, 'consortium', 'unknown') : random.pick(consortia).id,
      address: random.pick(addresses),
      ...spanOf(random),
    };
  });

function makeAdoptions(
  random: Random,
  organisations: readonly Organisation[],
  addresses: readonly string[],
): Adoption[] {
  const administrations = ofType(organisations, 'administration');
  const busy = random.shuffled(addresses).slice(0, 25);
  const userOf = (country: string): Pick<Adoption, 'userId' | 'group' | 'rawName'> => {
    const own = administrations.filter((organisation) => organisation.country === country);
    const is = { userId: null, group: null, rawName: null };
    switch (random.below(20)) {
      case 0:
        return { ...is, group: 'Five towns' };
      case 1:
      case 2:
        return { ...is, rawName: `Comune di ${random.pick(administrations).name.toUpperCase()}` };
      case 3:
        return { ...is, rawName: random.pick(administrations).name };
      case 4:
        return { ...is, userId: idOf(random.pick(worldCountries), 'administration', 'unknown') };
      case 5:
        return { ...is, userId: idOf(unfollowedCountry, 'administration', random.below(4)) };
      case 6:
      case 7:
      case 8:
      case 9:
        return { ...is, userId: random.pick(administrations).id, rawName: 'as written' };
      default:
        return { ...is, userId: random.pick(own).id };
    }
  };
  const stated = numbers(600).map((number): Adoption => {
    const country = random.pick(worldCountries);
    const status = random.pick(['IN_PRODUCTION', 'IN_PRODUCTION', 'PILOT', 'DECLARED', 'OTHER', 'ENDED']);
    const span = spanOf(random);
    return {
      id: idOf(country, 'adoption', number),
      country,
      ...userOf(country),
      address: random.pick(random.chance(0.6) ? busy : addresses),
      status,
      ...span,
      observedOn: status === 'ENDED' ? (span.observedOn ?? '2020-01-01') : span.observedOn,
    };
  });
  // Occasionally a country confirms or denies what other countries state of its organisations.
  const ownStatements = stated.flatMap((use, number): Adoption[] => {
    const country = use.userId?.slice(0, 2).toUpperCase();
    const isAbroad = country !== use.country && worldCountries.some((code) => code === country);
    if (country === undefined || !isAbroad || !random.chance(0.4)) return [];
    return [
      {
        ...use,
        ...spanOf(random),
        id: idOf(country, 'adoption', `own-${number}`),
        country,
        rawName: null,
        status: random.pick(['IN_PRODUCTION', 'ENDED']),
        observedOn: random.pick(past),
      },
    ];
  });
  return [...stated, ...ownStatements];
}

function makeContracts(organisations: readonly Organisation[], addresses: readonly string[]): WorldContract[] {
  return numbers(60).map((number): WorldContract => {
    const country = worldCountries[number % worldCountries.length] ?? 'DK';
    const codes = supplierCodes[number % supplierNames.length] ?? [];
    return {
      id: idOf(country, 'contract', number),
      country,
      supplierName: supplierName(number),
      supplierIdentifier: codes[Math.floor(number / supplierNames.length) % codes.length] ?? null,
      clientId: number % 3 === 0 ? (organisations[(number * 7) % organisations.length]?.id ?? null) : null,
      address: number % 6 === 0 ? null : (addresses[(number * 5) % addresses.length] ?? null),
    };
  });
}

/** Creates a world of four countries, always the same for a seed. */
export function makeWorld(seed: number): World {
  const random = createRandom(seed);
  const organisations = makeOrganisations(random);
  const records = makeRecords(random, organisations);
  const addresses = [
    ...new Set(records.flatMap(({ address, aliases }) => [address, address, ...aliases])),
    ...records.map(({ address }) => address),
    'gitlab.com/not/described',
  ];
  return {
    organisations,
    memberships: makeMemberships(random, organisations),
    records,
    portfolio: makePortfolio(random, organisations, addresses),
    adoptions: makeAdoptions(random, organisations, addresses),
    contracts: makeContracts(organisations, addresses),
    needs: makeNeeds(createRandom(seed), organisations),
  };
}
