import type { Attack } from './attack.js';
import { abandonedRequests } from './attacks/abandoned-requests.js';
import { cheapRequests } from './attacks/cheap-requests.js';
import { clientAttacks } from './attacks/clients.js';
import { countryAttacks } from './attacks/countries.js';
import { expensiveOperations } from './attacks/expensive-operations.js';
import { falseStatements } from './attacks/false-statements.js';
import { idleConnections } from './attacks/idle-connections.js';
import { portalAttacks } from './attacks/portal.js';
import { slowBodies } from './attacks/slow-bodies.js';
import { unreadResponses } from './attacks/unread-responses.js';

/** Every attack, in the order in which they are played. */
export const attacks: readonly Attack[] = [
  ...clientAttacks,
  ...expensiveOperations,
  ...cheapRequests,
  ...idleConnections,
  unreadResponses,
  slowBodies,
  abandonedRequests,
  ...portalAttacks,
  ...countryAttacks,
  ...falseStatements,
];
