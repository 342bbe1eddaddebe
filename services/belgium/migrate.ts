import { runMigrate } from '../catalogue/commands/migrate.js';
import { belgium } from './catalogue.js';

await runMigrate(belgium);
