/** There is no connection to a database. The message is for operators, without the password; clients do not see it. */
export class DatabaseUnavailableError extends Error {
  override readonly name = 'DatabaseUnavailable';
  readonly code: string | undefined;

  constructor(url: string, error: unknown) {
    const { code } = error as { code?: string };
    super([describeConnectionError(url, error), ...getHint(code)].join('. '));
    this.code = code;
  }
}

/** The oldest supported PostgreSQL, which `tests/postgres-versions.test.ts` runs on. */
export const oldestPostgres = 15;

/** The server is too old. */
export class UnsupportedDatabaseError extends Error {
  override readonly name = 'UnsupportedDatabase';
}

/**
 * @param version as PostgreSQL states it, such as `14.2 (Debian 14.2-1)`.
 * @throws UnsupportedDatabaseError
 */
export function requireSupportedVersion(url: string, version: string): void {
  if (Number.parseInt(version, 10) >= oldestPostgres) return;
  const { host, pathname } = new URL(url);
  throw new UnsupportedDatabaseError(
    `the database ${pathname.slice(1)} at ${host} is on PostgreSQL ${version}; the oldest supported version is ${oldestPostgres}`,
  );
}

/** `cannot connect to the database belgium at localhost:5432 as belgium: connect ECONNREFUSED 127.0.0.1:5432` */
export function describeConnectionError(url: string, error: unknown): string {
  const { host, username, pathname } = new URL(url);
  return `cannot connect to the database ${pathname.slice(1)} at ${host} as ${username}: ${getReason(error)}`;
}

/** A host name with several addresses fails once for each; the error that combines them has no message of its own. */
function getReason(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(getReason).join('; ');
  return error instanceof Error ? error.message : String(error);
}

/** By the error codes of PostgreSQL and Node; other errors explain themselves. */
function getHint(code = ''): string[] {
  if (['28P01', '28000', '3D000'].includes(code))
    return ['Databases, their roles and passwords are created with: npm run roles -- --help'];
  if (['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH'].includes(code))
    return ['Is PostgreSQL running there, and is that its address?'];
  return [];
}
