import { relative } from 'node:path';

import { z } from 'zod';

import { getOperatorVariables } from './operator-variables.js';

describe('getOperatorVariables', () => {
  const settings = [
    z.string().meta({ variable: 'ITALY_SUBGRAPH_SECRETS', file: true }),
    z.string().meta({ variable: 'ITALY_SERVICE_ROLE' }),
  ];

  it('returns undefined if none is set', () => {
    expect(getOperatorVariables(settings, { ITALY_SERVICE_ROLE: '', DENMARK_SUBGRAPH_SECRETS: 'd' })).toBeUndefined();
  });

  it('returns the variables that are set, and files by their absolute path', () => {
    expect(getOperatorVariables(settings, { ITALY_SUBGRAPH_SECRETS: 'i', ITALY_SERVICE_ROLE: 'clerk' })).toEqual({
      ITALY_SUBGRAPH_SECRETS: 'i',
      ITALY_SERVICE_ROLE: 'clerk',
    });
    const path = '/run/secrets/italy';
    expect(getOperatorVariables(settings, { ITALY_SUBGRAPH_SECRETS_FILE: relative(process.cwd(), path) })).toEqual({
      ITALY_SUBGRAPH_SECRETS_FILE: path,
    });
  });
});
