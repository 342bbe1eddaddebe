import { countries, europe } from '../../../schema/values/countries.js';
import { variableOf } from '../../../cli/start/settings.js';

/** A subgraph, as another gateway than ours has to be told of it. */
export interface SubgraphAddress {
  readonly name: string;
  /** Where its `/subgraph` is. */
  readonly url: string;
  /** What goes with every request. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Reads where the subgraphs are from the variables from which our own gateway reads it, so that each gateway can stand in
 * the place of the other.
 */
export const readSubgraphs = (env: NodeJS.ProcessEnv): SubgraphAddress[] =>
  [...countries, europe].map(({ folder: name }) => {
    const url = env[variableOf(name, 'URL')];
    if (url === undefined) throw new Error(`${variableOf(name, 'URL')} is missing`);
    // A subgraph may know several secrets, so that they can be changed one after the other. Whoever asks uses the first.
    const [secret = ''] = (env[variableOf(name, 'SUBGRAPH_SECRETS')] ?? '').split(',');
    return { name, url, headers: secret === '' ? {} : { authorization: `Bearer ${secret}` } };
  });
