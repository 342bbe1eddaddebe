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
import { given, listenForSignals, type StopSignals } from './signals.js';
import { StartError } from './start-error.js';

/** A program that works on the database of one service. */
export interface ScriptPlan {
  /** Whose variables and database it gets. */
  readonly service: string;
  /** Its file. */
  readonly script: string;
  readonly args?: readonly string[];
}

/** How long a script may finish what it is doing. */
const drainTime = 10_000;
/** The exit code after Ctrl-C, as shells have it. The script may end in good order then, but has not done its work. */
const interrupted = 130;

/**
 * Runs a script to its end, on the embedded PostgreSQL unless its service has a database of its own.
 *
 * @returns the exit code: the script's own, 1 when it could not be started or was ended from outside.
 */
export async function runScript(plan: ScriptPlan): Promise<number> {
  // What is said about databases goes where it does not mix with what the script says.
  const output = createOutput([...processNames, 'postgres'], false, (text) => process.stderr.write(text));
  const signals = listenForSignals();
  try {
    return await runOnDatabase(plan, output, signals);
  } catch (error) {
    if (signals.stop.aborted) return interrupted;
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
    // Whoever asks how it is used needs no database.
    const env = childEnvironment(process.env, {});
    return exitCodeOf(startProcess({ name: service, script, args, env }, passOn), output, signals);
  }
  const settings = readSettings(process.env);
  const plans = planServices(settings, service).map((plan) => ({ ...plan, script }));
  checkBuilt(plans);
  const secretOf = await openSecrets(settings);
  const databases = await openDatabases(settings, plans, output, signals.stop);
  try {
    if (signals.stop.aborted) return interrupted;
    const env = childEnvironment(process.env, plans[0]?.variables(databases, secretOf) ?? {});
    return await exitCodeOf(startProcess({ name: service, script, args, env }, passOn), output, signals);
  } finally {
    await databases.stop();
  }
}

/** What a script says is for people; what it logs is for machines, but for what went wrong. */
function passOn(line: string, from: 'stdout' | 'stderr'): void {
  const { severity, text } = readLogLine(line);
  if (text === line) (from === 'stdout' ? console.log : console.error)(line);
  else if (severity !== 'info') console.error(text);
}

/** Waits for the end of a script, or for the request to stop it. */
async function exitCodeOf(child: Child, output: Output, signals: StopSignals): Promise<number> {
  await Promise.race([child.ended, given(signals.stop)]);
  if (!child.hasEnded()) {
    output.say('stopping … (Ctrl-C again to stop at once)');
    await stopProcess(child, drainTime, signals.now);
    return interrupted;
  }
  const how = await child.ended;
  const [, code] = /^exit code (\d+)$/.exec(how) ?? [];
  if (code !== undefined) return Number(code);
  output.say(`stopped before its end (${how})`, 'error');
  return 1;
}
