import { byCoordinates } from './coordinates.js';

/** The fields of Query that Europe's index resolves. Of the others, some name a country, and some are a country. */
const rootsOfIndex = [
  'administrations',
  'adoptions',
  'catalogueStatus',
  'codes',
  'consortia',
  'crosswalk',
  'needs',
  'peers',
  'reuseChanges',
  'reuseCheck',
  'reuseCheckRecord',
  'reuseMatrix',
  'solution',
  'solutionChanges',
  'solutions',
  'suppliers',
];

const ofIndex = new Set(rootsOfIndex.map((field) => `Query.${field}`));

/** The fields of a solution that need no index. */
const ofNamer = new Set(['Solution.address', 'Solution.__typename']);

const isOfIndex = (coordinate: string): boolean =>
  ofIndex.has(coordinate) || (coordinate.startsWith('Solution.') && !ofNamer.has(coordinate));

/** Whether an operation reads from Europe's index, which may lag behind a country. */
export const readsIndex = byCoordinates((coordinates) => [...coordinates].some(isOfIndex));
