import { runMigrate } from '../catalogue/commands/migrate.js';
import { denmark } from './catalogue.js';

await runMigrate(denmark);
