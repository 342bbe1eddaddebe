import { europe } from '../../schema/values/countries.js';
import { listenAddress, port, readConfig } from '../kit/config/config.js';
import { runProcess } from '../kit/run-process.js';
import { readSecrets } from '../kit/config/subgraph-secrets.js';
import { readIndexSettings } from './settings.js';
import { startEurope } from './service.js';

await runProcess(europe.folder, (logger, metrics) => {
  const config = readConfig({ EUROPE_PORT: port(europe.port), LISTEN_ADDRESS: listenAddress }, process.env);
  return startEurope({
    ...readIndexSettings(process.env),
    port: config.EUROPE_PORT,
    host: config.LISTEN_ADDRESS,
    secrets: readSecrets('EUROPE', process.env),
    logger,
    metrics,
  });
});
