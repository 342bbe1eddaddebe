import { runMigrateCommand } from '../kit/database/migrate-command.js';
import { schemaPlan } from './schema-plan.js';

await runMigrateCommand(schemaPlan);
