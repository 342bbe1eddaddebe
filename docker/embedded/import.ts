/** `npm run import -- <country> …`: runs a country's import on its database, the embedded one unless it has its own. */
import { countries } from '../../schema/countries.js';
import { usage } from '../../services/catalogue/import/command.js';
import { EnvironmentError, processNames, readSettings } from './environment.js';
import { createOutput } from './output.js';
import { scriptOf } from './places.js';
import { childEnvironment, planServices } from './plan.js';
import { startProcess } from './processes.js';
import { openDatabases } from './run-databases.js';
import { listenForSignals } from './signals.js';
import { StartError } from './start-error.js';

const folders = countries.map(({ folder }) => folder);

process.exitCode = await main(process.argv.slice(2));

async function main([country, ...args]: readonly string[]): Promise<number> {
  if (country === undefined || country === '--help' || country === '-h') {
    console.log(usage('italy'));
    return country === undefined ? 2 : 0;
  }
  if (!folders.includes(country)) {
    console.error(`There is no country "${country}"; there is ${folders.join(', ')}.`);
    return 2;
  }
  try {
    return await importInto(country, args);
  } catch (error) {
    if (!(error instanceof StartError || error instanceof EnvironmentError)) throw error;
    console.error(error.message);
    return 1;
  }
}

async function importInto(country: string, args: readonly string[]): Promise<number> {
  const output = createOutput([...processNames, 'postgres'], false, (text) => process.stderr.write(text));
  const services = planServices(readSettings(process.env), country);
  const signals = listenForSignals();
  const databases = await openDatabases(readSettings(process.env), services, output, signals.stop);
  try {
    const env = childEnvironment(process.env, services[0]?.variables(databases.url) ?? {});
    const child = startProcess(
      { name: country, script: scriptOf('services', country, 'import'), args, env },
      (line) => {
        // What the import logs is for machines; what it says is for people.
        if (!line.startsWith('{')) console.log(line);
      },
    );
    signals.stop.addEventListener('abort', () => child.process.kill('SIGTERM'), { once: true });
    const how = await child.ended;
    return how === 'exit code 0' ? 0 : Number(/^exit code (\d+)$/.exec(how)?.[1] ?? 1);
  } finally {
    await databases.stop();
  }
}
