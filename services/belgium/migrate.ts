import { runMigrate } from '../catalogue/migrate.js';
import { belgium } from './catalogue.js';

await runMigrate(belgium);
