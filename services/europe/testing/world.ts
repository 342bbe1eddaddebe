import { type FakeCountry, startFakeCountry } from './fake-country.js';
import { contents } from './feed-contents.js';

/** A body as its country says it, with the name that lists are ordered by. */
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

/** From when until when something is said to be, and when that was seen. */
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

/** A record, as far as solutions are found and ordered by it. */
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
  readonly categories: readonly string[];
  readonly releaseDate: string | null;
}

export interface PortfolioEntry extends Span {
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

/** What all countries say together. */
export interface World {
  readonly organisations: readonly Organisation[];
  readonly memberships: readonly Membership[];
  readonly records: readonly WorldRecord[];
  readonly portfolio: readonly PortfolioEntry[];
  readonly adoptions: readonly Adoption[];
}

/** Draws from a row of numbers that is always the same. */
export interface Dice {
  /** A whole number from 0, below this. */
  readonly below: (limit: number) => number;
  readonly chance: (share: number) => boolean;
  readonly one: <Value>(values: readonly Value[]) => Value;
  readonly some: <Value>(values: readonly Value[], most: number) => Value[];
  readonly shuffled: <Value>(values: readonly Value[]) => Value[];
}

/** Dice that fall as their seed has it (mulberry32). */
export function createDice(seed: number): Dice {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  const one = <Value>(values: readonly Value[]): Value => values[below(values.length)] as Value;
  const shuffled = <Value>(values: readonly Value[]): Value[] => {
    const rest = [...values];
    return values.map(() => rest.splice(below(rest.length), 1)[0] as Value);
  };
  return {
    below,
    chance: (share) => next() < share,
    one,
    some: (values, most) => shuffled(values).slice(0, below(most + 1)),
    shuffled,
  };
}

/** The day on which the world is looked at; what begins or ends on it, or beside it, is what goes wrong. */
export const worldDay = '2026-06-15';
/** Countries with a feed; the last has none of its types in this graph. */
export const worldCountries = ['DK', 'BE', 'IT', 'FR'] as const;
/** A country that is followed by nobody: its bodies are only ids. */
export const unfollowedCountry = 'SE';

/** Names with what they are ordered by, written out so that nothing depends on how the index makes it. */
export const recordNames: readonly (readonly [name: string, sortName: string])[] = [
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
/** Words that are in some of these names and begin no others. */
export const searchableWords = ['zorvex', 'Quilmar', 'AERO', 'ångström', 'oster port', 'ελληνικα'];

/** Licences with their families; an empty text says nothing. */
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
export const areas = ['DK', 'DK0', 'DK011', 'BE', 'BE2', 'BE25', 'BE255', 'IT', 'ITF', 'ITF3', 'ITF32', 'FR1'];

const past = ['1999-12-31', '2015-03-01', '2024-02-29', '2026-06-14'];
const now = [worldDay];
const future = ['2026-06-16', '2027-01-01', '2090-01-01'];

function spanOf(dice: Dice): Span {
  const start = dice.chance(0.25) ? null : dice.one([...past, ...past, ...past, ...now, ...future]);
  const end = dice.chance(0.7) ? null : dice.one([...past, ...now, ...future]);
  const ended = end === null ? dice.one([null, null, false, false, true]) : dice.one([true, null]);
  // From some day on it must count, and until some day if it has ended.
  const observedOn =
    start !== null && ended !== true && dice.chance(0.3) ? null : dice.one([...past, ...past, ...now, ...future]);
  return { start, end, ended, observedOn };
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const idOf = (country: string, type: string, local: string | number): string =>
  `${country.toLowerCase()}:${type}:${local}`;

function makeOrganisations(dice: Dice): Organisation[] {
  return worldCountries.flatMap((country) =>
    (['administration', 'consortium'] as const).flatMap((type) =>
      numbers(type === 'administration' ? 30 : 5).map((number): Organisation => {
        // Every seventh name is borne in every country.
        const name = number % 7 === 0 ? `Samby ${number}` : `${country} by ${number}`;
        const sortName = name.toLowerCase();
        const end = dice.chance(0.85) ? null : dice.one([...past, ...now, ...future]);
        return {
          id: idOf(country, type, number),
          country,
          type,
          name,
          sortName,
          kind: dice.one(kinds),
          level: dice.one(levels),
          nuts: dice.chance(0.2) ? null : dice.one(areas.filter((area) => area.startsWith(country))),
          population: dice.chance(0.25) ? null : dice.one(populations),
          start: dice.chance(0.5) ? null : dice.one([...past, ...past, ...past, ...now, ...future]),
          end,
          ended: end === null && dice.chance(0.1) ? true : dice.one([null, false]),
        };
      }),
    ),
  );
}

const ofType = (bodies: readonly Organisation[], type: Organisation['type']): Organisation[] =>
  bodies.filter((body) => body.type === type);

const makeMemberships = (dice: Dice, bodies: readonly Organisation[]): Membership[] =>
  numbers(90).map((number) => {
    const consortium = dice.one(ofType(bodies, 'consortium'));
    const member = dice.one(ofType(bodies, 'administration'));
    return {
      id: idOf(dice.one([consortium, member]).country, 'membership', number),
      consortiumId: dice.chance(0.1) ? idOf(consortium.country, 'consortium', 'nobody') : consortium.id,
      memberId: member.id,
      role: dice.one(['FOUNDER', 'MEMBER', 'MEMBER', 'BOARD', 'OBSERVER', 'PARTNER']),
      ...spanOf(dice),
    };
  });

function makeRecords(dice: Dice, bodies: readonly Organisation[]): WorldRecord[] {
  const addresses = numbers(105).map((number) =>
    number % 10 === 0 ? `urn:dk:solution:s${number}` : `github.com/owner${number % 20}/solution${number}`,
  );
  const records = numbers(150).map((number): WorldRecord => {
    const country = dice.one(worldCountries);
    const own = bodies.filter((body) => body.country === country);
    const [name, sortName] = dice.one(recordNames);
    return {
      id: idOf(country, 'record', number),
      country,
      // The first of them stand at each address once.
      address: addresses[number] ?? dice.one(addresses),
      aliases: [],
      issued: `20${String(10 + dice.below(15))}-0${String(1 + dice.below(9))}-01T00:00:00.000Z`,
      observedOn: dice.chance(0.2) ? null : dice.one(past),
      publisherId: dice.one([
        null,
        dice.one(own).id,
        dice.one(own).id,
        dice.one(bodies).id,
        dice.one(['dk', 'be', 'se']) + ':administration:nobody',
      ]),
      kind: dice.one(['SOFTWARE', 'SOFTWARE', 'SERVICE']),
      name,
      sortName,
      licence: dice.one(licences)[0],
      developmentStatus: dice.one([null, ...developmentStatuses]),
      softwareType: dice.one([null, ...softwareTypes]),
      categories: dice.some(categories, 3),
      releaseDate: dice.one([null, '0001-01-01', '2019-05-05', '2024-02-29', worldDay, '2026-06-16', '9999-12-31']),
    };
  });
  return records.map((record, number) => {
    if (!dice.chance(0.3)) return record;
    const old = numbers(1 + dice.below(2)).map((index) => `codeberg.org/old/solution${number}-${index}`);
    // An address of the same country's that nobody else describes; each is taken once.
    const beside = records[(number + 1) % records.length];
    const isAlone = records.filter(({ address }) => address === beside?.address).length === 1;
    const taken = beside && isAlone && beside.country === record.country ? [beside.address] : [];
    return { ...record, aliases: dice.shuffled([...old, ...taken]) };
  });
}

const makePortfolio = (dice: Dice, bodies: readonly Organisation[], addresses: readonly string[]): PortfolioEntry[] =>
  numbers(140).map((number) => {
    const country = dice.one(worldCountries);
    const consortia = bodies.filter((body) => body.country === country && body.type === 'consortium');
    return {
      id: idOf(country, 'portfolio', number),
      consortiumId: dice.chance(0.05) ? idOf(country, 'consortium', 'nobody') : dice.one(consortia).id,
      address: dice.one(addresses),
      ...spanOf(dice),
    };
  });

function makeAdoptions(dice: Dice, bodies: readonly Organisation[], addresses: readonly string[]): Adoption[] {
  const administrations = ofType(bodies, 'administration');
  const busy = dice.shuffled(addresses).slice(0, 25);
  const userOf = (country: string): Pick<Adoption, 'userId' | 'group' | 'rawName'> => {
    const own = administrations.filter((body) => body.country === country);
    const is = { userId: null, group: null, rawName: null };
    switch (dice.below(20)) {
      case 0:
        return { ...is, group: 'Five towns' };
      case 1:
      case 2:
        return { ...is, rawName: `Comune di ${dice.one(administrations).name.toUpperCase()}` };
      case 3:
        return { ...is, rawName: dice.one(administrations).name };
      case 4:
        return { ...is, userId: idOf(dice.one(worldCountries), 'administration', 'nobody') };
      case 5:
        return { ...is, userId: idOf(unfollowedCountry, 'administration', dice.below(4)) };
      case 6:
      case 7:
      case 8:
      case 9:
        return { ...is, userId: dice.one(administrations).id, rawName: 'as written' };
      default:
        return { ...is, userId: dice.one(own).id };
    }
  };
  const stated = numbers(600).map((number): Adoption => {
    const country = dice.one(worldCountries);
    const status = dice.one(['IN_PRODUCTION', 'IN_PRODUCTION', 'PILOT', 'DECLARED', 'OTHER', 'ENDED']);
    const span = spanOf(dice);
    return {
      id: idOf(country, 'adoption', number),
      country,
      ...userOf(country),
      address: dice.one(dice.chance(0.6) ? busy : addresses),
      status,
      ...span,
      observedOn: status === 'ENDED' ? (span.observedOn ?? '2020-01-01') : span.observedOn,
    };
  });
  // What others say of a country's body it confirms or denies itself, now and then.
  const answers = stated.flatMap((use, number): Adoption[] => {
    const country = use.userId?.slice(0, 2).toUpperCase();
    const isAbroad = country !== use.country && worldCountries.some((code) => code === country);
    if (country === undefined || !isAbroad || !dice.chance(0.4)) return [];
    return [
      {
        ...use,
        ...spanOf(dice),
        id: idOf(country, 'adoption', `answer-${number}`),
        country,
        rawName: null,
        status: dice.one(['IN_PRODUCTION', 'ENDED']),
        observedOn: dice.one(past),
      },
    ];
  });
  return [...stated, ...answers];
}

/** A world of four countries that is the same for the same seed. */
export function makeWorld(seed: number): World {
  const dice = createDice(seed);
  const bodies = makeOrganisations(dice);
  const records = makeRecords(dice, bodies);
  const addresses = [
    ...new Set(records.flatMap(({ address, aliases }) => [address, address, ...aliases])),
    ...records.map(({ address }) => address),
    'gitlab.com/nobody/describes-it',
  ];
  return {
    organisations: bodies,
    memberships: makeMemberships(dice, bodies),
    records,
    portfolio: makePortfolio(dice, bodies, addresses),
    adoptions: makeAdoptions(dice, bodies, addresses),
  };
}

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

export function publishOrganisation(
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

export function publishAdoption(country: FakeCountry, use: Adoption): void {
  const { id, userId, address, group, rawName, status } = use;
  country.publish(
    'ADOPTION',
    contents.adoption(id, userId, address, { group, rawName, status, ...toPeriodContent(use) }),
  );
}

/** Countries that say all of a world, in no particular order. */
export async function startWorld(world: World, seed: number): Promise<Map<string, FakeCountry>> {
  const fakes = new Map<string, FakeCountry>();
  for (const code of worldCountries) fakes.set(code, await startFakeCountry(code));
  const to = (id: string): FakeCountry => {
    const country = fakes.get(id.slice(0, 2).toUpperCase());
    if (!country) throw new Error(`nobody says ${id}`);
    return country;
  };
  const { organisations: bodies, memberships, records, portfolio, adoptions } = world;
  const sayings: (() => void)[] = [
    ...bodies.map((body) => () => {
      publishOrganisation(to(body.id), body);
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
  ];
  for (const say of createDice(seed).shuffled(sayings)) say();
  return fakes;
}
