import { keyArray, keysSql } from '../../kit/database/sql-parameters.js';
import { type Concept, topicScheme } from '../crosswalk/crosswalk.js';
import type { Relation } from '../crosswalk/relations.js';
import type { Query } from '../index-database.js';
import type { StatedMapping } from '../need-rows.js';

interface MappingColumns {
  readonly fromScheme: string;
  readonly fromNotation: string;
  readonly toScheme: string;
  readonly toNotation: string;
  readonly relation: Relation;
  readonly origin: StatedMapping['origin'];
  readonly country: string | null;
  readonly provenance: StatedMapping['provenance'];
}

/** Reads what relates codes and topics to one another. */
export const createCrosswalkRepository = (query: Query) => ({
  /** All mappings of the paths of at most two steps from these concepts: see `findMatches`. */
  findMappings: async (concepts: readonly Concept[]): Promise<StatedMapping[]> => {
    const rows = await query<MappingColumns>(statement, [
      concepts.map(({ scheme }) => scheme),
      concepts.map(({ notation }) => notation),
    ]);
    return rows.map(({ fromScheme, fromNotation, toScheme, toNotation, ...mapping }) => ({
      ...mapping,
      from: { scheme: fromScheme, notation: fromNotation },
      to: { scheme: toScheme, notation: toNotation },
    }));
  },
});

const columns = `"fromScheme", "fromNotation", "toScheme", "toNotation", relation, origin, country, provenance`;

/** Whether the country that lists a code, or any such country, maps it to a topic: then no one else's mapping holds. */
const isMappedByCountry = (code: string): string => `EXISTS (
  SELECT FROM code_mapping own JOIN code listed USING (country, scheme, notation)
  WHERE own.scheme = ${code}.scheme AND own.notation = ${code}.notation AND own.to_scheme = '${topicScheme}')`;

/** The mappings of a concept `at (scheme, notation)`, in both directions; of codes only what precedes. */
const mappingsOfConcept = `
  SELECT m.scheme AS "fromScheme", m.notation AS "fromNotation", m.to_scheme AS "toScheme", m.to_notation AS "toNotation", m.relation,
    'COUNTRY' AS origin, m.country, m.content -> 'provenance' AS provenance
  FROM code_mapping m
  WHERE ((m.scheme = at.scheme AND m.notation = at.notation) OR (m.to_scheme = at.scheme AND m.to_notation = at.notation))
    -- A country maps its own codes.
    AND EXISTS (SELECT FROM code c WHERE c.country = m.country AND c.scheme = m.scheme AND c.notation = m.notation)
  UNION ALL
  SELECT c.scheme, c.notation, c.scheme, c.broader, 'BROADER', 'COUNTRY', c.country, c.content -> 'provenance'
  FROM code c WHERE c.scheme = at.scheme AND c.broader IS NOT NULL AND (c.notation = at.notation OR c.broader = at.notation)
  UNION ALL
  SELECT e.scheme, e.notation, '${topicScheme}', e.topic, e.relation, 'EUROPE', NULL, e.provenance
  FROM europe_mapping e
  WHERE ((e.scheme = at.scheme AND e.notation = at.notation) OR (at.scheme = '${topicScheme}' AND e.topic = at.notation))
    AND EXISTS (SELECT FROM code c WHERE c.scheme = e.scheme AND c.notation = e.notation)
    AND NOT ${isMappedByCountry('e')}
  UNION ALL
  SELECT c.scheme, c.notation, '${topicScheme}', split_part(found, ':', 2), split_part(found, ':', 1), 'TEXT', c.country, NULL
  FROM code c CROSS JOIN unnest(c.text_topics) AS found
  WHERE ((c.scheme = at.scheme AND c.notation = at.notation) OR (at.scheme = '${topicScheme}'
      AND c.text_topics && ARRAY['CLOSE:' || at.notation, 'RELATED:' || at.notation] AND split_part(found, ':', 2) = at.notation))
    AND NOT ${isMappedByCountry('c')}
    AND NOT EXISTS (SELECT FROM europe_mapping e WHERE e.scheme = c.scheme AND e.notation = c.notation)`;

// Nothing follows from RELATED, so such mappings are of the first step only.
const statement = `
  WITH first AS MATERIALIZED (
    SELECT found.* FROM unnest(${keysSql}, ${keyArray('$2')}) AS at (scheme, notation) CROSS JOIN LATERAL (${mappingsOfConcept}) found
  ), reached AS MATERIALIZED (
    SELECT "fromScheme" AS scheme, "fromNotation" AS notation FROM first WHERE relation <> 'RELATED'
    UNION SELECT "toScheme", "toNotation" FROM first WHERE relation <> 'RELATED'
  ), second AS (
    SELECT found.* FROM (
      SELECT * FROM reached EXCEPT SELECT * FROM unnest(${keysSql}, ${keyArray('$2')})
    ) AS at CROSS JOIN LATERAL (${mappingsOfConcept}) found WHERE found.relation <> 'RELATED'
  )
  SELECT ${columns} FROM first UNION SELECT ${columns} FROM second`;
