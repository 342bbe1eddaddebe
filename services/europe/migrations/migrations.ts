import { CreateIndex1764902000000 } from './1-create-index.js';
import { KeepClaims1764700000001 } from './2-keep-claims.js';

/** Every migration, in order. */
export const migrations = [CreateIndex1764902000000, KeepClaims1764700000001];
