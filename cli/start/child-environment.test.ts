import { childEnvironment } from './child-environment.js';

describe('childEnvironment', () => {
  it('keeps general variables, hides those of other processes, and adds the child’s own', () => {
    const env = {
      PATH: '/bin',
      LOG_LEVEL: 'debug',
      ITALY_DATABASE_URL: 'postgres://secret',
      ITALY_SUBGRAPH_SECRETS: 'secret',
      ITALY_SUBGRAPH_SECRETS_FILE: '/secret',
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
