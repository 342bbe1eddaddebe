import type { Run } from './exclusive-transaction.js';

// Which country's catalogue named an address first decides who owns it. No country can be trusted to state that: Europe observes
// it. So claims are the one thing in the database that cannot be derived from the feeds, and a rebuild keeps them.

/** A claim that names another country as the publisher's is an agreement with what that country claims. */
const isHandedOver = (alias: string): string => `coalesce(${alias}.attributed_to <> ${alias}.country, false)`;

/**
 * Writes the claims of these records: their own addresses and aliases, from now on. Claims that existed before keep their moment,
 * and so do those of further records of the same country at the same address.
 *
 * - In the first reading of the countries with which the index began, a claim counts from the moment that its record states
 *   (`issued`, not in the future): so it does not matter whose feed is read first.
 * - A claim that names a publisher in another country agrees with the claim of that country, which then counts from the same
 *   moment. If the record names another publisher later, it is a new claim: an agreement cannot be taken back.
 *
 * @returns the addresses that these records claim now, and those that they claimed before.
 */
export async function writeClaims(run: Run, recordIds: readonly string[]): Promise<string[]> {
  const rows = await run<{ address: string }>(
    `WITH named AS MATERIALIZED (
      SELECT r.id, r.country, r.issued, upper(left(r.publisher_id, 2)) AS attributed_to,
        unnest(array_prepend(r.address::text, r.aliases)) AS address
      FROM catalogue_record r WHERE r.id = ANY ($1)
    ), written AS (
      INSERT INTO address_claim (address, record_id, country, attributed_to, since)
      SELECT named.address, named.id, country, named.attributed_to, CASE
        WHEN k.is_founding THEN least(named.issued, now())
        ELSE coalesce((
          SELECT min(c.since) FROM address_claim c
          WHERE c.address = named.address AND c.country = k.country AND NOT ${isHandedOver('c')}
        ), now()) END
      FROM named JOIN claiming_country k USING (country)
      ON CONFLICT (address, record_id) DO UPDATE SET attributed_to = excluded.attributed_to,
        since = CASE WHEN ${isHandedOver('address_claim')} THEN excluded.since ELSE address_claim.since END
      WHERE address_claim.attributed_to IS DISTINCT FROM excluded.attributed_to
    ), removed AS (
      DELETE FROM address_claim c WHERE c.record_id = ANY ($1)
        AND NOT EXISTS (SELECT FROM named WHERE named.id = c.record_id AND named.address = c.address)
    )
    SELECT address FROM named
    -- As they were before this statement.
    UNION SELECT address FROM address_claim WHERE record_id = ANY ($1)`,
    [recordIds],
  );
  return rows.map(({ address }) => address);
}

/** Lets the claims of publishers' own countries at these addresses count from the moment of the claims that agree with them. */
export const deriveAgreements = (run: Run, addresses: readonly string[]): Promise<unknown> =>
  run(
    `UPDATE address_claim own SET since = agreed.since FROM (
      SELECT address, attributed_to AS country, min(since) AS since FROM address_claim c
      WHERE address = ANY ($1) AND ${isHandedOver('c')} GROUP BY 1, 2
    ) agreed
    WHERE own.address = agreed.address AND own.country = agreed.country AND own.attributed_to = own.country
      AND own.since > agreed.since`,
    [addresses],
  );

/** The records of a country that claim an address but no longer exist: they were deleted while the index was rebuilt. */
export async function findClaimsWithoutRecord(run: Run, country: string): Promise<string[]> {
  const rows = await run<{ id: string }>(
    `SELECT DISTINCT record_id AS id FROM address_claim c
    WHERE country = $1 AND NOT EXISTS (SELECT FROM catalogue_record r WHERE r.id = c.record_id)`,
    [country],
  );
  return rows.map(({ id }) => id);
}

/** Observes the claims of these countries only. Those with which the index begins are founding, later ones are not. */
export async function followClaims(run: Run, countries: readonly string[]): Promise<void> {
  await run(`DELETE FROM claiming_country WHERE country <> ALL ($1)`, [countries]);
  await run(
    `INSERT INTO claiming_country (country, is_founding)
    SELECT followed.country, NOT EXISTS (SELECT FROM claiming_country) FROM unnest($1::text[]) AS followed (country)
    ON CONFLICT DO NOTHING`,
    [countries],
  );
}

/** Once a feed was read to its end, a new claim of its country is later than every claim that was observed before. */
export const endFounding = (run: Run, country: string): Promise<unknown> =>
  run(`UPDATE claiming_country SET is_founding = false WHERE country = $1 AND is_founding`, [country]);
