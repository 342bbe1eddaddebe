/** @apollo/gateway reads this variable when it is loaded: without it, it connects to its vendor. */
process.env['APOLLO_TELEMETRY_DISABLED'] = 'true';
