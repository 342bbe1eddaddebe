// @apollo/gateway would otherwise start an exporter to its vendor and ask cloud metadata services where it runs.
// Import this before it.
process.env['APOLLO_TELEMETRY_DISABLED'] = 'true';
