/**
 * Tries the graph that runs by docker/compose.yaml: asks across borders, then kills one container after the other as a crash
 * would, and sees that the others answer meanwhile and that it comes back.
 *
 *   node docker/try-compose.mjs [project] [address]      default: reuse-graph http://127.0.0.1:4000
 */
import { execFileSync } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';

const [project = 'reuse-graph', origin = 'http://127.0.0.1:4000'] = process.argv.slice(2);
const patience = 90_000;
const countries = ['denmark', 'belgium', 'italy'];
const query = `{
  ${countries.map((name) => `${name} { consortia(first: 1) { nodes { name } } }`).join(' ')}
  solutions(search: "meeting management", first: 2) { nodes { name maintainers { country name } reuse { country adopters } } }
}`;

const docker = (...args) => execFileSync('docker', args, { encoding: 'utf8' }).trim();

const containers = () => {
  const ids = docker('ps', '-aq', '--filter', `label=com.docker.compose.project=${project}`).split(/\s+/);
  return JSON.parse(docker('inspect', ...ids)).map(({ Id, Config, State, Image }) => ({
    id: Id,
    service: Config.Labels['com.docker.compose.service'],
    image: Image,
    pid: State.Pid,
    runs: State.Status === 'running',
    isHealthy: State.Status === 'running' && State.Health?.Status === 'healthy',
  }));
};

const ask = async () => {
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
    signal: AbortSignal.timeout(15_000),
  });
  return response.json();
};

const until = async (what, isSo) => {
  const deadline = Date.now() + patience;
  let last;
  while (Date.now() < deadline) {
    last = await isSo().catch((error) => error);
    if (last === true) return;
    await wait(500);
  }
  throw new Error(`${what} has not come about in ${patience / 1000} s: ${JSON.stringify(last?.message ?? last)}`);
};

/** Two countries' solutions in one list, and every country by itself. */
const isWhole = async () => {
  const { data, errors } = await ask();
  const maintainers = new Set(
    data.solutions?.nodes.flatMap(({ maintainers }) => maintainers.map((body) => body?.country)),
  );
  return errors === undefined && maintainers.has('BE') && maintainers.has('DK')
    ? true
    : { errors, found: [...maintainers] };
};

/** Not `docker kill`, after which Docker leaves a container alone as one that was stopped on purpose. */
const crash = ({ pid, id }) => {
  const { image } = containers().find(({ service }) => service === 'gateway');
  docker('run', '--rm', '--pid=host', '--user=0', '--network=none', image, 'sh', '-c', `kill -9 ${pid}`);
  return until('an end', async () => JSON.parse(docker('inspect', id))[0].State.Pid !== pid);
};

await until('a whole answer', isWhole);
console.log(JSON.stringify((await ask()).data.solutions.nodes));
for (const container of containers().filter(({ runs }) => runs)) {
  const { service } = container;
  const began = Date.now();
  await crash(container);
  if (service !== 'gateway') {
    const { data } = await ask();
    const others = countries.filter((name) => !service.startsWith(name));
    if (!others.every((name) => data[name]?.consortia))
      throw new Error(`without ${service} others do not answer either`);
  }
  await until(`${service} healthy again`, async () => containers().find(({ id }) => id === container.id).isHealthy);
  await until('a whole answer', isWhole);
  console.log(
    `${service} was killed, others answered, and it was back after ${Math.round((Date.now() - began) / 1000)} s`,
  );
}
