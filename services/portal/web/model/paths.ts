/** The paths of pages, without the language with which they begin: `PageLink` adds that of the reader. */

/** An id in a path. Its slashes remain, as in the addresses of repositories, and colons are allowed in a path. */
const encodeId = (id: string): string => encodeURIComponent(id).replaceAll('%2F', '/').replaceAll('%3A', ':');

export const homePath = '/';
export const aboutPath = '/about';
export const formatsPath = '/formats';
export const checkPath = '/check';
export const acrossBordersPath = '/across-borders';
export const timelinePath = '/timeline';
export const suppliersPath = '/suppliers';
export const cataloguesPath = '/catalogues';
export const cataloguePath = (country: string): string => `/catalogues/${encodeId(country)}`;
export const solutionPath = (id: string): string => `/solutions/${encodeId(id)}`;
export const administrationPath = (id: string): string => `/administrations/${encodeId(id)}`;
export const consortiumPath = (id: string): string => `/consortia/${encodeId(id)}`;
export const needPath = (id: string): string => `/needs/${encodeId(id)}`;

/** The page of an organisation, by its id: `dk:administration:0820`, `be:consortium:0841470248`. */
export const organisationPath = (id: string): string =>
  id.split(':', 2)[1] === 'consortium' ? consortiumPath(id) : administrationPath(id);

/** The page of an object of the graph, by its id. */
export function objectPath(id: string): string {
  const [, country = '', kind] = /^([a-z]{2}):(administration|catalogue|consortium|need)(?::|$)/.exec(id) ?? [];
  if (kind === undefined) return solutionPath(id);
  if (kind === 'catalogue') return cataloguePath(country.toUpperCase());
  return kind === 'need' ? needPath(id) : organisationPath(id);
}

/**
 * Changes parameters of a view and keeps the others: `withParameters(search, { tab: 'users', after: undefined })`.
 * Undefined and empty values leave the parameter out.
 */
export function withParameters(search: string, changes: Readonly<Record<string, string | undefined>>): string {
  const parameters = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === '') parameters.delete(name);
    else parameters.set(name, value);
  }
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}
