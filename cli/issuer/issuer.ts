/** `npm run issuer`: an issuer of access tokens on this machine, for development. */
import { Option } from 'commander';

import { countryByCode } from '../../schema/values/countries.js';
import { startLocalIssuer } from '../../services/kit/auth/local-issuer.js';
import { type Algorithm, algorithms } from '../../services/kit/auth/oidc-settings.js';
import { integerFrom, runCli } from '../../services/kit/cli.js';
import { whenAborted, listenForSignals } from '../start/signals.js';
import { defaultAudience, exitCodeFor, IssuerError, issuerPort } from './local.js';

const example = countryByCode('BE')?.folder ?? '';
const origin = `http://127.0.0.1:${issuerPort}`;

interface CommandLine {
  readonly port: number;
  readonly algorithm: Algorithm;
}

process.exitCode = await runCli<CommandLine>({
  description:
    'Runs an issuer of access tokens (OpenID Connect) on this machine, for development. It gives any client any role.',
  examples: [
    ['npm run issuer', `run it at ${origin}, until Ctrl-C`],
    ['npm run issuer -- --port 4021', 'run it on another port'],
    ['npm run issuer -- --algorithm RS256', 'sign tokens with another algorithm'],
  ],
  define: (command) => {
    command
      .option('--port <port>', 'the port on 127.0.0.1; 0 for any free one', integerFrom(0, 65_535), issuerPort)
      .addOption(
        new Option('--algorithm <name>', 'the algorithm that signs tokens').choices(algorithms).default('ES256'),
      );
  },
  notes: `A country accepts its tokens if it is started with:

  ${environmentFor(origin)} npm run start:${example}

To get a token: npm run --silent token -- --help
To rotate the key, as issuers do from time to time: curl -X POST ${origin}/rotate`,
  run: async (options) => {
    const signals = listenForSignals();
    const { issuer, stop } = await startLocalIssuer(options).catch((error: unknown) => {
      throw isPortTaken(error)
        ? new IssuerError(`${error.message}. Another program uses this port; choose another one with --port.`)
        : error;
    });
    console.log(`The issuer runs at ${issuer}, and gives any client any role. A country accepts its tokens if it is started with:

  ${environmentFor(issuer)} npm run start:${example}

Ctrl-C stops it.`);
    await whenAborted(signals.stop);
    await stop();
    return 0;
  },
  exitCodeFor,
});

function isPortTaken(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

function environmentFor(issuer: string): string {
  const name = example.toUpperCase();
  return `NODE_ENV=development ${name}_OIDC_ISSUER=${issuer} ${name}_OIDC_AUDIENCE=${defaultAudience(example)}`;
}
