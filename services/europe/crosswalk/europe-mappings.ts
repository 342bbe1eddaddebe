import { parse } from 'csv-parse/sync';

import { readProjectFile } from '../../../schema/files.js';

/** Europe's mapping of a code to a topic. */
export interface EuropeMapping {
  readonly scheme: string;
  readonly notation: string;
  readonly relation: string;
  readonly topic: string;
  readonly source: string;
  readonly method: string;
  readonly note: string;
}

/** Europe's mappings, written from the labels of the code lists. */
export const europeMappings: readonly EuropeMapping[] = parse(
  readProjectFile('services/europe/search/topic-mappings.csv'),
  { columns: true, bom: true },
);
