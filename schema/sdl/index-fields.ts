import { byCoordinates } from './coordinates.js';

/** The fields of Query that Europe's index answers. Of the others some say which country to ask, and some are a country. */
const rootsOfIndex = ['administrations', 'catalogueStatus', 'consortia', 'reuseMatrix', 'solution', 'solutions'];

const ofIndex = new Set(rootsOfIndex.map((field) => `Query.${field}`));

/** What whoever names a solution can say of it without asking the index. */
const ofNamer = new Set(['Solution.address', 'Solution.__typename']);

const isOfIndex = (coordinate: string): boolean =>
  ofIndex.has(coordinate) || (coordinate.startsWith('Solution.') && !ofNamer.has(coordinate));

/** Whether an operation asks for something from Europe's index, which may be behind a country. */
export const readsIndex = byCoordinates((asked) => [...asked].some(isOfIndex));
