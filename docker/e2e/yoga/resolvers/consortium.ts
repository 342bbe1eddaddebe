import { claimedOn, coverageOf, isCounted, membersOn } from '../counts.js';
import { type PageArguments, pageOf } from '../pages.js';
import { findBody, type Store } from '../store.js';
import { plain, sortName, textIn } from '../texts.js';
import { dayFor, holds, pointsBetween, today } from '../time.js';
import type { Claim, Consortium, Day, Membership } from '../types.js';
import { type AsOf, bodyResolvers, type InLanguage } from './bodies.js';

interface MemberArguments extends AsOf, PageArguments {
  readonly kind?: string | null;
  readonly role?: string | null;
}

export const consortiumResolvers = (store: Store) => ({
  ...bodyResolvers(store),
  openTo: ({ openTo, officialLanguages }: Consortium) => openTo && { ...openTo, officialLanguages },
  members: (consortium: Consortium, { asOf, kind, role, ...page }: MemberArguments) => {
    const day = dayFor(consortium, asOf);
    const isWanted = (one: Membership): boolean =>
      one.consortiumId === consortium.id &&
      isCounted(store, one, day) &&
      (role == null || one.role === role) &&
      (kind == null || store.find('ADMINISTRATION', one.memberId)?.kind === kind);
    return pageOf(
      {
        scope: `${consortium.id} members`,
        rows: store.all('MEMBERSHIP').filter(isWanted),
        keyOf: ({ memberId, id }) => {
          const member = findBody(store, memberId);
          return [member ? sortName(member) : memberId, id];
        },
      },
      page,
    );
  },
  coverage: (consortium: Consortium, { asOf, kind }: AsOf & { readonly kind?: string | null }) =>
    coverageOf(store, consortium, kind ?? 'MUNICIPALITY', dayFor(consortium, asOf)),
  growth: ({ id }: Consortium, { from, to, interval }: GrowthArguments) => {
    const claims = claimsBy(store, id, today());
    return pointsBetween(from, to, interval ?? 'YEAR').map((asOf, index, points) => ({
      asOf,
      knownMembers: membersOn(store, id, asOf).length,
      claims: claims.filter((claim) => isSince(claimedOn(claim), points[index - 1], asOf)),
    }));
  },
  claims: ({ id }: Consortium, { asOf }: AsOf) => claimsBy(store, id, asOf ?? today()),
  portfolio: (consortium: Consortium, { asOf, past }: AsOf & { readonly past?: boolean | null }) => {
    const day = dayFor(consortium, asOf);
    const entries = store.all('PORTFOLIO').filter(({ consortiumId, during, provenance }) => {
      const start = during.start ?? provenance.observedOn;
      const hasLeft = !holds({ ...during, start: null }, day);
      return consortiumId === consortium.id && (start === null || start <= day) && (past === true || !hasLeft);
    });
    return entries.sort((one, other) => (one.solutionAddress < other.solutionAddress ? -1 : 1));
  },
  records: ({ id }: Consortium, page: PageArguments) =>
    pageOf(
      {
        scope: `${id} records`,
        rows: store.all('RECORD').filter(({ publisherId }) => publisherId === id),
        keyOf: (record) => [plain(record.name), record.id],
      },
      page,
    ),
});

interface GrowthArguments {
  readonly from: Day;
  readonly to: Day;
  readonly interval?: string | null;
}

/** Since the point before; on the first point, of that day alone. */
const isSince = (claimed: Day | null, before: Day | undefined, day: Day): boolean =>
  claimed !== null && claimed <= day && (before === undefined ? claimed === day : claimed > before);

/** What was published by a day, the latest first. */
const claimsBy = (store: Store, consortiumId: string, day: Day): Claim[] =>
  store
    .all('CLAIM')
    .filter((claim) => claim.consortiumId === consortiumId && (claim.publishedOn ?? claim.asOf ?? day) <= day)
    .sort(latestFirst);

export const latestFirst = (one: Claim, other: Claim): number => {
  const [claimed, otherClaimed] = [claimedOn(one) ?? '', claimedOn(other) ?? ''];
  if (claimed !== otherClaimed) return claimed < otherClaimed ? 1 : -1;
  return one.id < other.id ? -1 : 1;
};

type OpenTo = NonNullable<Consortium['openTo']> & Pick<Consortium, 'officialLanguages'>;

export const eligibilityResolvers = {
  description: ({ descriptions, officialLanguages }: OpenTo, { language }: InLanguage) =>
    textIn(descriptions, language, officialLanguages),
};
