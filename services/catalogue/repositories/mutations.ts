import type { EntitySchema } from 'typeorm';

import type { Query } from '../../kit/database/database.js';
import { adoption, fee, identifier, membership, needHolder, portfolioEntry } from '../model/entities.js';
import { getColumns, toJsonRecords, selectRow } from '../model/row-sql.js';
import type {
  AdoptionRow,
  AuditRow,
  FeeRow,
  IdentifierRow,
  MembershipRow,
  OrganisationParent,
  OrganisationRow,
  PortfolioRow,
  RecordColumns,
} from '../model/rows.js';
import type { CodeMappingRow, CodeRow, NeedHolderRow } from '../model/need-rows.js';
import { organisations, type AuditedTable } from './audited-tables.js';
import { auditColumns } from './audit.js';
import { createWebhookWrites } from './webhooks.js';
import { adoptionEnded, heldSpan, isDated, canOverlap, overlap, statedSpan } from './validity-spans.js';

/** The response to a mutation, saved under its idempotency key, with a digest of the request. */
export interface IdempotentResponse {
  readonly requestDigest: string;
  readonly response: unknown;
}

/** An entry of the audit trail, as it is written. */
export type NewAuditEntry = Omit<AuditRow, 'id' | 'at'> & { readonly concerns: readonly string[] };

/** An idempotency key belongs to the editor who chose it; the same key of another editor is a different key. */
export interface IdempotencyKey {
  readonly issuer: string;
  readonly subject: string;
  readonly idempotencyKey: string;
}

const getTableName = <Row extends object>(entity: EntitySchema<Row>): string => entity.options.name;
const getColumnNames = <Row extends object>(entity: EntitySchema<Row>): string[] =>
  getColumns(entity).map(([, column]) => column);

/** Finds a row that has the same values in these columns and counts on a day on which this one would. */
async function findOverlap<Row extends object>(
  query: Query,
  entity: EntitySchema<Row>,
  columns: readonly string[],
  row: Row,
  hasEnded?: (alias: string) => string,
): Promise<Row | null> {
  const spanOf = (alias: string) => statedSpan(alias, hasEnded?.(alias));
  const table = getTableName(entity);
  const [found] = await query<Row>(
    `SELECT ${selectRow(entity, 'r')}
    FROM ${table} r, jsonb_populate_recordset(NULL::${table}, $1::jsonb) given
    WHERE ${columns.map((column) => `r.${column} = given.${column}`).join(' AND ')} AND r.id <> given.id
      AND ${overlap(spanOf('r'), spanOf('given'))}
    LIMIT 1`,
    [toJsonRecords(entity, [row])],
  );
  return found ?? null;
}

/** Reads and writes within an editor's transaction. No other transaction changes the rows that it reads until it ends. */
export const createMutationRepository = (query: Query) => ({
  ...createWebhookWrites(query),

  /** Waits for a running import and blocks the next one, so that neither undoes the changes of the other. */
  waitForImports: () => query(`SELECT pg_advisory_xact_lock_shared(hashtext('reuse-graph import'))`),

  /** Transactions that lock the same name run one at a time. */
  lock: (names: readonly string[]) =>
    query(`SELECT pg_advisory_xact_lock(hashtextextended(name, 0)) FROM unnest($1::text[]) AS named (name)`, [
      // In one order, so that no two wait for one another.
      [...new Set(names)].sort(),
    ]),

  findResponse: async ({ issuer, subject, idempotencyKey }: IdempotencyKey) => {
    const [found] = await query<IdempotentResponse>(
      `SELECT question AS "requestDigest", answer AS response FROM given_answer WHERE issuer = $1 AND editor = $2 AND idempotency_key = $3`,
      [issuer, subject, idempotencyKey],
    );
    return found ?? null;
  },

  saveResponse: (
    { issuer, subject, idempotencyKey }: IdempotencyKey,
    { requestDigest, response }: IdempotentResponse,
  ) =>
    query(`INSERT INTO given_answer (issuer, editor, idempotency_key, question, answer) VALUES ($1, $2, $3, $4, $5)`, [
      issuer,
      subject,
      idempotencyKey,
      requestDigest,
      JSON.stringify(response),
    ]),

  /** Organisations that a new row refers to: they are locked against changes. */
  findOrganisations: (ids: readonly string[]) =>
    query<OrganisationParent>(
      `SELECT ${organisations.columns} FROM organisation r WHERE r.id = ANY ($1) ORDER BY r.id FOR SHARE`,
      [ids],
    ),

  /** Rows that the transaction is going to change. */
  findForChange: <Row extends { readonly id: string }, Parent extends Row>(
    { entity, columns }: AuditedTable<Row, Parent>,
    ids: readonly string[],
  ) =>
    query<Parent>(
      `SELECT ${columns} FROM ${getTableName(entity)} r WHERE r.id = ANY ($1) ORDER BY r.id FOR NO KEY UPDATE`,
      [ids],
    ),

  /** Returns the inserted rows: those whose id did not exist. */
  insert: <Row extends { readonly id: string }, Parent extends Row>(
    { entity, columns }: AuditedTable<Row, Parent>,
    rows: readonly Row[],
  ) => {
    const [table, names] = [getTableName(entity), getColumnNames(entity).join(', ')];
    return query<Parent>(
      `INSERT INTO ${table} AS r (${names}) SELECT ${names} FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb)
      ON CONFLICT (id) DO NOTHING RETURNING ${columns}`,
      [toJsonRecords(entity, rows)],
    );
  },

  update: <Row extends { readonly id: string }, Parent extends Row>(
    { entity, columns }: AuditedTable<Row, Parent>,
    rows: readonly Row[],
  ) => {
    const table = getTableName(entity);
    const set = getColumnNames(entity).map((name) => `${name} = written.${name}`);
    return query<Parent>(
      `UPDATE ${table} r SET ${set.join(', ')} FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb) written
      WHERE r.id = written.id RETURNING ${columns}`,
      [toJsonRecords(entity, rows)],
    );
  },

  remove: <Row extends { readonly id: string }, Parent extends Row>(
    { entity }: AuditedTable<Row, Parent>,
    ids: readonly string[],
  ) => query(`DELETE FROM ${getTableName(entity)} WHERE id = ANY ($1)`, [ids]),

  /** Inserts rows that belong to an organisation: its codes and predecessors. */
  addTo: <Row extends object>(entity: EntitySchema<Row>, rows: readonly Row[]) => {
    const [table, names] = [getTableName(entity), getColumnNames(entity).join(', ')];
    return query(
      `INSERT INTO ${table} (${names}) SELECT ${names} FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb)`,
      [toJsonRecords(entity, rows)],
    );
  },

  /** The fees of terms. */
  findFees: (termsId: string) =>
    query<FeeRow>(`SELECT ${selectRow(fee, 'f')} FROM fee f WHERE f.terms_id = $1 ORDER BY f.id`, [termsId]),

  removeFees: (termsId: string) => query(`DELETE FROM fee WHERE terms_id = $1`, [termsId]),

  /** A membership of the same two that counts on a day on which this one would. */
  findOverlap: (row: MembershipRow) => findOverlap(query, membership, ['consortium_id', 'member_id'], row),

  /** A place of the same solution in the same portfolio, alike. */
  findOtherPortfolioEntry: (row: PortfolioRow) => findOverlap(query, portfolioEntry, ['consortium_id', 'address'], row),

  /** An adoption of the same user, solution and status, alike. */
  findOtherAdoption: (row: AdoptionRow) =>
    findOverlap(query, adoption, ['administration_id', 'address', 'status'], row, adoptionEnded),

  /** A statement about the same holder, need and state, alike. */
  findOtherNeedHolder: (row: NeedHolderRow) =>
    row.holderId === null && row.holdersKind === null
      ? null
      : findOverlap(
          query,
          needHolder,
          ['need_id', ...(row.holderId === null ? ['holders_kind', 'holders_nuts'] : ['holder_id']), 'state'],
          row,
        ),

  /** Whether the catalogue has a need, which is locked against removal. */
  findNeed: async (id: string) => (await query(`SELECT FROM need n WHERE n.id = $1 FOR KEY SHARE`, [id])).length > 0,

  /** The id of one of a need's holders. */
  findAnyHolder: async (needId: string) => {
    const [found] = await query<{ readonly id: string }>(`SELECT id FROM need_holder WHERE need_id = $1 LIMIT 1`, [
      needId,
    ]);
    return found?.id ?? null;
  },

  /** Whether the catalogue has a code list, which is locked against removal. */
  findScheme: async (scheme: string) =>
    (await query(`SELECT FROM code_list l WHERE l.scheme = $1 FOR KEY SHARE`, [scheme])).length > 0,

  /** These codes of a list, and all that are broader, whatever cycles they have. */
  findBroaderCodes: (scheme: string, notations: readonly string[]) =>
    query<Pick<CodeRow, 'notation' | 'broader'>>(
      `WITH RECURSIVE found (notation, broader) AS (
        SELECT notation, broader FROM code WHERE scheme = $1 AND notation = ANY ($2)
        UNION SELECT c.notation, c.broader FROM found f JOIN code c ON c.scheme = $1 AND c.notation = f.broader)
      SELECT * FROM found`,
      [scheme, notations],
    ),

  /** The rows of a table of codes or mappings that belong to a list, for removal. */
  findOfScheme: <Row extends CodeRow | CodeMappingRow, Parent extends Row>(
    { entity, columns }: AuditedTable<Row, Parent>,
    scheme: string,
  ) =>
    query<Parent>(`SELECT ${columns} FROM ${getTableName(entity)} r WHERE r.scheme = $1 ORDER BY r.id FOR UPDATE`, [
      scheme,
    ]),

  /** The notation of a code that is narrower. */
  findNarrowerCode: async ({ scheme, notation }: CodeRow) => {
    const [found] = await query<{ readonly notation: string }>(
      `SELECT notation FROM code WHERE scheme = $1 AND broader = $2 ORDER BY notation LIMIT 1`,
      [scheme, notation],
    );
    return found?.notation ?? null;
  },

  /** Another record of the same solution. */
  findOtherRecord: async ({ id, address }: Pick<RecordColumns, 'id' | 'address'>) => {
    const [found] = await query<{ readonly id: string }>(
      `SELECT r.id FROM catalogue_record r WHERE r.address = $1 AND r.id <> $2 LIMIT 1`,
      [address, id],
    );
    return found?.id ?? null;
  },

  /** Finds one of these codes that another organisation holds at a time at which this one would. */
  findHeldIdentifier: async (organisation: OrganisationRow, identifiers: readonly IdentifierRow[]) => {
    const [found] = await query<IdentifierRow>(
      `SELECT ${selectRow(identifier, 'i')}
      FROM identifier i
      JOIN organisation o ON o.id = i.organisation_id AND o.id <> $2
      JOIN jsonb_populate_recordset(NULL::identifier, $1::jsonb) given ON given.scheme = i.scheme AND given.notation = i.notation
      WHERE ${canOverlap(heldSpan('given', { start: '$3::date', end: '$4::date' }), heldSpan('i', { start: 'o.start_date', end: 'o.end_date' }))}
        AND ${isDated('i')} AND ${isDated('o')}
      ORDER BY i.scheme, i.notation, i.organisation_id LIMIT 1`,
      [toJsonRecords(identifier, identifiers), organisation.id, organisation.startDate, organisation.endDate],
    );
    return found ?? null;
  },

  record: (entries: readonly NewAuditEntry[]) =>
    query<AuditRow>(
      `INSERT INTO audit_entry AS e (issuer, editor, mutation, subject, subject_id, concerns, before, after, reason)
      SELECT issuer, editor, mutation, subject, subject_id, concerns, before, after, reason
      FROM jsonb_populate_recordset(NULL::audit_entry, $1::jsonb) RETURNING ${auditColumns}`,
      [JSON.stringify(entries.map(({ subjectId, ...entry }) => ({ ...entry, subject_id: subjectId })))],
    ),
});

export type MutationRepository = ReturnType<typeof createMutationRepository>;
