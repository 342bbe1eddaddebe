/** A database cannot be connected to: told to those who run the service, without the password. No client sees it. */
export class DatabaseUnavailableError extends Error {
  override readonly name = 'DatabaseUnavailable';
  readonly code: string | undefined;

  constructor(url: string, error: unknown) {
    const { code } = error as { code?: string };
    super([describeConnectionError(url, error), ...hintFor(code)].join('. '));
    this.code = code;
  }
}

/** `cannot connect to the database belgium at localhost:5432 as belgium: connect ECONNREFUSED 127.0.0.1:5432` */
export function describeConnectionError(url: string, error: unknown): string {
  const { host, username, pathname } = new URL(url);
  return `cannot connect to the database ${pathname.slice(1)} at ${host} as ${username}: ${reasonOf(error)}`;
}

/** A name with several addresses fails once for each, under one error that says nothing itself. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}

/** By the codes of PostgreSQL and of Node; of other reasons the words say enough. */
function hintFor(code = ''): string[] {
  if (['28P01', '28000', '3D000'].includes(code))
    return ['Databases, their roles and passwords are made with: npm run roles -- --help'];
  if (['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH'].includes(code))
    return ['Is PostgreSQL running there, and is that its address?'];
  return [];
}
