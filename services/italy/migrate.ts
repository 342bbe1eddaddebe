import { runMigrate } from '../catalogue/commands/migrate.js';
import { italy } from './catalogue.js';

await runMigrate(italy);
