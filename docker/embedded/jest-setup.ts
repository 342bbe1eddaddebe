import { type Cluster, startThrowawayCluster } from './cluster.js';

declare global {
  var testCluster: Cluster | undefined;
}

/** One PostgreSQL for a whole run of tests: each test makes a database of its own in it. */
export default async function setUp(): Promise<void> {
  globalThis.testCluster = await startThrowawayCluster([]);
  process.env['TEST_POSTGRES_URL'] = globalThis.testCluster.administratorUrl;
}
