import { readCode, readId, schemes } from '../codes.js';
import { administrationCount, completeness } from '../counts.js';
import { type PageArguments, pageOf } from '../pages.js';
import { quoted, refuse } from '../refuse.js';
import { find, readSearch } from '../search.js';
import { findBody, type Store } from '../store.js';
import { languages, plain, sortName, textIn } from '../texts.js';
import { holds, today } from '../time.js';
import type { Administration, CatalogueRecord, Code, Consortium, Day, Organisation } from '../types.js';
import { type AdministrationFilter, isWanted } from './administration-filter.js';
import { type AsOf, type InLanguage, populationOn } from './bodies.js';
import { changesOf } from './changes.js';

const titles = [
  { language: 'da', text: 'Danmarks katalog over delte offentlige it-løsninger' },
  { language: 'en', text: 'Denmark’s catalogue of shared public IT solutions' },
];

interface Listed extends AsOf, PageArguments {
  readonly search?: string | null;
}

interface ListedAdministrations extends Listed {
  readonly filter?: AdministrationFilter | null;
  readonly orderBy?: { readonly field: string; readonly direction?: string | null } | null;
}

export const catalogueResolvers = (store: Store) => ({
  country: () => 'DK',
  title: (_catalogue: unknown, { language }: InLanguage) => textIn(titles, language),
  languages: () => languages,
  identifierSchemes: () => schemes,
  completeSince: () => completeness,
  administrationCount: (
    _catalogue: unknown,
    { kind, nuts, asOf }: AsOf & { readonly kind: string; readonly nuts?: string | null },
  ) => administrationCount(store, kind, readNuts(nuts) ?? 'DK', asOf ?? today()),
  administrations: (_catalogue: unknown, { search, filter, asOf, orderBy, ...page }: ListedAdministrations) => {
    const day = asOf ?? today();
    if (filter?.memberOf != null) readId(filter.memberOf);
    readNuts(filter?.nuts);
    const { ranks, words } = existing(store.all('ADMINISTRATION'), search, day);
    const order = readOrder(orderBy, words);
    const rows = [...ranks.keys()].filter((body) => isWanted(store, body, filter ?? {}, day));
    const keyOf = (body: Administration) => [...orderKey(order, body, ranks, day), sortName(body), body.id];
    const scope = `dk administrations ${order.field} ${order.direction} ${order.field === 'RELEVANCE' ? words : ''}`;
    return pageOf({ scope, rows, keyOf, descending: order.field === 'NAME' && order.direction === 'DESC' }, page);
  },
  consortia: (_catalogue: unknown, { search, asOf, ...page }: Listed) => {
    const { ranks, words } = existing(store.all('CONSORTIUM'), search, asOf ?? today());
    const keyOf = (body: Consortium) => [ranks.get(body) ?? 0, sortName(body), body.id];
    return pageOf({ scope: `dk consortia ${words}`, rows: [...ranks.keys()], keyOf }, page);
  },
  organisation: (_catalogue: unknown, { id }: { readonly id: string }) => findBody(store, readId(id)),
  administration: (_catalogue: unknown, { identifier, asOf }: AsOf & { readonly identifier: Code }) =>
    byCode(store, readCode(identifier), asOf ?? null),
  records: (_catalogue: unknown, { search, ...page }: Omit<Listed, 'asOf'>) => {
    const words = readSearch(search);
    const rows = store.all('RECORD');
    const ranks = words === null ? new Map(rows.map((row) => [row, 0])) : find(rows, words, textsOf);
    const keyOf = (record: CatalogueRecord) => [ranks.get(record) ?? 0, plain(record.name), record.id];
    return pageOf({ scope: `dk records ${plain(words ?? '')}`, rows: [...ranks.keys()], keyOf }, page);
  },
  record: (_catalogue: unknown, { id }: { readonly id: string }) => store.find('RECORD', id),
  changes: (_catalogue: unknown, args: Parameters<typeof changesOf>[1]) => changesOf(store, args),
});

/** The bodies that existed on a day, and are found where something is searched for. */
function existing<Row extends Organisation>(all: readonly Row[], search: string | null | undefined, day: Day) {
  const searched = readSearch(search);
  const rows = all.filter(({ existed }) => holds(existed, day));
  const ranks = searched === null ? new Map(rows.map((row) => [row, 0])) : find(rows, searched, namesOf);
  return { ranks, words: plain(searched ?? '') };
}

const namesOf = ({ names, alternativeNames, codes }: Organisation) => ({
  names: [...names, ...alternativeNames].map(({ text }) => text),
  codes: codes.map(({ notation }) => notation.toLowerCase()),
});

const textsOf = ({ name, texts }: CatalogueRecord) => ({
  names: [
    name,
    ...texts.flatMap(({ localisedName, shortDescription }) => [localisedName ?? '', shortDescription ?? '']),
  ],
  codes: [],
});

/** The administration that holds a code on a day; without a day, that holds it today, else held it last. */
export function byCode(store: Store, { scheme, notation }: Code, asOf: Day | null): Administration | null {
  const held = store
    .all('ADMINISTRATION')
    .flatMap((body) =>
      body.codes
        .filter((code) => code.scheme === scheme && code.notation === notation)
        .map(({ during }) => ({ body, periods: [body.existed, during] })),
    );
  const heldOn = (day: Day) => held.find(({ periods }) => periods.every((period) => holds(period, day)))?.body ?? null;
  if (asOf !== null) return heldOn(asOf);
  const until = ({ existed: { end } }: Administration): string => end ?? '9999';
  const [last] = held.map(({ body }) => body).sort((one, other) => (until(one) > until(other) ? -1 : 1));
  return heldOn(today()) ?? last ?? null;
}

interface Order {
  readonly field: string;
  readonly direction: string;
}

function readOrder(orderBy: ListedAdministrations['orderBy'], words: string): Order {
  if (orderBy == null) return { field: words === '' ? 'NAME' : 'RELEVANCE', direction: 'ASC' };
  if (orderBy.field === 'RELEVANCE' && words === '') {
    throw refuse('INVALID_ARGUMENT', 'Order by RELEVANCE needs `search`; without it there is NAME and POPULATION.');
  }
  return { field: orderBy.field, direction: orderBy.direction ?? (orderBy.field === 'POPULATION' ? 'DESC' : 'ASC') };
}

/** What comes before the name: how well it was found, or how many live there, the unknown last in either direction. */
function orderKey(
  { field, direction }: Order,
  body: Administration,
  ranks: ReadonlyMap<Administration, number>,
  day: Day,
): number[] {
  if (field === 'RELEVANCE') return [ranks.get(body) ?? 0];
  if (field === 'NAME') return [];
  const count = populationOn(body, day)?.count;
  if (count === undefined) return [Number.MAX_SAFE_INTEGER];
  return [direction === 'DESC' ? -count : count];
}

function readNuts(nuts: string | null | undefined): string | null {
  if (nuts == null || /^[A-Z]{2}[0-9A-Z]{0,3}$/.test(nuts)) return nuts ?? null;
  throw refuse('INVALID_ARGUMENT', `\`nuts\` is ${quoted(nuts)}; it must be a code such as "BE3" or "DK011".`);
}
