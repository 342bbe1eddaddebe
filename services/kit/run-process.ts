import { ConfigError, parseSettings, type SettingsList, type SettingsOf } from './config/config.js';
import { settingsHelp } from './config/settings-docs.js';
import { DatabaseUnavailableError, UnsupportedDatabaseError } from './database/connection-error.js';
import { shutdownDelayMs } from './http/draining-server.js';
import { createLogger, type Logger } from './observability/logger.js';
import { type Metrics, noMetrics } from './observability/metrics.js';
import { startTracing, tracingSettings } from './observability/opentelemetry.js';
import { listenAddress, metricsSettings, startMetricsServer } from './observability/prometheus.js';
import { renamedRequestMetrics } from './observability/request-metrics.js';
import { releaseMemoryWhenIdle } from './release-memory.js';

/** Something that was started and can be stopped. */
export interface Stoppable {
  readonly stop: () => Promise<void>;
}

/** The settings that every process has. */
export const processSettings = { listenAddress, shutdownDelayMs, ...metricsSettings, ...tracingSettings };
export type ProcessSettings = SettingsOf<typeof processSettings>;

/** A process: its name, and everything that can be configured. */
export interface ProcessDefinition<List extends SettingsList> {
  readonly name: string;
  /** The settings that it has besides `processSettings`. */
  readonly settings: List;
  /** The same as `--help` lists them, if it abridges them. */
  readonly documentedSettings?: SettingsList;
  /** The first lines of `--help`: how the process is started. */
  readonly usage: string;
  /** Metrics that have another name than in the last release, old to new. Default: none. */
  readonly renamedMetrics?: Readonly<Record<string, string>>;
}

/** What a process starts with. */
export interface ProcessDependencies {
  readonly logger: Logger;
  readonly metrics: Metrics;
}

type StartProcess<List> = (
  settings: SettingsOf<List> & ProcessSettings,
  dependencies: ProcessDependencies,
) => Promise<Stoppable>;

/**
 * Runs a process: parses its settings, starts it with metrics and traces, and on SIGTERM, SIGINT or the death of its parent lets
 * it finish the requests in progress. If it cannot start, it exits with code 1 and the reason in the log. `--help` prints its settings.
 */
export async function runProcess<List extends SettingsList>(
  definition: ProcessDefinition<List>,
  start: StartProcess<List>,
): Promise<void> {
  if (process.argv.includes('--help')) {
    console.log(processHelp(definition));
    return;
  }
  const logger = createLogger(definition.name);
  let running: Stoppable | undefined;
  let stopping = false;
  const stop = async (reason: string): Promise<void> => {
    if (stopping) return;
    stopping = true;
    logger.info({ reason }, 'stopping');
    try {
      // While it starts there are no requests in progress.
      await running?.stop();
      process.exit(0);
    } catch (error) {
      logger.error({ err: error }, 'stopping failed');
      process.exit(1);
    }
  };
  for (const reason of ['SIGTERM', 'SIGINT'] as const) process.on(reason, () => void stop(reason));
  try {
    running = await startObserved(definition, logger, start);
    process.on('disconnect', () => void stop('disconnect'));
    releaseMemoryWhenIdle();
  } catch (error) {
    reportFailure(logger, error);
    // Not process.exit: the log may not be written out yet. Whatever keeps the process alive is not waited for, though.
    process.exitCode = 1;
    setTimeout(() => process.exit(), 200).unref();
  }
}

/** The text of `--help`. */
const processHelp = ({ usage, settings, documentedSettings = settings }: ProcessDefinition<SettingsList>): string =>
  `${usage}\n\nEnvironment variables:\n\n${settingsHelp({ ...documentedSettings, ...processSettings })}`;

async function startObserved<List extends SettingsList>(
  { name, settings: list, renamedMetrics }: ProcessDefinition<List>,
  logger: Logger,
  start: StartProcess<List>,
): Promise<Stoppable> {
  const { own, common } = parseSettings({ own: list, common: processSettings }, process.env);
  const server = await startMetricsServer(common);
  if (server) {
    logger.info(`metrics on port ${server.port}`);
    const renamed = Object.entries({ ...renamedRequestMetrics, ...renamedMetrics });
    logger.warn(`metrics renamed in this release: ${renamed.map((names) => names.join(' -> ')).join(', ')}`);
  }
  const tracing = await startTracing(name, common.otlpEndpoint);
  if (tracing) logger.info(`traces to ${tracing.origin}`);
  const started = await start(Object.assign({}, own as SettingsOf<List>, common), {
    logger,
    metrics: server?.metrics ?? noMetrics,
  });
  return {
    stop: async () => {
      await started.stop();
      await Promise.all([server?.stop(), tracing?.stop()]);
    },
  };
}

function reportFailure(logger: Logger, error: unknown): void {
  if (error instanceof ConfigError) {
    for (const problem of error.message.split('\n')) logger.error(problem);
  } else if (error instanceof DatabaseUnavailableError || error instanceof UnsupportedDatabaseError) {
    logger.error(error.message);
  } else if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    logger.error(`${error.message}. Another program is listening there; choose another port.`);
  } else {
    logger.error({ err: error }, `could not start: ${error instanceof Error ? error.message : String(error)}`);
  }
}
