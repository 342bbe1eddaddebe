import { CreateIndex1764600000000 } from './1-create-index.js';

/** Every migration, in order. */
export const migrations = [CreateIndex1764600000000];
