import { europe } from '../../../schema/values/countries.js';
import type { SchemaPlan } from '../../kit/database/migrate-schema.js';
import { migrations } from './migrations.js';

/** The schema of the index. It is thrown away and filled anew by the service itself. */
export const schemaPlan: SchemaPlan = {
  service: europe.folder,
  migrations,
  rights: { standard: 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE', exceptions: {} },
};
