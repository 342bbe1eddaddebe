import { parse } from 'csv-parse/sync';

import { readProjectFile } from '../../schema/files.js';
import { countries } from '../../schema/values/countries.js';
import { today } from '../../services/shared/dates.js';
import { filledCountries } from '../support/filled-countries.js';

/**
 * Counts what the officer's operations count, in the plainest way, from the tables of the countries. It shares no code with the
 * import and the SQL, and knows only what the tables contain: ids, addresses in their normalised spelling, no aliases.
 */

/** A row of a table; a column that the table does not have is undefined. */
type Row = Readonly<Record<string, string | undefined>>;

/** The folder of each country with data, by its code. */
export const folders: Readonly<Record<string, string>> = Object.fromEntries(
  countries.flatMap(({ code, folder }) =>
    filledCountries.some((filled) => filled === folder) ? [[code, folder]] : [],
  ),
);

/** The day on which the thirty questions were written, which they call today. */
export const writtenOn = '2026-11-29';
/** A day of the year in which the framework was written, for which most published figures are known. */
export const frameworkDay = '2017-08-07';

const kept = new Map<string, readonly Row[]>();

/** The rows of a table. */
export function table(folder: string, name: string): readonly Row[] {
  const path = `services/${folder}/data/${name}.csv`;
  const rows =
    kept.get(path) ?? (parse(readProjectFile(path), { columns: true, bom: true }) as readonly Record<string, string>[]);
  kept.set(path, rows);
  return rows;
}

const byId = (folder: string): Map<string, Row> =>
  new Map([...table(folder, 'administrations'), ...table(folder, 'consortia')].map((row) => [row['id'] ?? '', row]));
const organisations = new Map<string, Map<string, Row>>();
const organisation = (folder: string, id: string | undefined): Row | undefined => {
  const found = organisations.get(folder) ?? byId(folder);
  organisations.set(folder, found);
  return found.get(id ?? '');
};

const given = (value: string | undefined): string | null => (value === undefined || value === '' ? null : value);

/** Whether a period of some organisations counts on a day: from its start or its observation on, while they exist. */
function counts(row: Row, of: readonly (Row | undefined)[], day: string): boolean {
  const isOver = row['ended'] === 'true' || row['status'] === 'ENDED';
  const first = given(row['start']) ?? given(row['observed_on']);
  const last = given(row['end']) ?? (isOver ? (given(row['observed_on']) ?? '') : null);
  return first !== null && first <= day && (last === null || day < last) && of.every((one) => !one || exists(one, day));
}

const exists = ({ start, end, ended }: Row, day: string): boolean =>
  (given(start) ?? '') <= day && (given(end) === null ? ended !== 'true' : day < (end ?? ''));

/** The ids of the administrations of a kind, in an area, that exist on a day. */
export const administrationsOf = (folder: string, day: string, kind = 'MUNICIPALITY', nuts = ''): string[] =>
  table(folder, 'administrations')
    .filter((row) => row['kind'] === kind && (row['nuts'] ?? '').startsWith(nuts) && exists(row, day))
    .map((row) => row['id'] ?? '');

/** The memberships of a consortium that count on a day, of administrations of a kind and of all others. */
export const memberships = (folder: string, consortium: string, day: string): readonly Row[] =>
  table(folder, 'memberships').filter(
    (row) =>
      row['consortium'] === consortium &&
      counts(row, [organisation(folder, row['member']), organisation(folder, consortium)], day),
  );

/** The known members of a consortium on a day; of a kind, or any. Observers and partners are none. */
export const membersOf = (folder: string, consortium: string, day: string, kind?: string): readonly Row[] =>
  memberships(folder, consortium, day).filter(
    (row) =>
      ['FOUNDER', 'MEMBER', 'BOARD'].includes(row['role'] ?? '') &&
      (kind === undefined || organisation(folder, row['member'])?.['kind'] === kind),
  );

/** The addresses that are, or were, in the portfolio of a consortium. */
export const portfolioOf = (folder: string, consortium: string): ReadonlySet<string> =>
  new Set(
    table(folder, 'portfolio')
      .filter((row) => row['consortium'] === consortium)
      .map((row) => row['address'] ?? ''),
  );

interface Use {
  readonly user: string;
  readonly address: string;
}

/** The pairs of a user and a solution in use on a day: agreements and mere participation are no use. */
export function usesOn(folder: string, day: string): readonly Use[] {
  const pairs = new Map<string, Use>();
  for (const row of table(folder, 'adoptions')) {
    const [user, address] = [given(row['administration']), given(row['address'])];
    if (user === null || address === null || ['AGREEMENT', 'OTHER'].includes(row['status'] ?? '')) continue;
    if (counts(row, [organisation(folder, user)], day)) pairs.set(`${user} ${address}`, { user, address });
  }
  return [...pairs.values()];
}

/** The administrations that use at least one of these solutions, of a kind and in an area. */
export function usersOf(
  folder: string,
  day: string,
  among: { readonly kind?: string; readonly nuts?: string; readonly of?: (address: string) => boolean } = {},
): string[] {
  const { kind = 'MUNICIPALITY', nuts = '', of = () => true } = among;
  const users = new Set(
    usesOn(folder, day)
      .filter(({ address }) => of(address))
      .map(({ user }) => user),
  );
  return administrationsOf(folder, day, kind, nuts).filter((id) => users.has(id));
}

/** The list of users as the graph counts it: whether the others use a solution is not known. */
export const counted = (folder: string, users: readonly string[], day = today(), nuts = '') => ({
  totalCount: users.length,
  unknown: administrationsOf(folder, day, 'MUNICIPALITY', nuts).length - users.length,
});
