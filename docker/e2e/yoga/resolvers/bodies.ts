import { uriOf } from '../codes.js';
import { isCounted } from '../counts.js';
import { type PageArguments, pageOf } from '../pages.js';
import { findBody, type Store } from '../store.js';
import { nameOf, sortName, textIn } from '../texts.js';
import { countsOn, dayFor, holds } from '../time.js';
import type { Administration, Day, Membership, Organisation } from '../types.js';

export interface AsOf {
  readonly asOf?: Day | null;
}
export interface InLanguage {
  readonly language?: string | null;
}

/** What administrations and consortia have in common. */
export const bodyResolvers = (store: Store) => ({
  name: (body: Organisation, { language }: InLanguage) => nameOf(body, language),
  country: () => 'DK',
  identifiers: (body: Organisation, { asOf }: AsOf) =>
    body.codes.filter(({ during }) => holds(during, dayFor(body, asOf))).map((code) => ({ ...code, uri: uriOf(code) })),
  memberships: (body: Organisation, { asOf }: AsOf) =>
    store.all('MEMBERSHIP').filter((one) => one.memberId === body.id && isCounted(store, one, dayFor(body, asOf))),
  cvr: (body: Organisation) => codeOf(body, 'DK_CVR'),
});

/** The code that a body holds in a register, or held on its last day. */
const codeOf = (body: Organisation, scheme: string): string | null =>
  body.codes.find((code) => code.scheme === scheme && holds(code.during, dayFor(body, null)))?.notation ?? null;

export const administrationResolvers = (store: Store) => ({
  ...bodyResolvers(store),
  kommunekode: (body: Administration) => codeOf(body, 'DK_KOMMUNE'),
  kindDetail: ({ kindDetails, officialLanguages }: Administration, { language }: InLanguage) =>
    textIn(kindDetails, language, officialLanguages),
  population: (body: Administration, { asOf }: AsOf) => populationOn(body, dayFor(body, asOf)),
  predecessors: ({ predecessorIds }: Administration) =>
    byName(predecessorIds.flatMap((id) => store.find('ADMINISTRATION', id) ?? [])),
  successors: ({ id }: Administration) =>
    byName(store.all('ADMINISTRATION').filter(({ predecessorIds }) => predecessorIds.includes(id))),
  adoptions: (body: Administration, { asOf, ...page }: AsOf & PageArguments) =>
    pageOf(
      {
        scope: `${body.id} adoptions`,
        rows: store
          .all('ADOPTION')
          .filter((one) => one.administrationId === body.id && countsOn(one, [body.existed], dayFor(body, asOf))),
        keyOf: ({ solutionAddress, id }) => [solutionAddress, id],
      },
      page,
    ),
});

/** The latest figure of a day or before, else an undated one. */
export function populationOn({ populations }: Administration, day: Day) {
  const dated = populations.filter(({ on }) => on !== null && on <= day);
  const [latest] = [...dated].sort((one, other) => ((one.on ?? '') < (other.on ?? '') ? 1 : -1));
  return latest ?? populations.find(({ on }) => on === null) ?? null;
}

const byName = (bodies: readonly Administration[]): Administration[] =>
  [...bodies].sort((one, other) => (sortName(one) < sortName(other) ? -1 : 1));

export const membershipResolvers = (store: Store) => ({
  member: ({ memberId }: Membership) => findBody(store, memberId),
  consortium: ({ consortiumId }: Membership) => store.find('CONSORTIUM', consortiumId),
});
