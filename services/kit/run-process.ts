import { ConfigError } from './config/config.js';
import { DatabaseUnavailableError } from './database/connection-error.js';
import { createLogger, type Logger } from './observability/logger.js';
import { type Metrics, noMetrics } from './observability/metrics.js';
import { startTracing } from './observability/opentelemetry.js';
import { startMetricsServer } from './observability/prometheus.js';

/** Something that was started and can be stopped. */
export interface Stoppable {
  readonly stop: () => Promise<void>;
}

/**
 * The life of a process: starts it, watched if its environment says so, and on SIGTERM, SIGINT or the death of its parent lets
 * it finish what is under way. A start that fails ends the process with exit code 1 and the reason in the log.
 */
export async function runProcess(
  name: string,
  start: (logger: Logger, metrics: Metrics) => Promise<Stoppable>,
): Promise<void> {
  const logger = createLogger(name);
  let running: Stoppable | undefined;
  let stopping = false;
  const stop = async (reason: string): Promise<void> => {
    if (stopping) return;
    stopping = true;
    logger.info({ reason }, 'stopping');
    try {
      // While it starts nothing is under way.
      await running?.stop();
      process.exit(0);
    } catch (error) {
      logger.error({ err: error }, 'could not stop in order');
      process.exit(1);
    }
  };
  for (const reason of ['SIGTERM', 'SIGINT'] as const) process.on(reason, () => void stop(reason));
  try {
    running = await startWatched(name, logger, start);
    process.on('disconnect', () => void stop('disconnect'));
  } catch (error) {
    reportFailure(logger, error);
    // Not process.exit: the log may still be on its way out. What keeps the process alive is not ours to wait for, though.
    process.exitCode = 1;
    setTimeout(() => process.exit(), 200).unref();
  }
}

async function startWatched(
  name: string,
  logger: Logger,
  start: (logger: Logger, metrics: Metrics) => Promise<Stoppable>,
): Promise<Stoppable> {
  const page = await startMetricsServer(process.env);
  if (page) logger.info(`metrics on port ${page.port}`);
  const tracing = await startTracing(name, process.env);
  if (tracing) logger.info(`traces to ${tracing.origin}`);
  const started = await start(logger, page?.metrics ?? noMetrics);
  return {
    stop: async () => {
      await started.stop();
      await Promise.all([page?.stop(), tracing?.stop()]);
    },
  };
}

function reportFailure(logger: Logger, error: unknown): void {
  if (error instanceof ConfigError) {
    for (const problem of error.message.split('\n')) logger.error(problem);
  } else if (error instanceof DatabaseUnavailableError) {
    logger.error(error.message);
  } else if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    logger.error(`${error.message}. Another program listens there; choose another port.`);
  } else {
    logger.error({ err: error }, `could not start: ${error instanceof Error ? error.message : String(error)}`);
  }
}
