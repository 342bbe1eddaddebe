import { europe } from '../../schema/countries.js';
import { port, readConfig } from '../kit/config.js';
import { run } from '../kit/run.js';
import { startEurope } from './start.js';

await run(europe.folder, (logger) => {
  const { EUROPE_PORT } = readConfig({ EUROPE_PORT: port(europe.port) }, process.env);
  return startEurope({ port: EUROPE_PORT, logger });
});
