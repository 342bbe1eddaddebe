import { randomUUID } from 'node:crypto';

import { type NationalCatalogue, toRowId } from '../../../model/national-catalogue.js';

/** Generates an unused id: `dk:membership:…`. */
export const newId = (catalogue: Pick<NationalCatalogue, 'code'>, type: string): string =>
  toRowId(catalogue, type, randomUUID());
