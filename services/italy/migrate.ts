import { runMigrate } from '../catalogue/migrate.js';
import { italy } from './catalogue.js';

await runMigrate(italy);
