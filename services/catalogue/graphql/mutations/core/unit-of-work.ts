import { organisationIdFormat, parseOrganisationId } from '../../../../../schema/values/organisation-id.js';
import type { Editor } from '../../../auth/editor.js';
import type { NationalCatalogue } from '../../../model/national-catalogue.js';
import type { NewAuditEntry, WriteRepository } from '../../../repositories/mutations.js';
import type { AuditRow, OrganisationParent, Revised } from '../../../model/rows.js';
import { type FieldPath, reject } from './failures.js';
import type { Subject } from '../../../repositories/audited-tables.js';

/** A row that an editor has read and wants to change. */
export interface RowRevision {
  readonly id: string;
  readonly expectedRevision: number;
}

/** Where in an input a row's id and revision stand. */
export interface RevisionFields {
  readonly id: FieldPath;
  readonly expectedRevision: FieldPath;
}

/** What else an entry of the audit trail has of a body: its new codes, who came before it. */
export type RelatedChanges = Readonly<Record<string, unknown>>;

/** What a write reads and writes with: whatever it changes leaves its entry in the audit trail. */
export function createUnitOfWork(
  catalogue: NationalCatalogue,
  rows: WriteRepository,
  by: { readonly editor: Editor; readonly mutation: string; readonly reason: string },
) {
  const entries: AuditRow[] = [];
  const record = async <Row extends { readonly id: string }, Parent extends Row>(
    subject: Subject<Row, Parent>,
    changes: readonly { readonly before: Parent | null; readonly after: Parent | null; readonly beside: RelatedChanges }[],
  ): Promise<void> => {
    const written = changes.flatMap(({ before, after, beside }): NewAuditEntry[] => {
      const rows = [after, before].filter((row) => row !== null);
      const concerned = rows.flatMap((row) => [row.id, ...subject.concerns(row)]);
      return rows.slice(0, 1).map((row) => ({
        issuer: by.editor.issuer,
        editor: by.editor.subject,
        mutation: by.mutation,
        subject: subject.nameOf(row),
        subjectId: row.id,
        concerns: [...new Set(concerned.filter((id) => id !== null))],
        before: before === null ? null : withoutSearchColumns(before),
        after: after === null ? null : { ...withoutSearchColumns(after), ...beside },
        reason: by.reason,
      }));
    });
    entries.push(...(await rows.record(written)));
  };

  return {
    rows,
    /** What the audit trail has of what was written so far. */
    entries: entries as readonly AuditRow[],

    /**
     * The bodies of these fields, which stand in the input or `within` a part of it, of which those of this country must exist. They stay as they are until this is over.
     *
     * @throws WriteRefused INVALID_VALUE or NOT_FOUND.
     */
    findOrganisations: async (
      ids: Readonly<Record<string, string>>,
      within: FieldPath = [],
    ): Promise<ReadonlyMap<string, OrganisationParent>> => {
      for (const [field, id] of Object.entries(ids)) validateOrganisationId(id, [...within, field]);
      const found = new Map((await rows.findBodies(Object.values(ids))).map((body) => [body.id, body]));
      for (const [field, id] of Object.entries(ids)) {
        if (!found.has(id) && parseOrganisationId(id)?.country === catalogue.code.toLowerCase())
          rejectNotFound(id, [...within, field]);
      }
      return found;
    },

    /**
     * Rows as their editor has read them, in the order asked for. Nobody else changes them until this is over.
     *
     * @param isMeant whether a row is what the input says of it: another is as good as none.
     * @throws WriteRefused NOT_FOUND or REVISION_CONFLICT.
     */
    findForChange: async <Row extends { readonly id: string }, Parent extends Revised<Row>>(
      subject: Subject<Row, Parent>,
      asked: readonly (RowRevision & { readonly fields: RevisionFields })[],
      isMeant: (row: Row) => boolean = () => true,
    ): Promise<Parent[]> => {
      const found = new Map(
        (
          await rows.findForChange(
            subject,
            asked.map(({ id }) => id),
          )
        ).map((row) => [row.id, row]),
      );
      return asked.map(({ id, expectedRevision, fields }) => {
        const row = found.get(id);
        if (!row || !isMeant(row)) return rejectNotFound(id, fields.id);
        if (row.revision !== expectedRevision) {
          reject(
            'REVISION_CONFLICT',
            fields.expectedRevision,
            `${id} is at revision ${row.revision} by now, not at ${expectedRevision}: read it again, and decide anew.`,
          );
        }
        return row;
      });
    },

    /**
     * @param idField where in the input its id stands.
     * @throws WriteRefused ALREADY_EXISTS.
     */
    insert: async <Row extends { readonly id: string }, Parent extends Row>(
      subject: Subject<Row, Parent>,
      row: Row,
      idField: FieldPath | null,
      beside: RelatedChanges = {},
    ): Promise<Parent> => {
      const [after] = await rows.insert(subject, [row]);
      if (!after) return reject('ALREADY_EXISTS', idField, `There is a ${row.id} already, and no id is used twice.`);
      await record(subject, [{ before: null, after, beside }]);
      return after;
    },

    /** Changes rows that were found for it; `beside` goes by their ids. */
    update: async <Row extends { readonly id: string }, Parent extends Row>(
      subject: Subject<Row, Parent>,
      changes: readonly { readonly before: Parent; readonly to: Row; readonly beside?: RelatedChanges }[],
    ): Promise<Parent[]> => {
      const written = new Map(
        (
          await rows.update(
            subject,
            changes.map(({ to }) => to),
          )
        ).map((row) => [row.id, row]),
      );
      const changed = changes.map(({ before, beside = {} }) => {
        const after = written.get(before.id);
        if (!after) throw new Error(`${before.id} was locked, and has gone all the same.`);
        return { before, after, beside };
      });
      await record(subject, changed);
      return changed.map(({ after }) => after);
    },

    /** Removes a row that was found for it. */
    remove: async <Row extends { readonly id: string }, Parent extends Row>(
      subject: Subject<Row, Parent>,
      before: Parent,
    ): Promise<void> => {
      await rows.remove(subject, before.id);
      await record(subject, [{ before, after: null, beside: {} }]);
    },
  };
}

export type UnitOfWork = ReturnType<typeof createUnitOfWork>;

/** @throws WriteRefused INVALID_VALUE when it is malformed. */
export function validateOrganisationId(id: string, field: FieldPath): void {
  if (parseOrganisationId(id)) return;
  reject('INVALID_VALUE', field, `${JSON.stringify(id.slice(0, 80))} is no id; ids are ${organisationIdFormat}.`);
}

const rejectNotFound = (id: string, field: FieldPath): never =>
  reject('NOT_FOUND', field, `There is no ${JSON.stringify(id.slice(0, 80))} here.`);

/** A row without what is computed from the rest of it. */
function withoutSearchColumns(row: object): RelatedChanges {
  const { sortName: _sortName, searchText: _searchText, ...statement } = row as Record<string, unknown>;
  return statement;
}
