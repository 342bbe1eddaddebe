import { z } from 'zod';

import { boolean, integer } from './fields.js';
import { settingsHelp, settingsTable } from './settings-docs.js';

const list = {
  timeoutMs: integer({ max: 9_999 }).default(100).meta({ variable: 'TIMEOUT_MS', description: 'The time limit.' }),
  secret: z.string().meta({ variable: 'SECRET', description: 'A secret, sent as `Bearer`.', file: true }),
  more: {
    path: z
      .string()
      .default('/home/a/path')
      .meta({ variable: 'PATH_OF_IT', description: 'A file.', defaultText: 'path' }),
    isOn: boolean().default(true).meta({ variable: 'ON', description: 'A switch.' }),
    extra: z.string().optional().meta({ variable: 'EXTRA', description: 'An extra. Default: none.' }),
  },
};

it('settingsTable prints the settings of a list as a table in Markdown', () => {
  expect(settingsTable(list).split('\n')).toEqual([
    '| variable | default | meaning |',
    '| --- | --- | --- |',
    '| `TIMEOUT_MS` | 100 | The time limit. |',
    '| `SECRET` | required | A secret, sent as `Bearer`. Or `SECRET_FILE`: a file that contains it. |',
    '| `PATH_OF_IT` | path | A file. |',
    '| `ON` | true | A switch. |',
    '| `EXTRA` |  | An extra. Default: none. |',
  ]);
});

it('settingsHelp prints the settings of a list for a terminal', () => {
  expect(settingsHelp(list).split('\n')).toEqual([
    '  TIMEOUT_MS  The time limit. Default: 100.',
    '  SECRET      A secret, sent as Bearer. Or SECRET_FILE: a file that contains it. Required.',
    '  PATH_OF_IT  A file. Default: path.',
    '  ON          A switch. Default: true.',
    '  EXTRA       An extra. Default: none.',
  ]);
});
