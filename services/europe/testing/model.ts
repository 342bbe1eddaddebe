import type { AdministrationFilter, SolutionFilter, SupplierFilter } from '../generated/resolver-types.js';
import { byPrecedence, groupAddresses, isOwn, ownerOf } from './model-owners.js';
import { byKey, countryOf, counts, distinct, exists, isFollowed, isWithin } from './model-rules.js';
import { facetsOf, inOrder, isUndecided, isWanted, type ModelSolution, type Order } from './model-solutions.js';
import { isListed, suppliersOf } from './model-suppliers.js';
import { type Adoption, licences, type Membership, type Organisation, type Span } from './world-rows.js';
import type { World } from './world.js';

/**
 * Computes in the plainest way what the index computes in SQL, from the words of the contract: it shares no code with the index, so
 * both have the same error only by chance.
 */

/** Creates the model of a world on a day. */
export function createModel(world: World, day: string) {
  const organisations = new Map(world.organisations.map((organisation) => [organisation.id, organisation]));
  const owners = distinct(world.records.map(({ address }) => address)).flatMap(
    (address) => ownerOf(world.records.filter((record) => record.address === address)) ?? [],
  );
  const groups = groupAddresses(owners);
  // A record that names its own publisher at an address of another country describes nothing.
  const describing = world.records.filter(
    (record) =>
      !isOwn(record) || owners.some(({ address, country }) => address === record.address && country === record.country),
  );
  const idAt = new Map(groups.flatMap(({ id, addresses }) => addresses.map((address) => [address, id] as const)));
  const solutionAt = (address: string): string => idAt.get(address) ?? address;

  /** The user of an adoption: the one that it names; else the only organisation abroad with that name. */
  const userOf = ({ userId, rawName, country }: Adoption): string | null => {
    if (userId !== null) return userId;
    const written = rawName?.toLowerCase();
    const found = world.organisations.filter(
      ({ type, kind, sortName, end, ended }) =>
        type === 'administration' &&
        kind === 'MUNICIPALITY' &&
        end === null &&
        ended !== true &&
        `comune di ${sortName}` === written,
    );
    return found.length === 1 && found[0]?.country !== country ? (found[0]?.id ?? null) : null;
  };
  const uses = world.adoptions.flatMap((use) => {
    const user = userOf(use);
    const isKnown = user !== null && (organisations.has(user) || !isFollowed(countryOf(user)));
    return isKnown ? [{ use, user, solution: solutionAt(use.address) }] : [];
  });
  const isUse = ({ use, user }: (typeof uses)[number], onDay = day): boolean =>
    !['AGREEMENT', 'OTHER'].includes(use.status) &&
    counts(use, use.status === 'ENDED', [organisations.get(user)], onDay);
  const ownUses = uses.filter(({ use, user }) => use.country === countryOf(user));
  const foreignUses = uses.filter(
    ({ use, user, solution }) =>
      use.country !== countryOf(user) && !ownUses.some((own) => own.user === user && own.solution === solution),
  );
  const usersOf = (id: string, onDay = day): ModelSolution['users'] =>
    distinct(ownUses.filter((one) => one.solution === id && isUse(one, onDay)).map(({ user }) => user)).map((user) => ({
      id: user,
      country: countryOf(user),
      organisation: organisations.get(user),
    }));
  const usedBy = ({ id }: Organisation): string[] =>
    ownUses.filter((one) => one.user === id && isUse(one)).map(({ solution }) => solution);
  const portfolioOf = (consortium: string): string[] =>
    world.portfolio.filter(({ consortiumId }) => consortiumId === consortium).map(({ address }) => solutionAt(address));
  const isKept = ({ start, end, ended, observedOn }: Span): boolean =>
    (start ?? observedOn ?? day) <= day &&
    (end !== null ? day < end : ended !== true || (observedOn !== null && day < observedOn));

  const solutions = groups.map(({ id, addresses }): ModelSolution => {
    const records = byPrecedence(
      describing.filter(({ address }) => addresses.includes(address)),
      owners,
    );
    const [first] = records;
    if (!first) throw new Error(`${id} has no record`);
    const named = records.find(({ name }) => name !== '') ?? first;
    const given = (
      field: 'licence' | 'developmentStatus' | 'softwareType' | 'maintenance' | 'releaseDate',
    ): string | null =>
      records.find((record) => isGiven(record[field]) && !(field === 'releaseDate' && (record[field] ?? '') > day))?.[
        field
      ] ?? null;
    const publishers = distinct(
      records.flatMap((record) =>
        isOwn(record) && organisations.has(record.publisherId ?? '') ? [record.publisherId ?? ''] : [],
      ),
    );
    return {
      id,
      address: first.address,
      addresses,
      sortName: named.sortName,
      kind: first.kind,
      licence: given('licence'),
      maintenance: given('maintenance'),
      licenceFamily: licences.find(([licence]) => licence === given('licence'))?.[1] ?? null,
      developmentStatus: given('developmentStatus'),
      softwareType:
        records.find(({ kind, softwareType }) => kind === first.kind && softwareType !== null)?.softwareType ?? null,
      categories: records.find((record) => record.categories.length > 0)?.categories ?? [],
      releaseDate: given('releaseDate'),
      publishers,
      publishedIn: distinct(publishers.length > 0 ? publishers.map(countryOf) : records.map(({ country }) => country)),
      maintainers: distinct(
        world.portfolio
          .filter((kept) => {
            const consortium = organisations.get(kept.consortiumId);
            return solutionAt(kept.address) === id && isKept(kept) && consortium && exists(consortium, day);
          })
          .map(({ consortiumId }) => consortiumId),
      ),
      users: usersOf(id),
      names: records.map((record) => record.sortName),
    };
  });
  const countsAsMember = (membership: Membership): boolean =>
    ['FOUNDER', 'MEMBER', 'BOARD'].includes(membership.role) &&
    counts(
      membership,
      false,
      [organisations.get(membership.memberId), organisations.get(membership.consortiumId)],
      day,
    );
  const memberOf = ({ id, country }: Organisation): string[] =>
    world.memberships
      .filter((one) => one.memberId === id && organisations.has(one.consortiumId) && countsAsMember(one))
      .filter(
        (one) =>
          countryOf(one.consortiumId) === country ||
          world.memberships.some(
            (other) =>
              other.memberId === id &&
              other.consortiumId === one.consortiumId &&
              countryOf(other.id) !== countryOf(one.id) &&
              countsAsMember(other),
          ),
      )
      .map(({ consortiumId }) => consortiumId);

  return {
    solutions: (filter: SolutionFilter, order: Order, words: string | null) => {
      const searched = solutions.filter(({ names }) => words === null || names.some((name) => hasWords(name, words)));
      const onDay = (solution: ModelSolution): ModelSolution =>
        filter.usedOn == null ? solution : { ...solution, users: usersOf(solution.id, filter.usedOn) };
      const found = searched.filter((solution) => isWanted(onDay(solution), filter));
      const unknown = searched.filter((solution) => isUndecided(onDay(solution), filter)).length;
      return { found: inOrder(found, order), facets: facetsOf(found), unknown };
    },
    administrations: (filter: AdministrationFilter, order: Order, countries: readonly string[] | null) => {
      const found = world.organisations.filter((organisation) => {
        const { kind, level, nuts, population, memberOf: consortium, memberOfNone, uses: address } = filter;
        const { usesAny, usesFrom, minConsortia } = filter;
        return (
          organisation.type === 'administration' &&
          exists(organisation, day) &&
          (countries === null || countries.includes(organisation.country)) &&
          (kind == null || organisation.kind === kind) &&
          (level == null || organisation.level === level) &&
          (nuts == null ||
            (organisation.nuts === null ? organisation.country === nuts : organisation.nuts.startsWith(nuts))) &&
          (population == null || isWithin(organisation.population, population.min, population.max)) &&
          (consortium == null || memberOf(organisation).includes(consortium)) &&
          (address == null || usersOf(solutionAt(address)).some(({ id }) => id === organisation.id)) &&
          (minConsortia == null || distinct(memberOf(organisation)).length >= minConsortia) &&
          (usesAny == null || usesAny === usedBy(organisation).length > 0) &&
          (usesFrom == null || usedBy(organisation).some((id) => portfolioOf(usesFrom).includes(id))) &&
          (memberOfNone == null || memberOfNone === (memberOf(organisation).length === 0))
        );
      });
      const byName = byKey(found, ({ sortName, id }) => [sortName, id]);
      if (order.field === 'NAME') return order.direction === 'DESC' ? byName.reverse() : byName;
      const sign = order.direction === 'ASC' ? 1 : -1;
      const known = byName.filter(({ population }) => population !== null);
      known.sort((one, other) => sign * ((one.population ?? 0) - (other.population ?? 0)));
      return [...known, ...byName.filter(({ population }) => population === null)];
    },
    consortia: (countries: readonly string[] | null) =>
      byKey(
        world.organisations.filter(
          (organisation) =>
            organisation.type === 'consortium' &&
            exists(organisation, day) &&
            (countries === null || countries.includes(organisation.country)),
        ),
        ({ sortName, id }) => [sortName, id],
      ),
    suppliers: (filter: SupplierFilter) =>
      suppliersOf(world).filter((supplier) => isListed(supplier, filter, solutionAt)),
    /** How many organisations of each country use a solution; also one that no record describes. */
    reuse: (id: string) => countUsers(usersOf(id)),
    /** The same of what only another country states. */
    unconfirmedReuse: (id: string) => {
      const stated = foreignUses.filter((one) => one.solution === id && isUse(one));
      const asserting = distinct(stated.map(({ use }) => use.country));
      const rows = asserting.flatMap((assertedBy) => {
        const users = distinct(stated.filter(({ use }) => use.country === assertedBy).map(({ user }) => user));
        return countUsers(users.map((user) => ({ country: countryOf(user) }))).map((row) => ({ ...row, assertedBy }));
      });
      return byKey(rows, ({ adopters, country, assertedBy }) => [-adopters, country, assertedBy]);
    },
    /** Every pair of a user and a solution that it uses, as a text that begins with the country. */
    pairsInUse: (): string[] =>
      distinct(
        ownUses.filter((one) => isUse(one)).map(({ user, solution }) => `${countryOf(user)} ${user} ${solution}`),
      ),
    reuseMatrix: () => {
      const cells = new Map<string, { publishedIn: string; usedIn: string; adoptions: number; solutions: number }>();
      for (const solution of solutions)
        for (const publishedIn of solution.publishedIn)
          for (const { country, adopters } of countUsers(solution.users)) {
            const key = `${publishedIn} ${country}`;
            const cell = cells.get(key) ?? { publishedIn, usedIn: country, adoptions: 0, solutions: 0 };
            cells.set(key, { ...cell, adoptions: cell.adoptions + adopters, solutions: cell.solutions + 1 });
          }
      return byKey([...cells.values()], ({ adoptions, publishedIn, usedIn: used }) => [-adoptions, publishedIn, used]);
    },
    /** The id of the solution at an address. Null if no record names it. */
    solutionAt: (address: string): string | null => idAt.get(address) ?? null,
  };
}

export type Model = ReturnType<typeof createModel>;

const countUsers = (users: readonly { readonly country: string }[]): { country: string; adopters: number }[] =>
  byKey(
    distinct(users.map(({ country }) => country)).map((country) => ({
      country,
      adopters: users.filter((user) => user.country === country).length,
    })),
    ({ country, adopters }) => [-adopters, country],
  );

const isGiven = (value: string | null): boolean => value !== null && value !== '';

const hasWords = (name: string, words: string): boolean =>
  words.split(' ').every((word) => ` ${name}`.includes(` ${word}`));
