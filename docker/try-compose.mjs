/**
 * Tests the graph that docker/compose.yaml runs: sends queries across countries, then kills one container after the other as a
 * crash would, and checks that the other services respond meanwhile and that the killed one recovers.
 *
 *   node docker/try-compose.mjs [project] [origin] [portal]      Default: reuse-graph http://127.0.0.1:4000 http://127.0.0.1:4020
 */
import { execFileSync } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';

const [project = 'reuse-graph', origin = 'http://127.0.0.1:4000', portal = 'http://127.0.0.1:4020'] =
  process.argv.slice(2);
const timeoutMs = 90_000;
const countries = ['denmark', 'belgium', 'italy'];
const query = `{
  ${countries.map((name) => `${name} { consortia(first: 1) { nodes { name } } }`).join(' ')}
  solutions(search: "meeting management", first: 20) { nodes { name maintainers { country name } reuse { country adopters } } }
}`;

const docker = (...args) => execFileSync('docker', args, { encoding: 'utf8' }).trim();

const listContainers = () => {
  const ids = docker('ps', '-aq', '--filter', `label=com.docker.compose.project=${project}`)
    .split(/\s+/)
    .filter((id) => id !== '');
  if (ids.length === 0) {
    console.error(
      `There are no containers of the Compose project ${project}. Start it, or name another as the first argument.`,
    );
    process.exit(2);
  }
  return JSON.parse(docker('inspect', ...ids)).map(({ Id, Config, State, Image }) => ({
    id: Id,
    service: Config.Labels['com.docker.compose.service'],
    image: Image,
    pid: State.Pid,
    isRunning: State.Status === 'running',
    isHealthy: State.Status === 'running' && State.Health?.Status === 'healthy',
  }));
};

const sendQuery = async () => {
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
    signal: AbortSignal.timeout(15_000),
  });
  return response.json();
};

/** Waits until `check` returns true; its last result or error is part of the message if it does not. */
const waitUntil = async (what, check) => {
  const deadline = Date.now() + timeoutMs;
  let last;
  while (Date.now() < deadline) {
    last = await check().catch((error) => error);
    if (last === true) return;
    await wait(500);
  }
  throw new Error(
    `Timed out after ${timeoutMs / 1000} s waiting for ${what}: ${JSON.stringify(last?.message ?? last)}`,
  );
};

/** True if a CSV file of the portal contains consortia of each country, and nothing is missing. */
const isExported = async () => {
  const response = await fetch(`${portal}/export/consortia.csv?complete=true`, { signal: AbortSignal.timeout(15_000) });
  const csv = await response.text();
  return (response.ok && ['DK', 'BE', 'IT'].every((code) => csv.includes(`,${code},`))) || csv.slice(0, 200);
};

/** True if one list contains solutions of two countries, and nothing failed, which includes each country's own field. */
const isComplete = async () => {
  const { data, errors } = await sendQuery();
  const maintainers = new Set(
    data.solutions?.nodes.flatMap(({ maintainers }) => maintainers.map((maintainer) => maintainer?.country)),
  );
  return errors === undefined && maintainers.has('BE') && maintainers.has('DK')
    ? true
    : { errors, found: [...maintainers] };
};

/** Kills a process from outside: after `docker kill`, Docker does not restart the container, because it was stopped on purpose. */
const crash = ({ pid, id, service }) => {
  const { image } = listContainers().find((container) => container.service === 'gateway');
  docker('run', '--rm', '--pid=host', '--user=0', '--network=none', image, 'sh', '-c', `kill -9 ${pid}`);
  return waitUntil(`${service} to end`, async () => JSON.parse(docker('inspect', id))[0].State.Pid !== pid);
};

await waitUntil('a complete response', isComplete);
console.log(JSON.stringify((await sendQuery()).data.solutions.nodes));
for (const container of listContainers().filter(({ isRunning }) => isRunning)) {
  const { id, service } = container;
  const startedAt = Date.now();
  await crash(container);
  if (service !== 'gateway') {
    const { data } = await sendQuery();
    const others = countries.filter((name) => !service.startsWith(name));
    if (!others.every((name) => data[name]?.consortia))
      throw new Error(`Without ${service}, a country that does not depend on it does not respond either.`);
  }
  await waitUntil(
    `${service} to be healthy again`,
    async () => listContainers().find((other) => other.id === id).isHealthy,
  );
  await waitUntil('a complete response', isComplete);
  await waitUntil('a complete export', isExported);
  console.log(
    `${service} was killed; the others responded, and it recovered in ${Math.round((Date.now() - startedAt) / 1000)} s`,
  );
}
