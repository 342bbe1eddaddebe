import type { MigrationInterface, QueryRunner } from 'typeorm';

import type { LocalisedText } from '../../shared/languages.js';
import { toSearchText } from '../../shared/name-search.js';
import { normalise } from '../../shared/normalise.js';
import type { PubliccodeRecord } from '../publiccode/record.js';

/** The texts of a row: it is sorted by the first of `names` that has its sort name, and searched by all of `searched`. */
interface Texts {
  readonly names: readonly string[];
  readonly searched: readonly (string | null)[];
}

interface StoredColumns {
  readonly id: string;
  readonly sortName: string;
  readonly searchText: string;
}

interface OrganisationRow extends StoredColumns {
  readonly names: readonly LocalisedText[];
  readonly alternativeNames: readonly LocalisedText[];
  readonly officialLanguages: readonly string[];
}

interface RecordRow extends StoredColumns {
  readonly content: PubliccodeRecord;
}

const batchSize = 5_000;
const maxSortNameLength = 300;

/**
 * Computes by what organisations and records are searched and sorted by the present normalisation. It changes no statement of a
 * catalogue, so neither revisions nor the change feed advance.
 */
export class RenewSearchTexts1764900000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.renew(runner, 'organisation', async (after) => {
      const columns = 'names, alternative_names AS "alternativeNames", official_languages AS "officialLanguages"';
      const rows = await this.read<OrganisationRow>(runner, 'organisation', columns, after);
      return rows.map(({ names, alternativeNames, officialLanguages, ...row }) => ({
        ...row,
        names: [
          ...officialLanguages.flatMap((language) => names.filter((name) => name.language === language)),
          ...names,
        ].map(({ text }) => text),
        searched: [...names, ...alternativeNames].map(({ text }) => text),
      }));
    });
    await this.renew(runner, 'catalogue_record', async (after) => {
      const rows = await this.read<RecordRow>(runner, 'catalogue_record', 'content', after);
      return rows.map(({ content: { name, description }, ...row }) => ({
        ...row,
        names: [name],
        searched: [
          name,
          ...description.flatMap(({ localisedName, shortDescription }) => [localisedName, shortDescription]),
        ],
      }));
    });
  }

  /** What is computed serves an earlier release too. */
  down(): Promise<void> {
    return Promise.resolve();
  }

  private read<Row extends StoredColumns>(
    runner: QueryRunner,
    table: string,
    columns: string,
    after: string,
  ): Promise<Row[]> {
    return runner.query(
      `SELECT id, sort_name AS "sortName", search_text AS "searchText", ${columns} FROM ${table}
      WHERE id > $1 ORDER BY id LIMIT ${batchSize}`,
      [after],
    ) as Promise<Row[]>;
  }

  private async renew(
    runner: QueryRunner,
    table: string,
    readAfter: (id: string) => Promise<readonly (StoredColumns & Texts)[]>,
  ): Promise<void> {
    await runner.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
    for (let after: string | undefined = ''; after !== undefined;) {
      const rows = await readAfter(after);
      const changed = rows
        .map((row) => ({ row, now: renewed(row) }))
        .filter(({ row, now }) => row.sortName !== now.sortName || row.searchText !== now.searchText);
      await runner.query(
        `UPDATE ${table} SET sort_name = changed.sort_name, search_text = changed.search_text
        FROM unnest($1::text[], $2::text[], $3::text[]) AS changed (id, sort_name, search_text)
        WHERE ${table}.id = changed.id`,
        [
          changed.map(({ row }) => row.id),
          changed.map(({ now }) => now.sortName),
          changed.map(({ now }) => now.searchText),
        ],
      );
      after = rows.length < batchSize ? undefined : rows.at(-1)?.id;
    }
    await runner.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
  }
}

/** The sort name remains that of the name by which the row was sorted, unless it is written otherwise now. */
function renewed({
  id,
  sortName,
  names,
  searched,
}: StoredColumns & Texts): Pick<StoredColumns, 'sortName' | 'searchText'> {
  const sortNames = names.map((name) => normalise(name).slice(0, maxSortNameLength));
  return {
    sortName: sortNames.includes(sortName) ? sortName : (sortNames[0] ?? normalise(id)),
    searchText: toSearchText(searched.filter((text) => text !== null)),
  };
}
