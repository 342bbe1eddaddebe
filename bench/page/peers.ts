import { scriptOf } from '../../cli/start/paths.js';
import { startGatewayProcess, type RunningGateway } from '../gateways/start-gateway.js';

/** A server beside ours that serves the same page from the same database. */
export interface Peer extends Pick<RunningGateway, 'url' | 'processId' | 'stop'> {
  readonly name: string;
  readonly isPostGraphile: boolean;
}

/** PostGraphile 5 needs it. */
const supportsPostGraphile = Number(process.versions.node.split('.')[0]) >= 22;

const scripts = [
  ['bare node:http, three statements', 'bare'],
  ['Mercurius, JIT, DataLoader, three statements', 'mercurius'],
  ...(supportsPostGraphile ? [['PostGraphile 5', 'postgraphile'] as const] : []),
] as const;

/** Starts the peers, each in a process of its own. If one fails to start, the others are stopped. */
export async function startPeers(databaseUrl: string, signal: AbortSignal): Promise<readonly Peer[]> {
  const outcomes = await Promise.allSettled(
    scripts.map(async ([name, file]): Promise<Peer> => {
      const script = scriptOf('bench', 'page', 'processes', file);
      const variables = { DATABASE_URL: databaseUrl, NODE_ENV: 'production' };
      const started = await startGatewayProcess({ name, script, variables }, signal);
      return { ...started, name, isPostGraphile: file === 'postgraphile' };
    }),
  );
  const started = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  const failed = outcomes.find(({ status }) => status === 'rejected');
  if (failed?.status !== 'rejected') return started;
  await Promise.all(started.map(({ stop }) => stop()));
  throw failed.reason;
}
