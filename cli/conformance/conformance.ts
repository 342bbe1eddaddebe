/** `npm run conformance -- <url>`: holds a running subgraph against the contract. `--help` says how. */
import { parseArgs } from 'node:util';

import { parseUrl } from '../../schema/values/parse-url.js';
import { ConfigError } from '../../services/kit/config/config.js';
import { readSecrets } from '../../services/kit/config/subgraph-secrets.js';
import { examine, meet, NoCountry, type Outcome } from './examine.js';

const usage = `Holds a running subgraph of a country, in whatever language it is written, against the contract.

  npm run conformance -- http://127.0.0.1:4001/subgraph
  npm run conformance -- https://catalogue.example/subgraph --country FR
  npm run conformance -- http://127.0.0.1:4001/subgraph --json

It only reads. What fails is told with the request, what was expected and why; what its data gives nothing to try on is named too.

  --country <code>   the country that it should be of (what it says)
  --json             for machines: one list

  SUBGRAPH_SECRETS   what opens it, or SUBGRAPH_SECRETS_FILE; none where it asks for none. That is what it was started with
                     (BELGIUM_SUBGRAPH_SECRETS); npm start makes up its own where none is set, so set one before

Exit code: 0 it conforms, 1 something fails, 2 it could not be asked.`;

process.exitCode = await main(process.argv.slice(2), process.env);

async function main(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  try {
    const options = {
      country: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    if (values.help) {
      console.log(usage);
      return 0;
    }
    const [url] = positionals;
    if (url === undefined || positionals.length > 1 || !/^https?:$/.test(parseUrl(url)?.protocol ?? '')) {
      console.error(
        'Name the address of one subgraph: npm run conformance -- http://127.0.0.1:4001/subgraph (See --help.)',
      );
      return 2;
    }
    return await report(url, secretIn(environment), values.country, values.json);
  } catch (error) {
    const isOurs = error instanceof NoCountry || error instanceof ConfigError;
    if (!isOurs && !String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS')) throw error;
    console.error((error as Error).message);
    return 2;
  }
}

function secretIn(environment: NodeJS.ProcessEnv): string | undefined {
  if (!environment['SUBGRAPH_SECRETS'] && !environment['SUBGRAPH_SECRETS_FILE']) return undefined;
  return readSecrets('SUBGRAPH_SECRETS', environment)[0];
}

async function report(
  url: string,
  secret: string | undefined,
  code: string | undefined,
  json: boolean,
): Promise<number> {
  const outcomes: Outcome[] = [];
  for await (const outcome of examine(await meet(url, secret, code))) {
    outcomes.push(outcome);
    if (!json) console.log(inWords(outcome));
  }
  const count = (result: Outcome['result']): number => outcomes.filter((outcome) => outcome.result === result).length;
  if (json) console.log(JSON.stringify(outcomes, null, 2));
  else
    console.log(
      `${count('PASSED')} passed, ${count('FAILED')} failed, ${count('UNTRIED')} could not be tried on its data.`,
    );
  return count('FAILED') === 0 ? 0 : 1;
}

const most = 5;

function inWords({ name, why, result, findings }: Outcome): string {
  if (result !== 'FAILED') return `${result === 'PASSED' ? 'passed ' : 'untried'}  ${name}`;
  const shown = findings
    .slice(0, most)
    .map(
      ({ request, expected, received }) =>
        `         asked:    ${request}\n         expected: ${expected}\n         received: ${received}`,
    );
  const left = findings.length > most ? [`         … and ${findings.length - most} more; --json has them all.`] : [];
  return [`FAILED   ${name}`, `         ${why}`, ...shown, ...left].join('\n');
}
