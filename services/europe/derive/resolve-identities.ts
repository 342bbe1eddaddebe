import { deriveAgreements } from './address-claims.js';
import type { Run } from './exclusive-transaction.js';

/** What a change of records has changed about which address leads to which solution. */
export interface IdentityChanges {
  /** Addresses of which statements are about another solution than before. That of an address without a record is its own. */
  readonly addresses: readonly string[];
  /** The ids of the solutions under which these statements were. */
  readonly solutionsBefore: readonly string[];
  /** Solutions that gained or lost an address, or at one of whose addresses a record has changed. */
  readonly solutions: readonly string[];
}

/**
 * Recomputes which addresses are one solution, for these addresses and all that are connected with them.
 *
 * An address belongs to the country whose catalogue named it first: see `Solution.addresses` in the contract. It is an alias of the
 * address whose owning record names it, if that is of the same country, or if the owner of the alias agrees. Of several such
 * records, the one with precedence gets it, so products that all name one repository stay separate. Addresses connected by
 * aliases are one solution, identified by the address asserted first. A record of another country that names an address of its
 * own publisher there is a dispute, and describes no solution.
 *
 * @param touched the addresses at which records were added, changed or removed, and the aliases that they name or named.
 */
export async function resolveIdentities(run: Run, touched: readonly string[]): Promise<IdentityChanges> {
  if (touched.length === 0) return { addresses: [], solutionsBefore: [], solutions: [] };
  await deriveAgreements(run, touched);
  await deriveOwners(run, touched);
  const claimed = await run<{ address: string }>(
    `SELECT DISTINCT unnest(aliases) AS address FROM catalogue_record WHERE address = ANY ($1)`,
    [touched],
  );
  const concerned = [...new Set([...touched, ...claimed.map(({ address }) => address)])];
  await deriveAliases(run, concerned);
  await deriveDisputes(run, concerned);
  const addresses = await findConnected(run, concerned);
  const solutionOf = assignSolutionIds(addresses);
  return writeSolutionAddresses(run, addresses, solutionOf);
}

/**
 * Of records that the index did not have before: lets those be solutions that no other record has to do with, because no other one
 * claims their address and they claim no other. In a first reading these are nearly all. Returns their addresses.
 */
export async function addSeparateSolutions(run: Run, recordIds: readonly string[]): Promise<string[]> {
  const rows = await run<{ address: string }>(
    `WITH separate AS (
      SELECT r.address FROM catalogue_record r WHERE r.id = ANY ($1) AND r.aliases = '{}'
        AND NOT EXISTS (SELECT FROM address_claim c WHERE c.address = r.address AND c.record_id <> r.id)
    ), added AS (
      INSERT INTO solution_address (address, solution_id) SELECT address, address FROM separate
    )
    SELECT address FROM separate`,
    [recordIds],
  );
  return rows.map(({ address }) => address);
}

/** Marks the owning record of each address: of those of the owning country, one that names its publisher, else the oldest. */
const deriveOwners = (run: Run, addresses: readonly string[]): Promise<unknown> =>
  run(
    `UPDATE catalogue_record SET owner = ranked.owner FROM (
      SELECT r.id, o.country = r.country AND row_number() OVER (
          PARTITION BY r.address, r.country ORDER BY r.own DESC, c.since, r.id
        ) = 1 AS owner
      FROM catalogue_record r JOIN address_owner o ON o.address = r.address AND o.address = ANY ($1)
      JOIN address_claim c ON c.address = r.address AND c.record_id = r.id
      WHERE r.address = ANY ($1)
    ) ranked WHERE catalogue_record.id = ranked.id AND catalogue_record.owner <> ranked.owner`,
    [addresses],
  );

/** Determines for each of these addresses of which other address it is an alias. */
async function deriveAliases(run: Run, addresses: readonly string[]): Promise<void> {
  await run(`DELETE FROM alias WHERE address = ANY ($1)`, [addresses]);
  await run(
    `INSERT INTO alias (address, home)
    SELECT DISTINCT ON (named.address) named.address, home.address
    -- The records that name one of them, by their claims: comparing every alias with every address takes longer the more there are.
    FROM (
      SELECT c.address, c.record_id FROM address_claim c JOIN catalogue_record r ON r.id = c.record_id
      WHERE c.address = ANY ($1) AND r.address <> c.address OFFSET 0
    ) named
    JOIN catalogue_record home ON home.id = named.record_id AND home.owner AND named.address = ANY (home.aliases)
    JOIN address_owner o ON o.address = named.address AND o.address = ANY ($1)
    LEFT JOIN catalogue_record there ON there.address = named.address AND there.owner
    WHERE o.country = home.country OR home.address = ANY (there.aliases)
    ORDER BY named.address, o.country = home.country DESC, home.own DESC, home.issued, home.address`,
    [addresses],
  );
}

/** Determines which records name these addresses without the agreement of the owning country. */
async function deriveDisputes(run: Run, addresses: readonly string[]): Promise<void> {
  await run(
    `WITH current AS (
      SELECT c.address, c.record_id, c.country, o.country AS owner_country
      FROM address_claim c JOIN address_owner o ON o.address = c.address AND o.address = ANY ($1) JOIN catalogue_record r ON r.id = c.record_id
      WHERE c.address = ANY ($1) AND c.country <> o.country AND CASE
        -- Without a publisher, or with one in another country, it is a further description of the solution.
        WHEN r.address = c.address THEN r.own
        ELSE r.owner
          AND NOT EXISTS (SELECT FROM alias WHERE alias.address = c.address AND alias.home = r.address)
          AND NOT EXISTS (
            SELECT FROM catalogue_record there
            WHERE there.address = c.address AND there.owner AND r.address = ANY (there.aliases))
        END
    ), settled AS (
      DELETE FROM dispute d WHERE d.address = ANY ($1) AND NOT EXISTS (
        SELECT FROM current WHERE current.address = d.address AND current.record_id = d.record_id)
    )
    INSERT INTO dispute SELECT * FROM current
    ON CONFLICT (address, record_id) DO UPDATE SET owner_country = excluded.owner_country
    WHERE dispute.owner_country <> excluded.owner_country`,
    [addresses],
  );
}

/** Whether a record disputes its own address: then it describes no solution. */
const isDisputing = (record: string): string =>
  `EXISTS (SELECT FROM dispute WHERE dispute.record_id = ${record}.id AND dispute.address = ${record}.address)`;

/** An address, and what determines its solution. */
interface Address {
  readonly address: string;
  readonly home: string | null;
  /** When the record that owns it, or that names it as an alias, was listed. Null if no record does any more. */
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
    SELECT connected.address, alias.home, extract(epoch FROM coalesce(least(own.issued, claim.issued), own.described))::float AS "assertedAt",
      coalesce(CASE WHEN own.issued IS NULL OR claim.issued <= own.issued THEN claim.rank END, 1000)::int AS rank,
      solution_address.solution_id AS "solutionBefore"
    FROM connected
    LEFT JOIN alias USING (address)
    LEFT JOIN solution_address USING (address)
    LEFT JOIN LATERAL (
      SELECT min(r.issued) FILTER (WHERE r.owner) AS issued, min(r.issued) FILTER (WHERE NOT ${isDisputing('r')}) AS described
      FROM catalogue_record r WHERE r.address = connected.address
    ) own ON true
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
  if (gone.length > 0) await run(`DELETE FROM solution_address WHERE address = ANY ($1)`, [gone]);
  await run(
    `INSERT INTO solution_address (address, solution_id) SELECT * FROM unnest($1::text[], $2::text[])
    ON CONFLICT (address) DO UPDATE SET solution_id = excluded.solution_id`,
    [placed.map(({ address }) => address), placed.map(({ solution }) => solution)],
  );
  await run(
    `UPDATE catalogue_record SET solution_id = current.solution_id FROM (
      SELECT r.id, CASE WHEN NOT ${isDisputing('r')} THEN a.solution_id END AS solution_id
      FROM catalogue_record r LEFT JOIN solution_address a ON a.address = r.address WHERE r.address = ANY ($1)
    ) current
    WHERE catalogue_record.id = current.id AND catalogue_record.solution_id IS DISTINCT FROM current.solution_id`,
    [addresses.map(({ address }) => address)],
  );
  const solutions = addresses.flatMap(({ address, solutionBefore }) => [solutionBefore, solutionOf.get(address)]);
  const renamed = moved.filter(
    ({ address, solutionBefore }) => (solutionOf.get(address) ?? address) !== (solutionBefore ?? address),
  );
  return {
    addresses: renamed.map(({ address }) => address),
    solutionsBefore: [...new Set(renamed.map(({ address, solutionBefore }) => solutionBefore ?? address))],
    solutions: [...new Set(solutions.filter((solution) => typeof solution === 'string'))],
  };
}
