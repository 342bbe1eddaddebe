import { runProcess } from '../kit/run-process.js';
import { startPortal } from './service.js';
import { portalSettings } from './settings.js';

await runProcess(
  {
    name: 'portal',
    settings: portalSettings,
    usage: 'Serves the graph in other formats. Usage: node dist/services/portal/main.js',
  },
  (settings, dependencies) => startPortal(settings, dependencies),
);
