import type { Loader } from '../../model/loader.js';
import type { Administration, AdministrationData, Listed, PeerSolution, PeerSolutions } from './data.js';

interface AdministrationResponse {
  readonly organisation: Administration | null;
  readonly peers: AdministrationData['peers'];
}

interface PeerSolutionsResponse {
  readonly own:
    | (Pick<Listed<unknown>, 'pageInfo'> & { readonly nodes: readonly ({ readonly id: string } | null)[] })
    | null;
  readonly solutions:
    | (Listed<PeerSolution> & {
        readonly unknown: number | null;
        readonly staleCatalogues: readonly string[] | null;
      })
    | null;
}

/** Loads an administration, then what those similar to it use: who is similar follows from its kind and its number of inhabitants. */
export const loadAdministration: Loader<AdministrationData> = async ({ language, search, params, execute, found }) => {
  const id = params['*'] ?? '';
  const parameter = (name: string): string | undefined => search.get(name) ?? undefined;
  const country = id.slice(0, 2).toUpperCase();
  const asOf = parameter('asOf');
  const isAbroadLeftOut = search.has('peersAtHome');
  const { organisation, peers } = await execute<AdministrationResponse>('administration', {
    id,
    language,
    asOf,
    adoptionsAfter: parameter('adoptionsAfter'),
    needsAfter: parameter('needsAfter'),
    peersAfter: parameter('peersAfter'),
    peersIn: isAbroadLeftOut ? [country] : undefined,
  });
  const administration = found(isAdministration(organisation) ? organisation : null);
  return {
    administration,
    peers,
    peerSolutions: await loadPeerSolutions(administration),
    asOf: asOf ?? null,
    isAbroadLeftOut,
  };

  async function loadPeerSolutions({ kind, population }: Administration): Promise<PeerSolutions | null> {
    if (population === null) return null;
    const range = similarPopulation(population.count);
    const usedIn = search.has('usedAtHome') ? [country] : undefined;
    const { own, solutions } = await execute<PeerSolutionsResponse>('peer-solutions', {
      id,
      kind,
      population: range,
      usedIn,
      language,
      after: parameter('solutionsAfter'),
    });
    if (!own || !solutions) return null;
    const used = new Set(own.nodes.map((solution) => solution?.id));
    const { nodes, ...rest } = solutions;
    const listed = nodes.filter((solution) => solution !== null);
    const others = listed.filter((solution) => !used.has(solution.id)).sort(byPeers);
    return {
      ...rest,
      population: range,
      usedIn,
      solutions: others,
      usedItself: listed.length - others.length,
      isOwnUseCut: own.pageInfo.hasNextPage,
    };
  }
};

/** The id may be that of a consortium, which has a page of its own. */
const isAdministration = (organisation: Administration | null): boolean =>
  organisation?.__typename.endsWith('Administration') === true;

/**
 * What most of the similar administrations use comes first. A page has as many solutions as the graph allows, those with the most users
 * in all, so that it has all of them unless there are hundreds.
 */
const byPeers = (one: PeerSolution, other: PeerSolution): number =>
  (other.adoptions?.totalCount ?? 0) - (one.adoptions?.totalCount ?? 0);

/** The sizes that the graph calls similar (`PeerCriterion.POPULATION`): one of two has at most twice as many inhabitants as the other. */
const similarPopulation = (count: number): { min: number; max: number } => ({
  min: Math.ceil(count / 2),
  max: Math.min(count * 2, maxInt),
});

/** The largest `Int` of GraphQL. */
const maxInt = 2_147_483_647;
