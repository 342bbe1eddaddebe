import { europe } from '../../../schema/values/countries.js';
import type { MigrationPlan } from '../../kit/database/migrate-schema.js';
import { migrations } from './migrations.js';

/** The schema of the index. The service itself empties and refills it. */
export const schemaPlan: MigrationPlan = {
  service: europe.folder,
  migrations,
  grants: {
    defaultPrivileges: 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE',
    // A function executes its texts with the privileges of the owner.
    tablePrivileges: { deferred_definition: 'SELECT' },
  },
};
