import { randomUUID } from 'node:crypto';

import type { NationalCatalogue } from '../../../model/national-catalogue.js';

/** Generates an unused id: `dk:membership:…`. */
export const newId = ({ code }: Pick<NationalCatalogue, 'code'>, type: string): string =>
  `${code.toLowerCase()}:${type}:${randomUUID()}`;
