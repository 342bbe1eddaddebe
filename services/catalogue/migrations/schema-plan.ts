import type { MigrationPlan } from '../../kit/database/migrate-schema.js';
import type { Catalogue } from '../model/national-catalogue.js';
import { migrations } from './migrations.js';

/** The schema of a country's catalogue, and what its service may do in it. */
export const createMigrationPlan = ({ country }: Pick<Catalogue, 'country'>): MigrationPlan => ({
  service: country.folder,
  migrations,
  grants: {
    defaultPrivileges: 'SELECT, INSERT, UPDATE, DELETE',
    tablePrivileges: {
      // Written by triggers only. A role that could restart the feed could make every reader start from the beginning.
      feed: 'SELECT',
      change: 'SELECT',
      // Append-only, with ids and moments that the database sets.
      audit_entry: 'SELECT, INSERT (issuer, editor, mutation, subject, subject_id, concerns, before, after, reason)',
      given_answer: 'SELECT, INSERT (issuer, editor, idempotency_key, question, answer)',
      import_run: 'SELECT, INSERT (kind, digest, report), UPDATE (report)',
    },
  },
});
