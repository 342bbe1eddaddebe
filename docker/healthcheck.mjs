/** The health check of a container: exit code 0 if its process is ready, by HEALTH_PORT (default: 4000, the gateway's port). */
const port = process.env.HEALTH_PORT || '4000';
const response = await fetch(`http://127.0.0.1:${port}/health/ready`, { signal: AbortSignal.timeout(4_000) });
console.log(await response.text());
process.exitCode = response.ok ? 0 : 1;
