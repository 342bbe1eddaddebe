import { childEnvironment } from './child-environment.js';
import { checkBuilt } from './preflight-checks.js';
import { ConfigError } from '../../services/kit/config/config.js';
import { processNames, readSettings } from './settings.js';
import { readLogLine } from './log-line.js';
import { createOutput, type Output } from './output.js';
import { planServices } from './service-plan.js';
import { type Child, startProcess, stopProcess } from './processes.js';
import { openDatabases } from './run-databases.js';
import { openSecrets } from './secrets.js';
import { whenAborted, listenForSignals, type StopSignals } from './signals.js';
import { StartError } from './start-error.js';

/** A program that works on the database of one service. */
export interface ScriptPlan {
  /** The service whose variables and database it gets. */
  readonly service: string;
  /** Its file. */
  readonly script: string;
  readonly args?: readonly string[];
}

/** How long a script may finish its work. */
const graceMs = 10_000;
/** The exit code after Ctrl-C, as in shells: the script may end gracefully then, but has not done its work. */
const interruptedExitCode = 130;

/**
 * Runs a script to its end, on the embedded PostgreSQL unless its service has a database of its own.
 *
 * @returns the exit code: the script's own, 1 if it could not be started or was killed.
 */
export async function runScript(plan: ScriptPlan): Promise<number> {
  // Messages about databases go to stderr, so that they do not mix with the output of the script.
  const output = createOutput([...processNames, 'postgres'], false, (text) => process.stderr.write(text));
  const signals = listenForSignals();
  try {
    return await runOnDatabase(plan, output, signals);
  } catch (error) {
    if (signals.stop.aborted) return interruptedExitCode;
    if (!(error instanceof StartError || error instanceof ConfigError)) throw error;
    console.error(error.message);
    return 1;
  }
}

async function runOnDatabase(
  { service, script, args = [] }: ScriptPlan,
  output: Output,
  signals: StopSignals,
): Promise<number> {
  if (args.some((argument) => argument === '--help' || argument === '-h')) {
    // Help needs no database.
    const env = childEnvironment(process.env, {});
    return waitForExitCode(startProcess({ name: service, script, args, env }, printLine), output, signals);
  }
  const settings = readSettings(process.env);
  const plans = planServices(settings, service).map((plan) => ({ ...plan, script }));
  checkBuilt(plans);
  const secretOf = await openSecrets(settings);
  const databases = await openDatabases(settings, plans, output, signals.stop);
  try {
    if (signals.stop.aborted) return interruptedExitCode;
    const env = childEnvironment(process.env, plans[0]?.variables(databases, secretOf) ?? {});
    return await waitForExitCode(startProcess({ name: service, script, args, env }, printLine), output, signals);
  } finally {
    await databases.stop();
  }
}

/** Passes on the output of a script, and of its log only warnings and errors: the rest is for machines. */
function printLine(line: string, from: 'stdout' | 'stderr'): void {
  const { severity, text } = readLogLine(line);
  if (text === line) (from === 'stdout' ? console.log : console.error)(line);
  else if (severity !== 'info') console.error(text);
}

/** Waits for the end of a script, or for the request to stop it. */
async function waitForExitCode(child: Child, output: Output, signals: StopSignals): Promise<number> {
  await Promise.race([child.ended, whenAborted(signals.stop)]);
  if (!child.hasEnded()) {
    output.log('stopping … (Ctrl-C again to stop at once)');
    await stopProcess(child, graceMs, signals.now);
    return interruptedExitCode;
  }
  const how = await child.ended;
  const [, code] = /^exit code (\d+)$/.exec(how) ?? [];
  if (code !== undefined) return Number(code);
  output.log(`stopped before its end (${how})`, 'error');
  return 1;
}
