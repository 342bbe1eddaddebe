/**
 * One statement that returns the data of the subgraph's response to `pageQuery`: the minimum that this page can cost. It follows
 * the same rules: names in the organisation's own language first, memberships that count on the day, a page by keyset.
 *
 * Values: the sort name and the id after which the page begins, the day, the catalogue's languages.
 */
export const pageStatement = `
  SELECT format('{"data":{"italy":{"administrations":{"nodes":%s}}}}', to_json(ARRAY(
    SELECT to_json(node) FROM (
      SELECT page.id, ${nameSql('page', '$4::text[]')} AS name, ARRAY(
        SELECT to_json(membership) FROM (
          SELECT (
            SELECT to_json(consortium) FROM (
              SELECT c.id, ${nameSql('c', '$4::text[]')} AS name FROM organisation c
              WHERE c.id = m.consortium_id AND c.type = 'CONSORTIUM'
            ) consortium
          ) AS consortium
          FROM counted_membership m
          WHERE m.member_id = page.id AND m.counts_from <= $3 AND (m.counts_until IS NULL OR $3 < m.counts_until)
          ORDER BY m.consortium_id, m.id
        ) membership
      ) AS memberships
      FROM (
        SELECT id, names, official_languages FROM organisation
        WHERE type = 'ADMINISTRATION' AND (sort_name, id) > ($1, $2) AND exists_on(start_date, end_date, ended, $3::date)
        ORDER BY sort_name, id LIMIT 20
      ) page
    ) node
  ))) AS response`;

/** The operation that the subgraph and the gateway execute. */
export const pageQuery = `query ($after: String!) {
  italy { administrations(first: 20, after: $after) { nodes { id name memberships { consortium { id name } } } } }
}`;

/**
 * An organisation's name by the rule for names: `array_position` is null for the languages of neither list, and null sorts last.
 *
 * @param languages those of the catalogue, as an array.
 */
export function nameSql(organisation: string, languages: string): string {
  return `(
    SELECT entry.name ->> 'text' FROM jsonb_array_elements(${organisation}.names) WITH ORDINALITY AS entry (name, position)
    ORDER BY array_position(${organisation}.official_languages || ${languages}, entry.name ->> 'language'), entry.position LIMIT 1
  )`;
}
