import { CreateIndex1764400000000 } from './1-create-index.js';

/** Every migration, in order. */
export const migrations = [CreateIndex1764400000000];
