import type { Run } from './exclusive-transaction.js';

/** What a change of records has changed about which address leads to which solution. */
export interface IdentityChanges {
  /** Addresses that lead to another solution than before, to one for the first time, or to none any more. */
  readonly addresses: readonly string[];
  /** Solutions that gained or lost an address, or at one of whose addresses a record has changed. */
  readonly solutions: readonly string[];
}

/**
 * Recomputes which addresses are one solution, for these addresses and all that are connected with them.
 *
 * An alias belongs to the address whose owning record names it: see `Solution.addresses` in the contract for which record owns
 * an address, and which may object. Of several records that name it, the one with precedence gets it, so products that all name
 * one repository stay separate. Addresses connected by aliases are one solution, identified by the address asserted first.
 *
 * @param touched the addresses at which records were added, changed or removed, and the aliases that they name or named.
 */
export async function resolveIdentities(run: Run, touched: readonly string[]): Promise<IdentityChanges> {
  await deriveOwners(run, touched);
  const claimed = await run<{ address: string }>(
    `SELECT DISTINCT unnest(aliases) AS address FROM catalogue_record WHERE address = ANY ($1)`,
    [touched],
  );
  const concerned = [...new Set([...touched, ...claimed.map(({ address }) => address)])];
  await deriveAliases(run, concerned);
  const addresses = await findConnected(run, concerned);
  const solutionOf = assignSolutionIds(addresses);
  return writeSolutionAddresses(run, addresses, solutionOf);
}

/** Marks the owner of each address: the record of the publisher's own country, else the newest one. */
const deriveOwners = (run: Run, addresses: readonly string[]): Promise<unknown> =>
  run(
    `UPDATE catalogue_record SET owner = ranked.owner FROM (
      SELECT id, row_number() OVER (PARTITION BY address ORDER BY own DESC, observed_on DESC, id) = 1 AS owner
      FROM catalogue_record WHERE address = ANY ($1)
    ) ranked WHERE catalogue_record.id = ranked.id AND catalogue_record.owner <> ranked.owner`,
    [addresses],
  );

/** Determines for each of these addresses of which other address it is an alias. */
async function deriveAliases(run: Run, addresses: readonly string[]): Promise<void> {
  await run(`DELETE FROM alias WHERE address = ANY ($1)`, [addresses]);
  await run(
    `INSERT INTO alias (address, home)
    SELECT DISTINCT ON (requested.address) requested.address, home.address
    FROM unnest($1::text[]) AS requested (address)
    JOIN catalogue_record home ON home.aliases @> ARRAY[requested.address] AND home.aliases <> '{}' AND home.owner
    LEFT JOIN catalogue_record there ON there.address = requested.address AND there.owner
    -- Only the publisher's own country can state who publishes something: any country can name another one's publisher.
    WHERE there.id IS NULL OR there.country = home.country OR (home.own AND there.publisher_id = home.publisher_id)
      OR home.address = ANY (there.aliases)
    ORDER BY requested.address, home.own DESC, home.issued, home.address`,
    [addresses],
  );
}

/** An address, and what determines its solution. */
interface Address {
  readonly address: string;
  readonly home: string | null;
  /** When a record first named it as its own address or as an alias. Null if no record does any more. */
  readonly assertedAt: number | null;
  /** Its position among the aliases of the record that names it, oldest first; the record's own address comes last. */
  readonly rank: number;
  readonly solutionBefore: string | null;
}

/** These addresses, and those that were or now are one solution with them. */
const findConnected = (run: Run, addresses: readonly string[]): Promise<Address[]> =>
  run<Address>(
    `WITH RECURSIVE connected (address) AS (
      SELECT address FROM (
        SELECT unnest($1::text[]) AS address
        UNION SELECT related.address FROM solution_address JOIN solution_address related USING (solution_id)
        WHERE solution_address.address = ANY ($1)
      ) concerned
      UNION
      SELECT next.address FROM connected JOIN LATERAL (
        SELECT home AS address FROM alias WHERE alias.address = connected.address
        UNION ALL SELECT alias.address FROM alias WHERE alias.home = connected.address
      ) next ON true
    )
    SELECT connected.address, alias.home, extract(epoch FROM least(own.issued, claim.issued))::float AS "assertedAt",
      coalesce(CASE WHEN own.issued IS NULL OR claim.issued <= own.issued THEN claim.rank END, 1000)::int AS rank,
      solution_address.solution_id AS "solutionBefore"
    FROM connected
    LEFT JOIN alias USING (address)
    LEFT JOIN solution_address USING (address)
    LEFT JOIN LATERAL (SELECT min(issued) AS issued FROM catalogue_record WHERE catalogue_record.address = connected.address) own ON true
    LEFT JOIN LATERAL (
      SELECT issued, array_position(aliases, connected.address::text) AS rank FROM catalogue_record
      WHERE catalogue_record.address = alias.home AND catalogue_record.owner
    ) claim ON true`,
    [addresses],
  );

/** The solution of each address: connected addresses get as id the one that was asserted first. */
function assignSolutionIds(addresses: readonly Address[]): ReadonlyMap<string, string> {
  const asserted = addresses.filter(({ assertedAt }) => assertedAt !== null);
  const groups = new Map(asserted.map((one) => [one.address, [one]]));
  for (const { address, home } of asserted) {
    const [mine, theirs] = [groups.get(address), groups.get(home ?? '')];
    if (!mine || !theirs || mine === theirs) continue;
    const [small, large] = mine.length < theirs.length ? [mine, theirs] : [theirs, mine];
    large.push(...small);
    for (const member of small) groups.set(member.address, large);
  }
  const ids = new Map([...new Set(groups.values())].map((group) => [group, firstAsserted(group)]));
  return new Map([...groups].map(([address, group]) => [address, ids.get(group) ?? address]));
}

const firstAsserted = (group: readonly Address[]): string =>
  group.reduce((oldest, one) => (isAssertedBefore(one, oldest) ? one : oldest)).address;

function isAssertedBefore(one: Address, other: Address): boolean {
  const [mine, theirs] = [assertionKey(one), assertionKey(other)];
  const index = mine.findIndex((value, place) => value !== theirs[place]);
  return index >= 0 && (mine[index] ?? '') < (theirs[index] ?? '');
}

const assertionKey = ({ assertedAt, rank, address }: Address): readonly (string | number)[] => [
  assertedAt ?? 0,
  rank,
  address,
];

async function writeSolutionAddresses(
  run: Run,
  addresses: readonly Address[],
  solutionOf: ReadonlyMap<string, string>,
): Promise<IdentityChanges> {
  const moved = addresses.filter(({ address, solutionBefore }) => (solutionOf.get(address) ?? null) !== solutionBefore);
  const gone = moved.filter(({ address }) => !solutionOf.has(address)).map(({ address }) => address);
  const placed = moved.flatMap(({ address }) => {
    const solution = solutionOf.get(address);
    return solution === undefined ? [] : [{ address, solution }];
  });
  await run(`DELETE FROM solution_address WHERE address = ANY ($1)`, [gone]);
  await run(
    `INSERT INTO solution_address (address, solution_id) SELECT * FROM unnest($1::text[], $2::text[])
    ON CONFLICT (address) DO UPDATE SET solution_id = excluded.solution_id`,
    [placed.map(({ address }) => address), placed.map(({ solution }) => solution)],
  );
  await run(
    `UPDATE catalogue_record SET solution_id = solution_address.solution_id FROM solution_address
    WHERE catalogue_record.address = ANY ($1) AND solution_address.address = catalogue_record.address
      AND catalogue_record.solution_id IS DISTINCT FROM solution_address.solution_id`,
    [addresses.map(({ address }) => address)],
  );
  const solutions = addresses.flatMap(({ address, solutionBefore }) => [solutionBefore, solutionOf.get(address)]);
  return {
    addresses: moved.map(({ address }) => address),
    solutions: [...new Set(solutions.filter((solution) => typeof solution === 'string'))],
  };
}
