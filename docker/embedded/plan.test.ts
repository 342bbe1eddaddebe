import { readSettings } from './environment.js';
import { childEnvironment, planServices } from './plan.js';

const variablesOf = (name: string, env: NodeJS.ProcessEnv = {}) => {
  const [service] = planServices(readSettings(env), name);
  return service?.variables((database) => `postgres://embedded/${database}`);
};

describe('planServices', () => {
  it('plans all processes, or the one named', () => {
    const names = (only?: string) => planServices(readSettings({}), only).map(({ name }) => name);
    expect(names()).toEqual(['denmark', 'belgium', 'italy', 'europe', 'gateway']);
    expect(names('italy')).toEqual(['italy']);
  });

  it('gives a country its own port and database, and nothing of others', () => {
    expect(variablesOf('denmark')).toEqual({
      DENMARK_PORT: '4001',
      DENMARK_DATABASE_URL: 'postgres://embedded/denmark',
    });
  });

  it('gives Europe its port alone: its routes have no database', () => {
    expect(variablesOf('europe')).toEqual({ EUROPE_PORT: '4010' });
    expect(planServices(readSettings({}), 'europe')[0]?.needsCluster).toBe(false);
  });

  it('gives the gateway the addresses of all subgraphs and no database', () => {
    expect(variablesOf('gateway', { ITALY_URL: 'https://italy.example/subgraph' })).toEqual({
      PORT: '4000',
      DENMARK_URL: 'http://127.0.0.1:4001/subgraph',
      BELGIUM_URL: 'http://127.0.0.1:4002/subgraph',
      ITALY_URL: 'https://italy.example/subgraph',
      EUROPE_URL: 'http://127.0.0.1:4010/subgraph',
    });
  });

  it('needs no cluster for a database of one’s own', () => {
    const url = 'postgres://user@db.example/denmark';
    const [denmark] = planServices(readSettings({ DENMARK_DATABASE_URL: url }), 'denmark');
    expect(denmark?.needsCluster).toBe(false);
    expect(denmark?.variables(fail)['DENMARK_DATABASE_URL']).toBe(url);
  });
});

describe('childEnvironment', () => {
  it('keeps what is general and hides what is another’s', () => {
    const env = {
      PATH: '/bin',
      LOG_LEVEL: 'debug',
      ITALY_DATABASE_URL: 'postgres://secret',
      PORT: '4000',
      DATA_DIR: '/x',
    };
    expect(childEnvironment(env, { DENMARK_PORT: '4001' })).toEqual({
      PATH: '/bin',
      NODE_ENV: 'production',
      LOG_LEVEL: 'debug',
      DENMARK_PORT: '4001',
    });
  });
});

function fail(): never {
  throw new Error('not to be asked');
}
