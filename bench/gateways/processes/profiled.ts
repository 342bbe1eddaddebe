/** The gateway, not bundled, with a profiler that its parent starts and stops: see `../profile.ts`. */
import { Session } from 'node:inspector/promises';

import { runGateway } from '../../../gateway/run-gateway.js';

const session = new Session();
session.connect();
await session.post('Profiler.enable');
process.on('message', (message) => {
  if (message === 'begin') void session.post('Profiler.start');
  else void session.post('Profiler.stop').then(({ profile }) => process.send?.(profile));
});
await runGateway();
