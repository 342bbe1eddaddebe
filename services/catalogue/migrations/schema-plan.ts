import type { MigrationPlan } from '../../kit/database/migrate-schema.js';
import type { Catalogue } from '../model/national-catalogue.js';
import { migrations } from './migrations.js';

/** The schema of a country's catalogue, and what its service may do in it. */
export const createMigrationPlan = ({ country }: Pick<Catalogue, 'country'>): MigrationPlan => ({
  service: country.folder,
  migrations,
  grants: {
    defaultPrivileges: 'SELECT, INSERT, UPDATE, DELETE, MAINTAIN',
    tablePrivileges: {
      // The triggers increase the number. A role that could restart the feed could make every reader start from the beginning.
      feed: 'SELECT, UPDATE (last_number)',
      // Append-only.
      audit_entry: 'SELECT, INSERT',
      given_answer: 'SELECT, INSERT',
    },
  },
});
