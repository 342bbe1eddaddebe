/** `npm run schema:check`: lists the changes of the contract that affect clients. */
import { schemaCheckCommand } from './schema-check-command.js';

process.exitCode = await schemaCheckCommand(process.argv.slice(2), process.env, console);
