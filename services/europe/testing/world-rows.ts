import type { Random } from '../../kit/testing/random.js';

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

/** Today in the tests; what begins or ends on this day or next to it is most likely to go wrong. */
export const worldDay = '2026-06-15';
/** Countries with a feed; the last one does not exist, and has no types in this graph. */
export const worldCountries = ['DK', 'BE', 'IT', 'XR'] as const;
/** A country without a feed: its organisations are only known as ids. */
export const unfollowedCountry = 'XS';

/** Names with their sort names, written out so that they do not depend on the code of the index. */
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
export const supplierCodes: readonly (readonly (string | null)[])[] = [
  ['DK_CVR:1', null],
  [null],
  [null, 'XX_A:1', 'XX_A:2'],
  [null],
  [null],
  [null],
  ['DK_CVR:1', null],
];
export const supplierName = (number: number): string => supplierNames[number % supplierNames.length]?.[0] ?? '';

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

export const past = ['1999-12-31', '2015-03-01', '2024-02-29', '2026-06-14'];
export const now = [worldDay];
export const future = ['2026-06-16', '2027-01-01', '2090-01-01'];

export function spanOf(random: Random): Span {
  const start = random.chance(0.25) ? null : random.pick([...past, ...past, ...past, ...now, ...future]);
  const end = random.chance(0.7) ? null : random.pick([...past, ...now, ...future]);
  const ended = end === null ? random.pick([null, null, false, false, true]) : random.pick([true, null]);
  // It must have a day from which it counts, and if it has ended, a day until which it counts.
  const observedOn =
    start !== null && ended !== true && random.chance(0.3) ? null : random.pick([...past, ...past, ...now, ...future]);
  return { start, end, ended, observedOn };
}

export const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
export const idOf = (country: string, type: string, local: string | number): string =>
  `${country.toLowerCase()}:${type}:${local}`;
