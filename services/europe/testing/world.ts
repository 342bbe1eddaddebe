import { createRandom, type Random } from '../../kit/testing/random.js';

/** An organisation as its country publishes it, with its sort name. */
export interface Organisation {
  readonly id: string;
  readonly country: string;
  readonly type: 'administration' | 'consortium';
  readonly name: string;
  readonly sortName: string;
  readonly kind: string;
  readonly level: string;
  readonly nuts: string | null;
  readonly population: number | null;
  readonly start: string | null;
  readonly end: string | null;
  readonly ended: boolean | null;
}

/** The stated period of something, and when it was observed. */
export interface Span {
  readonly start: string | null;
  readonly end: string | null;
  readonly ended: boolean | null;
  readonly observedOn: string | null;
}

export interface Membership extends Span {
  readonly id: string;
  readonly consortiumId: string;
  readonly memberId: string;
  readonly role: string;
}

/** A record, with the fields by which solutions are found and ordered. */
export interface WorldRecord {
  readonly id: string;
  readonly country: string;
  readonly address: string;
  readonly aliases: readonly string[];
  readonly issued: string;
  readonly observedOn: string | null;
  readonly publisherId: string | null;
  readonly kind: string;
  readonly name: string;
  readonly sortName: string;
  readonly licence: string | null;
  readonly developmentStatus: string | null;
  readonly softwareType: string | null;
  readonly maintenance: string | null;
  readonly categories: readonly string[];
  readonly releaseDate: string | null;
  readonly contractors: readonly { readonly name: string; readonly until: null; readonly website: null }[];
}

export interface WorldContract {
  readonly id: string;
  readonly country: string;
  readonly supplierName: string;
  readonly supplierIdentifier: string | null;
  readonly clientId: string | null;
  readonly address: string | null;
}

interface PortfolioEntry extends Span {
  readonly id: string;
  readonly consortiumId: string;
  readonly address: string;
}

export interface Adoption extends Span {
  readonly id: string;
  readonly country: string;
  readonly userId: string | null;
  readonly group: string | null;
  readonly rawName: string | null;
  readonly address: string;
  readonly status: string;
}

/** Everything that all countries publish. */
export interface World {
  readonly organisations: readonly Organisation[];
  readonly memberships: readonly Membership[];
  readonly records: readonly WorldRecord[];
  readonly portfolio: readonly PortfolioEntry[];
  readonly adoptions: readonly Adoption[];
  readonly contracts: readonly WorldContract[];
}

/** Today in the tests; what begins or ends on this day or next to it is most likely to go wrong. */
export const worldDay = '2026-06-15';
/** Countries with a feed; the last one does not exist, and has no types in this graph. */
export const worldCountries = ['DK', 'BE', 'IT', 'XR'] as const;
/** A country without a feed: its organisations are only known as ids. */
const unfollowedCountry = 'XS';

/** Names with their sort names, written out so that they do not depend on the code of the index. */
const recordNames: readonly (readonly [name: string, sortName: string])[] = [
  ['Zorvex', 'zorvex'],
  ['ZORVEX', 'zorvex'],
  ['Ærø Zorvex', 'aero zorvex'],
  ['Quilmar – Ångström', 'quilmar angstrom'],
  ['quilmar (2)', 'quilmar 2'],
  ['Øster.Port', 'oster port'],
  ['Oster Port', 'oster port'],
  ['Straße', 'strasse'],
  ['łódź', 'lodz'],
  ['10', '10'],
  ['9', '9'],
  ['ελληνικά', 'ελληνικα'],
  ['', ''],
];
/** Words that are in some of these names and are not the beginning of others. */
export const searchableWords = ['zorvex', 'Quilmar', 'AERO', 'ångström', 'oster port', 'ελληνικα'];

/** Names of suppliers with their key and sort name, written out, too. Those with the same key are one supplier. */
export const supplierNames: readonly (readonly [name: string, key: string, sortName: string])[] = [
  ['Magenta ApS', 'magenta aps', 'magenta aps'],
  ['MAGENTA, ApS', 'magenta aps', 'magenta aps'],
  ['Østfirma', 'oestfirma', 'ostfirma'],
  ['Oestfirma', 'oestfirma', 'oestfirma'],
  ['Santo Data', 's data', 'santo data'],
  ['S. Data', 's data', 's data'],
  ['Zeta', 'zeta', 'zeta'],
];
/** The codes that contracts give suppliers, by their name: one name has two, and one code two names. */
const supplierCodes: readonly (readonly (string | null)[])[] = [
  ['DK_CVR:1', null],
  [null],
  [null, 'XX_A:1', 'XX_A:2'],
  [null],
  [null],
  [null],
  ['DK_CVR:1', null],
];
const supplierName = (number: number): string => supplierNames[number % supplierNames.length]?.[0] ?? '';

/** By number and not at random: another value would change all those that are drawn after it. */
export const maintenances: readonly (string | null)[] = ['INTERNAL', null, 'CONTRACT', 'COMMUNITY'];

/** Licences with their families; an empty text is not a value. */
export const licences: readonly (readonly [licence: string | null, family: string | null])[] = [
  [null, null],
  ['', null],
  ['MIT', 'PERMISSIVE'],
  ['GPL-2.0-only OR MIT', 'PERMISSIVE'],
  ['EUPL-1.2', 'WEAK_COPYLEFT'],
  ['AGPL-3.0-or-later', 'STRONG_COPYLEFT'],
  ['Our own', 'OTHER'],
];
export const kinds = ['MUNICIPALITY', 'PROVINCE', 'STATE_BODY', 'OTHER'];
export const levels = ['LOCAL', 'REGIONAL', 'NATIONAL', 'OTHER'];
export const developmentStatuses = ['CONCEPT', 'BETA', 'STABLE', 'OBSOLETE'];
export const softwareTypes = ['STANDALONE_WEB', 'LIBRARY', 'ADDON'];
export const categories = ['meeting-management', 'it-security', 'hr', 'gis', 'Øl', "it's"];
export const populations = [0, 1, 5_000, 20_000, 20_001, 600_000, 2_147_483_646];
export const areas = ['DK', 'DK0', 'DK011', 'BE', 'BE2', 'BE25', 'BE255', 'IT', 'ITF', 'ITF3', 'ITF32', 'XR1'];

const past = ['1999-12-31', '2015-03-01', '2024-02-29', '2026-06-14'];
const now = [worldDay];
const future = ['2026-06-16', '2027-01-01', '2090-01-01'];

function spanOf(random: Random): Span {
  const start = random.chance(0.25) ? null : random.pick([...past, ...past, ...past, ...now, ...future]);
  const end = random.chance(0.7) ? null : random.pick([...past, ...now, ...future]);
  const ended = end === null ? random.pick([null, null, false, false, true]) : random.pick([true, null]);
  // It must have a day from which it counts, and if it has ended, a day until which it counts.
  const observedOn =
    start !== null && ended !== true && random.chance(0.3) ? null : random.pick([...past, ...past, ...now, ...future]);
  return { start, end, ended, observedOn };
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const idOf = (country: string, type: string, local: string | number): string =>
  `${country.toLowerCase()}:${type}:${local}`;

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
  };
}
