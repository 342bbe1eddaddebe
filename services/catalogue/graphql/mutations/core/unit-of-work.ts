import { organisationIdFormat, parseOrganisationId } from '../../../../../schema/values/organisation-id.js';
import type { Editor } from '../../../auth/editor.js';
import type { NationalCatalogue } from '../../../model/national-catalogue.js';
import type { NewAuditEntry, MutationRepository } from '../../../repositories/mutations.js';
import type { AuditRow, OrganisationParent, WithRevision } from '../../../model/rows.js';
import { type FieldPath, reject } from './failures.js';
import type { AuditedTable } from '../../../repositories/audited-tables.js';

/** A row that an editor wants to change, at the revision they have read. */
export interface RowRevision {
  readonly id: string;
  readonly expectedRevision: number;
}

/** The fields of an input that contain a row's id and revision. */
export interface RevisionFields {
  readonly id: FieldPath;
  readonly expectedRevision: FieldPath;
}

/** Changes that belong to an organisation and are recorded in its audit entry: its new codes, its predecessors. */
export type RelatedChanges = Readonly<Record<string, unknown>>;

/** Reads and writes the rows of one mutation; every change adds an entry to the audit trail. */
export function createUnitOfWork(
  catalogue: NationalCatalogue,
  rows: MutationRepository,
  by: { readonly editor: Editor; readonly mutation: string; readonly reason: string },
) {
  const entries: AuditRow[] = [];
  const record = async <Row extends { readonly id: string }, Parent extends Row>(
    table: AuditedTable<Row, Parent>,
    changes: readonly {
      readonly before: Parent | null;
      readonly after: Parent | null;
      readonly related: RelatedChanges;
    }[],
  ): Promise<void> => {
    const written = changes.flatMap(({ before, after, related }): NewAuditEntry[] => {
      const rows = [after, before].filter((row) => row !== null);
      const concerned = rows.flatMap((row) => [row.id, ...table.concerns(row)]);
      return rows.slice(0, 1).map((row) => ({
        issuer: by.editor.issuer,
        editor: by.editor.subject,
        mutation: by.mutation,
        subject: table.getSubject(row),
        subjectId: row.id,
        concerns: [...new Set(concerned.filter((id) => id !== null))],
        before: before === null ? null : withoutSearchColumns(before),
        after: after === null ? null : { ...withoutSearchColumns(after), ...related },
        reason: by.reason,
      }));
    });
    entries.push(...(await rows.record(written)));
  };

  return {
    rows,
    /** The audit entries of the changes so far. */
    entries: entries as readonly AuditRow[],

    /**
     * Finds the organisations named by these fields of the input, or of a part of it (`within`), and locks them until the
     * transaction ends. Those of this country must exist.
     *
     * @throws MutationError INVALID_VALUE or NOT_FOUND.
     */
    findOrganisations: async (
      ids: Readonly<Record<string, string>>,
      within: FieldPath = [],
    ): Promise<ReadonlyMap<string, OrganisationParent>> => {
      for (const [field, id] of Object.entries(ids)) validateOrganisationId(id, [...within, field]);
      const found = new Map((await rows.findOrganisations(Object.values(ids))).map((row) => [row.id, row]));
      for (const [field, id] of Object.entries(ids)) {
        if (!found.has(id) && parseOrganisationId(id)?.country === catalogue.code.toLowerCase())
          rejectNotFound(id, [...within, field]);
      }
      return found;
    },

    /**
     * Finds rows at the revisions that their editor has read, in the requested order, and locks them until the transaction
     * ends.
     *
     * @param isMeant whether a row matches the rest of the input; a row that does not is treated as not found.
     * @throws MutationError NOT_FOUND or REVISION_CONFLICT.
     */
    findForChange: async <Row extends { readonly id: string }, Parent extends WithRevision<Row>>(
      table: AuditedTable<Row, Parent>,
      requested: readonly (RowRevision & { readonly fields: RevisionFields })[],
      isMeant: (row: Row) => boolean = () => true,
    ): Promise<Parent[]> => {
      const found = new Map(
        (
          await rows.findForChange(
            table,
            requested.map(({ id }) => id),
          )
        ).map((row) => [row.id, row]),
      );
      return requested.map(({ id, expectedRevision, fields }) => {
        const row = found.get(id);
        if (!row || !isMeant(row)) return rejectNotFound(id, fields.id);
        if (row.revision !== expectedRevision) {
          reject(
            'REVISION_CONFLICT',
            fields.expectedRevision,
            `${id} is at revision ${row.revision}, not ${expectedRevision}: someone has changed it. Read it again before you change it.`,
          );
        }
        return row;
      });
    },

    /**
     * @param idField the field of the input that contains the id; null if the id was generated.
     * @throws MutationError ALREADY_EXISTS.
     */
    insert: async <Row extends { readonly id: string }, Parent extends Row>(
      table: AuditedTable<Row, Parent>,
      row: Row,
      idField: FieldPath | null,
      related: RelatedChanges = {},
    ): Promise<Parent> => {
      const [after] = await rows.insert(table, [row]);
      if (!after)
        return reject(
          'ALREADY_EXISTS',
          idField,
          `${row.id} exists already, and an id is never reused: choose another one.`,
        );
      await record(table, [{ before: null, after, related }]);
      return after;
    },

    /**
     * Inserts rows whose ids follow from the input, all or none.
     *
     * @param idFieldOf the field of the input that contains the id of a row.
     * @throws MutationError ALREADY_EXISTS.
     */
    insertAll: async <Row extends { readonly id: string }, Parent extends Row>(
      table: AuditedTable<Row, Parent>,
      given: readonly Row[],
      idFieldOf: (index: number) => FieldPath,
    ): Promise<Parent[]> => {
      const repeated = given.findIndex(({ id }, index) => given.findIndex((row) => row.id === id) < index);
      const distinct = repeated === -1 ? given : given.slice(0, repeated);
      const written = new Map((await rows.insert(table, distinct)).map((row) => [row.id, row]));
      const after = given.map((row, index) => {
        const inserted = index === repeated ? undefined : written.get(row.id);
        const problem = `${row.id} exists already, and an id is never reused: choose another one.`;
        return inserted ?? reject('ALREADY_EXISTS', idFieldOf(index), problem);
      });
      await record(
        table,
        after.map((row) => ({ before: null, after: row, related: {} })),
      );
      return after;
    },

    /** Changes rows returned by `findForChange`. */
    update: async <Row extends { readonly id: string }, Parent extends Row>(
      table: AuditedTable<Row, Parent>,
      changes: readonly { readonly before: Parent; readonly to: Row; readonly related?: RelatedChanges }[],
    ): Promise<Parent[]> => {
      const written = new Map(
        (
          await rows.update(
            table,
            changes.map(({ to }) => to),
          )
        ).map((row) => [row.id, row]),
      );
      const changed = changes.map(({ before, related = {} }) => {
        const after = written.get(before.id);
        if (!after) throw new Error(`${before.id} was locked but does not exist any more.`);
        return { before, after, related };
      });
      await record(table, changed);
      return changed.map(({ after }) => after);
    },

    /** Removes rows that were locked when they were read, for example by `findForChange`. */
    remove: async <Row extends { readonly id: string }, Parent extends Row>(
      table: AuditedTable<Row, Parent>,
      ...removed: readonly Parent[]
    ): Promise<void> => {
      await rows.remove(
        table,
        removed.map(({ id }) => id),
      );
      await record(
        table,
        removed.map((before) => ({ before, after: null, related: {} })),
      );
    },
  };
}

export type UnitOfWork = ReturnType<typeof createUnitOfWork>;

/** @throws MutationError INVALID_VALUE if the id is malformed. */
function validateOrganisationId(id: string, field: FieldPath): void {
  if (parseOrganisationId(id)) return;
  reject(
    'INVALID_VALUE',
    field,
    `${JSON.stringify(id.slice(0, 80))} is not a valid organisation id; ids are ${organisationIdFormat}.`,
  );
}

const rejectNotFound = (id: string, field: FieldPath): never =>
  reject('NOT_FOUND', field, `This catalogue has no ${JSON.stringify(id.slice(0, 80))}.`);

/** A row without the columns that are derived from the others. */
function withoutSearchColumns(row: object): RelatedChanges {
  const { sortName: _sortName, searchText: _searchText, ...columns } = row as Record<string, unknown>;
  return columns;
}
