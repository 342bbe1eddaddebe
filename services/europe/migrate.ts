import { runMigrateCommand } from '../kit/migrate-command.js';
import { schemaPlan } from './schema-plan.js';

await runMigrateCommand(schemaPlan);
