import type { EntityManager } from 'typeorm';

import type { Day } from '../../../shared/dates.js';
import { groupBy } from '../../../kit/graphql/loaders.js';
import { createNameMatcher } from '../../name-matching/match-name.js';
import type { NameCandidate } from '../../name-matching/name-candidate.js';

/** A stored record, and the publiccode.yml file that it was read from. */
export interface StoredRecord {
  readonly id: string;
  readonly address: string;
  /** publiccode.yml has no field for aliases, so a record keeps those it has. */
  readonly aliases: readonly string[];
  /** It has none for the whole of which a solution is a part either. */
  readonly partOf: string | null;
  /** Nor for codes. */
  readonly codes: readonly string[];
  readonly name: string;
  readonly publisherId: string | null;
  readonly publisherName: string | null;
  /** Whether an import of publiccode.yml files wrote it last. */
  readonly isFromFile: boolean;
  readonly file: string | null;
  readonly list: string | null;
}

/** A stored adoption. */
export interface StoredAdoption {
  readonly id: string;
  readonly address: string;
  readonly administrationId: string | null;
  readonly rawName: string | null;
  readonly isFromFile: boolean;
  /** Whether it has not ended by the day on which what disappeared ends. */
  readonly isCurrent: boolean;
}

/** The stored rows that an import needs. */
export interface StoredCatalogue {
  readonly records: readonly StoredRecord[];
  /** By address, and by alias if no record has it as its address. */
  readonly recordOf: ReadonlyMap<string, StoredRecord>;
  readonly adoptionsOf: ReadonlyMap<string, readonly StoredAdoption[]>;
  readonly organisationOf: ReadonlyMap<string, string>;
  readonly match: ReturnType<typeof createNameMatcher>;
}

const isFromFile = `EXISTS (SELECT FROM imported_row i JOIN import_run r ON r.id = i.run
  WHERE i.id = t.id AND r.kind = 'PUBLICCODE') AS "isFromFile"`;

export async function loadCatalogue(manager: EntityManager, on: Day): Promise<StoredCatalogue> {
  const records: StoredRecord[] = await manager.query(
    `SELECT id, address, aliases, part_of AS "partOf", t.codes, content ->> 'name' AS name, publisher_id AS "publisherId",
      publisher_name AS "publisherName", file, list, ${isFromFile}
    FROM catalogue_record t LEFT JOIN imported_row USING (id) ORDER BY id DESC`,
  );
  const codes: { id: string; code: string }[] = await manager.query(
    `SELECT organisation_id AS id, scheme || ':' || notation AS code FROM identifier`,
  );
  const adoptions: StoredAdoption[] = await manager.query(
    `SELECT id, address, administration_id AS "administrationId", raw_name AS "rawName", ${isFromFile},
      exists_on(NULL, end_date, ended, $1::date) AND status <> 'ENDED' AS "isCurrent"
    FROM adoption t ORDER BY id`,
    [on],
  );
  const candidates: NameCandidate[] = await manager.query(
    `SELECT id, kind, ARRAY(SELECT jsonb_array_elements(names || alternative_names) ->> 'text') AS names,
      ARRAY(SELECT jsonb_each_text.value FROM jsonb_each_text(national)) AS areas
    FROM organisation WHERE type = 'ADMINISTRATION' AND end_date IS NULL AND ended IS NOT TRUE`,
  );
  const byAlias = records.flatMap((record) => record.aliases.map((alias) => [alias, record] as const));
  return {
    records,
    recordOf: new Map([...byAlias, ...records.map((record) => [record.address, record] as const)]),
    adoptionsOf: groupBy(adoptions, ({ address }) => address),
    organisationOf: new Map(codes.map(({ id, code }) => [code, id])),
    match: remember(createNameMatcher(candidates)),
  };
}

/** Solutions of one country have the same users. */
function remember<Result>(compute: (name: string) => Result): (name: string) => Result {
  const results = new Map<string, Result>();
  return (name) => {
    const known = results.get(name);
    if (known !== undefined) return known;
    const result = compute(name);
    results.set(name, result);
    return result;
  };
}
