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
      // The triggers count on; whoever could begin a feed anew could make every reader start from nothing.
      feed: 'SELECT, UPDATE (last_number)',
      // What was said stays said.
      audit_entry: 'SELECT, INSERT',
      given_answer: 'SELECT, INSERT',
    },
  },
});
