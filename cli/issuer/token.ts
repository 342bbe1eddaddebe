/** `npm run --silent token`: prints an access token of the local issuer. `--help` says how it is used. */
import { parseArgs } from 'node:util';

import { countries } from '../../schema/values/countries.js';
import { readRole, roleForms } from '../../services/catalogue/auth/roles.js';
import { isLoopback } from '../../services/kit/auth/loopback.js';
import { audienceOf, Complaint, complaintOf, issuerPort } from './local.js';

const folders = countries.map(({ folder }) => folder);

const usage = `Prints an access token of the local issuer (npm run issuer), for development.

  npm run --silent token -- --country belgium --role catalogue-editor
  npm run --silent token -- --country belgium --role consortium-editor:be:consortium:0841470248 --role reader
  npm run --silent token -- --country denmark --role administrator --subject mette --expires-in 60

  --country     whose catalogue takes it: ${folders.join(', ')}
  --role        what whoever shows it may do, any number of times:
${roleForms.map((form) => `                  ${form}`).join('\n')}
  --subject     who it is given to (developer)
  --expires-in  how long it is good, in seconds (3600)
  --issuer      where the issuer is (<COUNTRY>_OIDC_ISSUER, or http://127.0.0.1:${issuerPort})
  --audience    how the catalogue is named (<COUNTRY>_OIDC_AUDIENCE, or reuse-graph-<country>)

It is shown so: curl -H "authorization: Bearer $(npm run --silent token -- --country belgium --role reader)" …`;

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  try {
    const request = readRequest(args);
    console.log(request === 'help' ? usage : await requestToken(request));
    return 0;
  } catch (error) {
    console.error(complaintOf(error));
    return 2;
  }
}

/** What is sent to the issuer, and where. */
interface TokenRequest {
  readonly issuer: string;
  readonly form: URLSearchParams;
}

function readRequest(args: readonly string[]): TokenRequest | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      country: { type: 'string' },
      role: { type: 'string', multiple: true },
      subject: { type: 'string' },
      'expires-in': { type: 'string' },
      issuer: { type: 'string' },
      audience: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return 'help';
  const { country = '', role: roles = [], subject = 'developer', 'expires-in': expiresIn = '3600' } = values;
  if (!folders.includes(country)) throw new Complaint(`--country must be one of ${folders.join(', ')}.`);
  const unknown = roles.find((role) => readRole(role) === null);
  if (unknown !== undefined) throw new Complaint(`There is no role "${unknown}"; there is ${roleForms.join(', ')}.`);
  const set = (what: string): string | undefined => process.env[`${country.toUpperCase()}_OIDC_${what}`] || undefined;
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: subject,
    audience: values.audience ?? set('AUDIENCE') ?? audienceOf(country),
    expires_in: expiresIn,
  });
  for (const role of roles) form.append('role', role);
  return { issuer: values.issuer ?? set('ISSUER') ?? `http://127.0.0.1:${issuerPort}`, form };
}

async function requestToken({ issuer, form }: TokenRequest): Promise<string> {
  if (!isHere(issuer)) throw new Complaint(`${issuer} is no local issuer: ask your login system for a token.`);
  const response = await fetch(new URL('/token', issuer), { method: 'POST', body: form }).catch(() => {
    throw new Complaint(`Nobody answers at ${issuer}. Start the local issuer: npm run issuer`);
  });
  const answer = (await response.json()) as { access_token?: string; error_description?: string };
  if (answer.access_token === undefined) throw new Complaint(answer.error_description ?? `${issuer} gives no token.`);
  return answer.access_token;
}

function isHere(issuer: string): boolean {
  try {
    return isLoopback(new URL(issuer).hostname);
  } catch {
    return false;
  }
}
