/** `npm start`: runs the graph on this machine. */
import { runCli } from '../../services/kit/cli.js';
import { createOutput, wantsColour } from './output.js';
import { run } from './run-graph.js';
import { processNames, readSettings } from './settings.js';
import { listenForSignals } from './signals.js';
import { startCli } from './start-cli.js';

process.exit(await runCli(startCli(start)));

async function start(only: string | undefined): Promise<number> {
  const colour = wantsColour(process.stdout, process.env);
  const output = createOutput([...processNames, 'postgres'], colour, (text) => process.stdout.write(text));
  const signals = listenForSignals();
  try {
    return await run({ settings: readSettings(process.env), only, output, signals });
  } catch (error) {
    if (signals.stop.aborted) return 0;
    throw error;
  }
}
