import { runMigrate } from '../catalogue/migrate.js';
import { denmark } from './catalogue.js';

await runMigrate(denmark);
