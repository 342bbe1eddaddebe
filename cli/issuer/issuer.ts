/** `npm run issuer`: an issuer of access tokens on this machine, for development. `--help` says how it is used. */
import { parseArgs } from 'node:util';

import { countryByCode } from '../../schema/values/countries.js';
import { type LocalIssuerOptions, startLocalIssuer } from '../../services/kit/auth/local-issuer.js';
import { algorithms } from '../../services/kit/auth/oidc-settings.js';
import { given, listenForSignals } from '../start/signals.js';
import { audienceOf, Complaint, complaintOf, issuerPort } from './local.js';

const example = countryByCode('BE')?.folder ?? '';
const origin = `http://127.0.0.1:${issuerPort}`;

const usage = `Runs an issuer of access tokens (OpenID Connect) on this machine, for development. It gives anybody any role.

  npm run issuer                         at ${origin}, until Ctrl-C
  npm run issuer -- --port 4021          on another port
  npm run issuer -- --algorithm RS256    signs in another way: ${algorithms.join(', ')} (ES256)

A country takes its tokens if it is started so:

  ${environmentFor(origin)} npm run start:${example}

A token: npm run --silent token -- --help
A new key, as issuers take one from time to time: curl -X POST ${origin}/rotate`;

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  try {
    const options = readOptions(args);
    if (options === 'help') {
      console.log(usage);
      return 0;
    }
    const signals = listenForSignals();
    const { issuer, stop } = await startLocalIssuer(options);
    console.log(`Gives anybody any role at ${issuer}. A country takes its tokens if it is started so:

  ${environmentFor(issuer)} npm run start:${example}

Ctrl-C stops it.`);
    await given(signals.stop);
    await stop();
    return 0;
  } catch (error) {
    console.error(complaintOf(error));
    return 2;
  }
}

function readOptions(args: readonly string[]): LocalIssuerOptions | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: { port: { type: 'string' }, algorithm: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) return 'help';
  const { port = String(issuerPort), algorithm: asked = 'ES256' } = values;
  const algorithm = algorithms.find((name) => name === asked);
  if (!algorithm) throw new Complaint(`There is no algorithm "${asked}"; there is ${algorithms.join(', ')}.`);
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw new Complaint('--port must be a port from 0 to 65535.');
  return { port: Number(port), algorithm };
}

function environmentFor(issuer: string): string {
  const name = example.toUpperCase();
  return `NODE_ENV=development ${name}_OIDC_ISSUER=${issuer} ${name}_OIDC_AUDIENCE=${audienceOf(example)}`;
}
