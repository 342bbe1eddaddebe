/** `npm run conformance -- <url>`: checks a running subgraph against the contract. */
import { conformanceCommand } from './conformance-command.js';

process.exitCode = await conformanceCommand(process.argv.slice(2), process.env, console);
