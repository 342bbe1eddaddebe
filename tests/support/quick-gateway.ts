/**
 * The variables of a gateway that does not plan the operations of its playground first, which takes longer than the rest of its start.
 * The code that plans the first operation of a client has then not run before, and so may take longer.
 */
export const quickGateway = { PLAYGROUND: 'false', PLANNING_TIMEOUT_MS: '30000' } as const;
