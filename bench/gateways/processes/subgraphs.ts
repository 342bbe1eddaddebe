import { countries, europe } from '../../../schema/values/countries.js';
import { variableOf } from '../../../cli/start/settings.js';

/** A subgraph in the configuration of a gateway other than ours. */
export interface SubgraphAddress {
  readonly name: string;
  /** The URL of its `/subgraph`. */
  readonly url: string;
  /** The headers of every request. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Reads the subgraphs from the environment variables of our own gateway, so that the gateways are interchangeable.
 */
export const readSubgraphs = (env: NodeJS.ProcessEnv): SubgraphAddress[] =>
  [...countries, europe].map(({ folder: name }) => {
    const url = env[variableOf(name, 'URL')];
    if (url === undefined) throw new Error(`The environment variable ${variableOf(name, 'URL')} is missing.`);
    // A subgraph may accept several secrets, so that they can be changed one after the other. Clients use the first.
    const [secret = ''] = (env[variableOf(name, 'SUBGRAPH_SECRETS')] ?? '').split(',');
    return { name, url, headers: secret === '' ? {} : { authorization: `Bearer ${secret}` } };
  });
