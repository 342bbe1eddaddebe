import { countries } from '../../schema/values/countries.js';
import { openGraphQLClient } from '../http-client.js';
import type { Graph } from '../graph.js';

/** A code that identifies an administration. */
export interface Code {
  readonly scheme: string;
  readonly notation: string;
}

const maxPages = 3;

interface Page {
  readonly nodes: readonly { readonly identifiers: readonly Code[] }[];
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
}

/** Reads several hundred codes of each country: the first of each administration. */
export async function readCodes(graph: Graph): Promise<Code[][]> {
  return Promise.all(
    countries.map(async ({ folder }) => {
      const client = openGraphQLClient(graph.url(folder), 1);
      const query = `query ($after: String) { ${folder} { administrations(first: 200, after: $after) {
        nodes { identifiers { scheme notation } } pageInfo { endCursor hasNextPage }
      } } }`;
      const codes: Code[] = [];
      try {
        for (let number = 0, after: string | null = null; number < maxPages; number += 1) {
          const data = (await client.readData(query, { after })) as Record<string, { administrations: Page }>;
          const { nodes, pageInfo } = data[folder]?.administrations ?? missing(folder);
          codes.push(...nodes.flatMap(({ identifiers }) => identifiers.slice(0, 1)));
          if (!pageInfo.hasNextPage) break;
          after = pageInfo.endCursor;
        }
        return codes;
      } finally {
        await client.close();
      }
    }),
  );
}

function missing(folder: string): never {
  throw new Error(`The response has no data of ${folder}.`);
}
