/** `npm run --silent token`: prints an access token of the local issuer. */
import { InvalidArgumentError, Option } from 'commander';

import { countries } from '../../schema/values/countries.js';
import { parseRole, roleFormats } from '../../services/catalogue/auth/roles.js';
import { isLoopback } from '../../services/kit/auth/loopback.js';
import { integerFrom, runCli, UsageError } from '../../services/kit/cli.js';
import { defaultAudience, exitCodeFor, issuerPort, IssuerError } from './local.js';

const folders = countries.map(({ folder }) => folder);

interface CommandLine {
  readonly country?: string;
  readonly role?: readonly string[];
  readonly subject: string;
  readonly expiresIn: number;
  readonly issuer?: string;
  readonly audience?: string;
}

process.exitCode = await runCli<CommandLine>({
  description: 'Prints an access token of the local issuer (npm run issuer), for development.',
  examples: [
    ['npm run --silent token -- --country belgium --role catalogue-editor', 'for an editor of the catalogue'],
    [
      'npm run --silent token -- --country belgium --role consortium-editor:be:consortium:0841470248 --role reader',
      'for a user with two roles',
    ],
    [
      'npm run --silent token -- --country denmark --role administrator --subject mette --expires-in 60',
      'for the user mette, valid for a minute',
    ],
  ],
  define: (command) => {
    command
      .addOption(new Option('--country <country>', 'the country whose catalogue accepts it; required').choices(folders))
      .option('--role <role>', `a role of the user; repeatable:\n${roleFormats.join('\n')}`, collectRoles)
      .option('--subject <name>', 'the user that it is issued to', 'developer')
      .option('--expires-in <seconds>', 'its lifetime in seconds', integerFrom(0, 999_999), 3600)
      .option(
        '--issuer <url>',
        `the URL of the issuer (default: <COUNTRY>_OIDC_ISSUER, or http://127.0.0.1:${issuerPort})`,
      )
      .option(
        '--audience <name>',
        'the name of the catalogue (default: <COUNTRY>_OIDC_AUDIENCE, or reuse-graph-<country>)',
      );
  },
  notes: `To send it: curl -H "authorization: Bearer $(npm run --silent token -- --country belgium --role reader)" …`,
  run: async (commandLine) => {
    console.log(await requestToken(toRequest(commandLine)));
    return 0;
  },
  exitCodeFor,
});

function collectRoles(text: string, earlier: readonly string[] = []): string[] {
  if (parseRole(text) === null) throw new InvalidArgumentError(`The roles are ${roleFormats.join(', ')}.`);
  return [...earlier, text];
}

/** The form that is sent to the issuer, and the issuer's URL. */
interface TokenRequest {
  readonly issuer: string;
  readonly form: URLSearchParams;
}

function toRequest({ country, role = [], subject, expiresIn, issuer, audience }: CommandLine): TokenRequest {
  if (country === undefined) throw new UsageError(`--country is required: one of ${folders.join(', ')}.`);
  const set = (what: string): string | undefined => process.env[`${country.toUpperCase()}_OIDC_${what}`] || undefined;
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: subject,
    audience: audience ?? set('AUDIENCE') ?? defaultAudience(country),
    expires_in: String(expiresIn),
  });
  for (const one of role) form.append('role', one);
  return { issuer: issuer ?? set('ISSUER') ?? `http://127.0.0.1:${issuerPort}`, form };
}

async function requestToken({ issuer, form }: TokenRequest): Promise<string> {
  if (!isLocal(issuer)) {
    throw new IssuerError(`${issuer} is not a local issuer. Get a token from your login system instead.`);
  }
  const response = await fetch(new URL('/token', issuer), { method: 'POST', body: form }).catch(() => {
    throw new IssuerError(`No issuer responds at ${issuer}. Start the local issuer: npm run issuer`);
  });
  const payload = (await response.json()) as { access_token?: string; error_description?: string };
  if (payload.access_token === undefined)
    throw new IssuerError(payload.error_description ?? `${issuer} gives no token.`);
  return payload.access_token;
}

function isLocal(issuer: string): boolean {
  try {
    return isLoopback(new URL(issuer).hostname);
  } catch {
    return false;
  }
}
