import { runMigrateCommand } from '../kit/database/migrate-command.js';
import { schemaPlan } from './migrations/schema-plan.js';

await runMigrateCommand(schemaPlan);
