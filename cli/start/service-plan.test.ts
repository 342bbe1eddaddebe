import { countries } from '../../schema/values/countries.js';
import { readSettings } from './settings.js';
import { planServices } from './service-plan.js';

const cluster = {
  url: (name: string) => `postgres://owner@embedded/${name}`,
  serviceUrl: (name: string) => `postgres://service@embedded/${name}`,
};

const variablesOf = (name: string, env: NodeJS.ProcessEnv = {}) => {
  const [service] = planServices(readSettings(env), name);
  return service?.variables(cluster, (subgraph) => `secret of ${subgraph}`);
};

const folders = countries.map(({ folder }) => folder);

/** The variables of the countries that are not written out below. */
const variablesOfOthers = Object.fromEntries(
  countries.slice(3).flatMap(({ folder, port }) => [
    [`${folder.toUpperCase()}_URL`, `http://127.0.0.1:${port}/subgraph`],
    [`${folder.toUpperCase()}_SUBGRAPH_SECRETS`, `secret of ${folder}`],
  ]),
);

describe('planServices', () => {
  it('plans all processes, or the one named', () => {
    const names = (only?: string) => planServices(readSettings({}), only).map(({ name }) => name);
    expect(names()).toEqual([...folders, 'europe', 'gateway', 'portal']);
    expect(names('italy')).toEqual(['italy']);
  });

  it('gives a country its own port, database and secret, and nothing of the other processes', () => {
    expect(variablesOf('denmark')).toEqual({
      DENMARK_PORT: '4001',
      DENMARK_DATABASE_URL: 'postgres://service@embedded/denmark',
      DENMARK_MIGRATION_URL: 'postgres://owner@embedded/denmark',
      DENMARK_SUBGRAPH_SECRETS: 'secret of denmark',
    });
  });

  it('gives Europe its own variables, and the same addresses and secrets of the countries as the gateway', () => {
    expect(variablesOf('europe', { ITALY_URL: 'https://italy.example/subgraph', DENMARK_PORT: '5001' })).toEqual({
      EUROPE_PORT: '4010',
      EUROPE_DATABASE_URL: 'postgres://service@embedded/europe',
      EUROPE_MIGRATION_URL: 'postgres://owner@embedded/europe',
      EUROPE_SUBGRAPH_SECRETS: 'secret of europe',
      DENMARK_URL: 'http://127.0.0.1:5001/subgraph',
      DENMARK_SUBGRAPH_SECRETS: 'secret of denmark',
      BELGIUM_URL: 'http://127.0.0.1:4002/subgraph',
      BELGIUM_SUBGRAPH_SECRETS: 'secret of belgium',
      ITALY_URL: 'https://italy.example/subgraph',
      ITALY_SUBGRAPH_SECRETS: 'secret of italy',
      ...variablesOfOthers,
    });
  });

  it('gives each process a port for its metrics, the first to the gateway, if metrics are enabled', () => {
    const ports = planServices(readSettings({ METRICS_PORT: '9400' })).map(({ name, metrics, variables }) => {
      expect(variables(cluster)['METRICS_PORT']).toBe(String(metrics?.port));
      return [name, metrics?.port];
    });
    expect(Object.fromEntries(ports)).toEqual({
      gateway: 9400,
      ...Object.fromEntries(folders.map((folder, index) => [folder, 9401 + index])),
      europe: 9401 + folders.length,
      portal: 9402 + folders.length,
    });
    expect(planServices(readSettings({})).map(({ metrics }) => metrics)).toEqual(
      Array(folders.length + 3).fill(undefined),
    );
  });

  it('needs the cluster for every database, and for nothing else', () => {
    const inCluster = planServices(readSettings({})).filter(({ needsCluster }) => needsCluster);
    expect(inCluster.map(({ name }) => name)).toEqual([...folders, 'europe']);
  });

  it('gives the gateway the addresses and secrets of all subgraphs and no database', () => {
    expect(variablesOf('gateway', { ITALY_URL: 'https://italy.example/subgraph' })).toEqual({
      PORT: '4000',
      DENMARK_URL: 'http://127.0.0.1:4001/subgraph',
      BELGIUM_URL: 'http://127.0.0.1:4002/subgraph',
      ITALY_URL: 'https://italy.example/subgraph',
      EUROPE_URL: 'http://127.0.0.1:4010/subgraph',
      DENMARK_SUBGRAPH_SECRETS: 'secret of denmark',
      BELGIUM_SUBGRAPH_SECRETS: 'secret of belgium',
      ITALY_SUBGRAPH_SECRETS: 'secret of italy',
      ...variablesOfOthers,
      EUROPE_SUBGRAPH_SECRETS: 'secret of europe',
    });
  });

  it('gives the portal its port and the addresses of the gateway, and nothing of the other processes', () => {
    expect(variablesOf('portal', { PORT: '5000', PORTAL_PORT: '5020' })).toEqual({
      PORTAL_PORT: '5020',
      GATEWAY_URL: 'http://127.0.0.1:5000/graphql',
      PLAYGROUND_URL: 'http://localhost:5000/',
    });
    const url = 'https://graph.example/graphql';
    expect(variablesOf('portal', { GATEWAY_URL: url })).toMatchObject({ GATEWAY_URL: url });
  });

  it('passes the secrets that the operator set on to the processes that need them', () => {
    const env = { DENMARK_SUBGRAPH_SECRETS: `${'d'.repeat(32)},${'e'.repeat(32)}` };
    for (const name of ['denmark', 'europe', 'gateway']) expect(variablesOf(name, env)).toMatchObject(env);
    expect(variablesOf('italy', env)).not.toHaveProperty('DENMARK_SUBGRAPH_SECRETS');
  });

  it.each(['denmark', 'europe'])('needs no cluster if %s has a database of its own', (name) => {
    const url = `postgres://user@db.example/${name}`;
    const variable = `${name.toUpperCase()}_DATABASE_URL`;
    const [service] = planServices(readSettings({ [variable]: url }), name);
    expect(service?.needsCluster).toBe(false);
    const variables = service?.variables({ url: fail, serviceUrl: fail });
    expect(variables).toMatchObject({ [variable]: url });
    // npm start migrates only the databases of the embedded PostgreSQL by itself.
    expect(variables).not.toHaveProperty(variable.replace('DATABASE', 'MIGRATION'));
  });
});

function fail(): never {
  throw new Error('The URL of the cluster must not be used.');
}
