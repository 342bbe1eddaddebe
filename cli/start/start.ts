/** `npm start`: runs the graph on this machine. `--help` says what can be asked of it. */
import { parseArguments } from './arguments.js';
import { EnvironmentError, processNames, readSettings } from './settings.js';
import { usage } from './messages.js';
import { createOutput, wantsColour } from './output.js';
import { run } from './run-graph.js';
import { listenForSignals } from './signals.js';
import { StartError } from './start-error.js';

process.exit(await main());

async function main(): Promise<number> {
  const command = parseArguments(process.argv.slice(2));
  if (command.kind === 'help') return say(usage(), 0);
  if (command.kind === 'refused') return complain(command.message, 2);
  const colour = wantsColour(process.stdout, process.env);
  const output = createOutput([...processNames, 'postgres'], colour, (text) => process.stdout.write(text));
  const signals = listenForSignals();
  try {
    return await run({ settings: readSettings(process.env), only: command.only, output, signals });
  } catch (error) {
    if (signals.stop.aborted) return 0;
    if (error instanceof StartError || error instanceof EnvironmentError) return complain(error.message, 1);
    throw error;
  }
}

function say(text: string, code: number): number {
  console.log(text);
  return code;
}

function complain(problem: string, code: number): number {
  console.error(problem);
  return code;
}
