/** `npm run compose`: composes running subgraphs and files into the supergraph that the gateway serves. */
import { composeCommand } from './compose-command.js';

process.exitCode = await composeCommand(process.argv.slice(2), process.env, console);
