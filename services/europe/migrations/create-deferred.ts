import type { QueryRunner } from 'typeorm';

/** Indexes that a first reading does not read: building one at its end takes a tenth of the time of adding each row to it. */
const deferredIndexes = [
  ...['adoption_by_solution', 'adoption_by_user', 'adoption_by_start', 'adoption_by_end'],
  ...['solution_by_name', 'solution_by_newest', 'solution_by_oldest'],
  ...['solution_by_most_adopters', 'solution_by_fewest_adopters'],
  ...['solution_by_most_countries', 'solution_by_fewest_countries'],
  ...['solution_by_publisher_ids', 'solution_by_maintainer_ids', 'solution_by_used_in'],
  ...['organisation_by_name', 'organisation_by_population', 'organisation_search', 'organisation_by_code'],
  'organisation_without_use',
  ...['search_word_by_end', 'search_word_by_middle', 'organisation_word_by_end', 'organisation_word_by_middle'],
  'slot_by_solution',
];

const events = ['insert', 'update', 'delete'] as const;

/**
 * Triggers that leave everything out during a first reading, but for which PostgreSQL would copy each row; and those that keep sums, which
 * are counted once at its end.
 */
const deferredTriggers = [
  ...['note_adoption_insert', 'note_catalogue_record_insert', 'note_solution_insert', 'note_solution_update'],
  'count_words_insert',
  ...events.flatMap((event) => [`count_facets_${event}`, `count_organisation_words_${event}`]),
];

const list = (names: readonly string[]): string => `'{${names.join(',')}}'::text[]`;

/**
 * Functions that drop these indexes and triggers, and create them again: as the owner of the tables, because the index is written
 * with the role of the service. While they are missing, `deferred_definition` has their definitions.
 */
export async function createDeferred(runner: QueryRunner): Promise<void> {
  await runner.query(`CREATE TABLE deferred_definition (relation text NOT NULL, definition text NOT NULL)`);
  await runner.query(`
    CREATE FUNCTION drop_deferred() RETURNS void LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    DECLARE found record;
    BEGIN
      FOR found IN
        SELECT i.indrelid::regclass::text AS relation, pg_get_indexdef(i.indexrelid) AS definition,
          format('DROP INDEX public.%I', c.relname) AS removal
        FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
        WHERE c.relnamespace = 'public'::regnamespace AND c.relname = ANY (${list(deferredIndexes)})
        UNION ALL SELECT t.tgrelid::regclass::text, pg_get_triggerdef(t.oid), format('DROP TRIGGER %I ON public.%I', t.tgname, c.relname)
        FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        WHERE c.relnamespace = 'public'::regnamespace AND t.tgname = ANY (${list(deferredTriggers)})
      LOOP
        INSERT INTO public.deferred_definition VALUES (found.relation, found.definition);
        EXECUTE found.removal;
      END LOOP;
    END $$`);
  await runner.query(`
    CREATE FUNCTION create_deferred(relations text[]) RETURNS void LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET maintenance_work_mem = '256MB' AS $$
    DECLARE created text;
    BEGIN
      FOR created IN DELETE FROM public.deferred_definition WHERE relation = ANY (relations) RETURNING definition
      LOOP EXECUTE created; END LOOP;
    END $$`);
}

/** Drops what `createDeferred` creates. */
export async function dropDeferred(runner: QueryRunner): Promise<void> {
  await runner.query(`DROP TABLE IF EXISTS deferred_definition`);
  await runner.query(`DROP FUNCTION IF EXISTS drop_deferred, create_deferred`);
}
