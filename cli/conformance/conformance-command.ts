import { parseUrl } from '../../schema/values/parse-url.js';
import { type Cli, type CommandUsage, runCli, UsageError } from '../../services/kit/cli.js';
import { ConfigError } from '../../services/kit/config/config.js';
import { readSecrets } from '../../services/kit/config/subgraph-secrets.js';
import { describeSubgraph, examine, NotACountryError, type Outcome } from './examine.js';

interface CommandLine {
  readonly country?: string;
  readonly json?: boolean;
}

/** Where the command prints its results and its errors. */
type Output = Pick<Console, 'log' | 'error'>;

/** The command `npm run conformance`. Returns its exit code. */
export function conformanceCommand(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  output: Output,
): Promise<number> {
  const cli: Cli<CommandLine> = {
    ...usage,
    run: async ({ country, json = false }, [url = '']) => {
      if (!/^https?:$/.test(parseUrl(url)?.protocol ?? '')) {
        throw new UsageError(
          `${JSON.stringify(url)} is not an http or https address, such as http://127.0.0.1:4001/subgraph.`,
        );
      }
      return report({ url, secret: readSecret(environment), code: country, json }, output);
    },
    exitCodeFor: (error) => (error instanceof NotACountryError || error instanceof ConfigError ? 2 : undefined),
  };
  return runCli(cli, args, output);
}

const usage: CommandUsage<CommandLine> = {
  description: `Checks a running subgraph of a country, in whatever language it is written, against the contract, and writes nothing.
A failed check is printed with its reason, the request, and the expected and the received result; a check for which the
catalogue has no data is printed as untried.`,
  examples: [
    ['npm run conformance -- http://127.0.0.1:4001/subgraph', 'every check'],
    ['npm run conformance -- https://catalogue.example/subgraph --country FR', 'and it must be of France'],
    ['npm run conformance -- http://127.0.0.1:4001/subgraph --json', 'for a program'],
  ],
  define: (command) => {
    command
      .argument('<url>', 'the URL of its /subgraph endpoint')
      .option('--country <code>', 'the country that it must be of (default: any)')
      .option('--json', 'print the outcomes as one JSON array');
  },
  notes: `SUBGRAPH_SECRETS, or the file SUBGRAPH_SECRETS_FILE, is the secret that the subgraph requires, if any: the one that it was
started with (such as BELGIUM_SUBGRAPH_SECRETS). npm start generates a secret unless you set one before.

Exit code: 0 it conforms, 1 a check failed, 2 it cannot be queried, or the command line is wrong.`,
};

function readSecret(environment: NodeJS.ProcessEnv): string | undefined {
  if (!environment['SUBGRAPH_SECRETS'] && !environment['SUBGRAPH_SECRETS_FILE']) return undefined;
  return readSecrets('SUBGRAPH_SECRETS', environment)[0];
}

interface Report {
  readonly url: string;
  readonly secret: string | undefined;
  /** The country that it must be of. Undefined: any. */
  readonly code: string | undefined;
  readonly json: boolean;
}

async function report({ url, secret, code, json }: Report, output: Output): Promise<number> {
  const outcomes: Outcome[] = [];
  for await (const outcome of examine(await describeSubgraph(url, secret, code))) {
    outcomes.push(outcome);
    if (!json) output.log(formatOutcome(outcome));
  }
  const count = (result: Outcome['result']): number => outcomes.filter((outcome) => outcome.result === result).length;
  output.log(
    json
      ? JSON.stringify(outcomes, null, 2)
      : `${count('PASSED')} passed, ${count('FAILED')} failed, ${count('UNTRIED')} untried for lack of data.`,
  );
  return count('FAILED') === 0 ? 0 : 1;
}

/** Prints at most this many findings of a check. */
function formatOutcome({ name, why, result, findings }: Outcome, maxFindings = 5): string {
  if (result !== 'FAILED') return `${result === 'PASSED' ? 'passed ' : 'untried'}  ${name}`;
  const shown = findings
    .slice(0, maxFindings)
    .map(
      ({ request, expected, received }) =>
        `         request:  ${request}\n         expected: ${expected}\n         received: ${received}`,
    );
  const left =
    findings.length > maxFindings ? [`         … and ${findings.length - maxFindings} more; --json prints all.`] : [];
  return [`FAILED   ${name}`, `         ${why}`, ...shown, ...left].join('\n');
}
