/** Read by @apollo/gateway when it is loaded: without it, it looks for its vendor. */
process.env['APOLLO_TELEMETRY_DISABLED'] = 'true';
