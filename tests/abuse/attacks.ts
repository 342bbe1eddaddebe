import type { Attack } from './attack.js';
import { abandonedRequests } from './attacks/abandoned-requests.js';
import { clientAttacks } from './attacks/clients.js';
import { countryAttacks } from './attacks/countries.js';
import { falseStatements } from './attacks/false-statements.js';
import { slowBodies } from './attacks/slow-bodies.js';
import { unreadResponses } from './attacks/unread-responses.js';

/** Every attack, in the order in which they are played. */
export const attacks: readonly Attack[] = [
  ...clientAttacks,
  unreadResponses,
  slowBodies,
  abandonedRequests,
  ...countryAttacks,
  ...falseStatements,
];
