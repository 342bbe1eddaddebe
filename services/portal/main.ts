import { growHeapFreely } from '../kit/garbage-collection.js';
import { runProcess } from '../kit/run-process.js';
import { startPortal } from './service.js';
import { portalSettings } from './settings.js';

await runProcess(
  {
    name: 'portal',
    settings: portalSettings,
    usage: 'Serves the graph in other formats. Usage: node dist/services/portal/main.js',
  },
  async (settings, dependencies) => {
    const portal = await startPortal(settings, dependencies);
    growHeapFreely();
    return portal;
  },
);
