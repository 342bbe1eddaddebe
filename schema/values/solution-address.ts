import { parseUrl } from './parse-url.js';
import { parseRepositoryPath } from './repository-path.js';

/**
 * Why a text is not a solution address: stable codes, the same in every language that implements the vectors, and the end of a
 * sentence that begins with the text.
 */
export const addressErrors = {
  EMPTY: 'is empty',
  TOO_LONG: 'is too long for an address',
  CHARACTER: 'contains a space, a control character or a backslash',
  SCHEME: 'does not lead to a repository: its scheme is none of https, http, ssh, git, svn and hg',
  HOST: 'names no public host',
  PATH: 'names no repository on its host',
  ENCODING: 'is not percent-encoded UTF-8',
  URN: 'is not a valid urn:<country>:solution:<name in small letters, digits and hyphens>',
} as const;
export type AddressError = keyof typeof addressErrors;

export type AddressResult =
  | { readonly address: string; readonly fault: null }
  | { readonly address: null; readonly fault: AddressError };

/** The maximum length of a canonical address. It is ASCII, so this is also its number of bytes. */
export const maxAddressLength = 500;

const schemes = /^(?:(?:git|hg|svn)\+)?(?:https?|ssh|git|svn|hg)$/;
/** Dropped whatever the scheme, so that one place reached by two schemes is one address. */
const defaultPorts = new Set([22, 80, 443, 9418]);
const urn = /^urn:[a-z]{2}:solution:[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/;

/**
 * The canonical address of a solution: where its source is, written in one way only.
 *
 *     address    = repository [ "//" product ] / urn
 *     repository = host [ ":" port ] 1*( "/" segment )        github.com/os2mo/os2mo
 *     product    = segment *( "/" segment )                   one product of a monorepo: gitlab.com/group/apps//apps/portal
 *     urn        = "urn:" country ":solution:" local          a service, or what has no public repository
 *
 * Without scheme, user, `www.`, `.git`, query, fragment and empty segments; the host in lower case, in ASCII (UTS 46) and
 * without a final dot; the path decoded, in NFC, and percent-encoded where it is not unreserved or one of `+@:,;=$&`.
 * A port other than 22, 80, 443 and 9418 is another server and stays, but for that of ssh, which serves the same repositories
 * as the web server beside it. IP addresses and names that only one network knows are not public hosts. `parseRepositoryPath` parses
 * the path. Parsing a canonical address again changes nothing.
 */
export function parseSolutionAddress(text: string): AddressResult {
  const trimmed = text.trim();
  if (trimmed === '') return no('EMPTY');
  if (trimmed.length > 4 * maxAddressLength) return no('TOO_LONG');
  if (/[\s\\\p{Cc}]/u.test(trimmed)) return no('CHARACTER');
  if (/^urn:/i.test(trimmed)) return urn.test(trimmed.toLowerCase()) ? yes(trimmed.toLowerCase()) : no('URN');

  const place = splitAddress(trimmed);
  if (typeof place === 'string') return no(place);
  const named = parseHost(place.host);
  if (named === null) return no('HOST');
  const port = parsePort(place);
  if (port === null) return no('HOST');
  const { host, path: pagePath } = toForge(named, place.path);
  const path = parseRepositoryPath(host, pagePath);
  return path.fault === null ? yes(host + port + path.path) : no(path.fault);
}

/** The canonical address, or null if the text is not a valid address. */
export const toSolutionAddress = (text: string): string | null => parseSolutionAddress(text).address;

const no = (fault: AddressError): AddressResult => ({ address: null, fault });
const yes = (address: string): AddressResult =>
  address.length > maxAddressLength ? no('TOO_LONG') : { address, fault: null };

interface Place {
  readonly scheme: string;
  readonly host: string;
  readonly port: string;
  readonly path: string;
}

/**
 * Scheme, host, port and path of a URL, of git's `user@host:path`, or of an address without scheme. `host:123/path` without a
 * user is a port: so addresses write it.
 */
function splitAddress(text: string): Place | 'SCHEME' | 'HOST' {
  const [, scheme = ''] = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text) ?? [];
  if (scheme !== '' && !schemes.test(scheme.toLowerCase())) return 'SCHEME';
  if (scheme === '') {
    const [, user, host, path] = /^(?:([^/:@?#]+)@)?([^/:@?#]+):(?!\/\/)(.*)$/.exec(text) ?? [];
    if (host !== undefined && path !== undefined && (user !== undefined || !/^\d+(?:[/?#]|$)/.test(path))) {
      return { scheme: 'ssh', host, port: '', path: withoutQuery(path) };
    }
  }
  const rest = scheme === '' ? text : text.slice(scheme.length + '://'.length);
  const [authority = ''] = /^[^/?#]*/.exec(rest) ?? [];
  const [, host, port = ''] = /^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(authority.replace(/^.*@/, '')) ?? [];
  if (host === undefined) return 'HOST';
  return { scheme: scheme.toLowerCase(), host, port, path: withoutQuery(rest.slice(authority.length)) };
}

const withoutQuery = (path: string): string => path.replace(/[?#].*$/, '');

/** Other hosts of a forge, for git over port 443. */
const otherHosts: ReadonlyMap<string, string> = new Map([
  ['ssh.github.com', 'github.com'],
  ['altssh.gitlab.com', 'gitlab.com'],
  ['altssh.bitbucket.org', 'bitbucket.org'],
  ['codeload.github.com', 'github.com'],
]);

/** The forge of a host that serves its repositories or the raw content of their files, and the path of the page there. */
function toForge(host: string, path: string): { readonly host: string; readonly path: string } {
  if (host === 'raw.githubusercontent.com' || host === 'raw.github.com')
    return { host: 'github.com', path: path.replace(/^(\/+[^/]+\/+[^/]+)\/+(?=[^/])/, '$1/raw/') };
  if (host === 'api.github.com') return { host: 'github.com', path: path.replace(/^\/+repos(?=\/)/, '') };
  return { host: otherHosts.get(host) ?? host, path };
}

function parseHost(host: string): string | null {
  const url = parseUrl(`https://${host}/`);
  const name = url?.hostname.replace(/\.+$/, '').replace(/^(?:www\.)+(?=[^.]+\.)/, '') ?? '';
  if (!/^[a-z0-9_-]+(?:\.[a-z0-9_-]+)+$/.test(name) || name.length > 253) return null;
  return /\.(?:\d+|local|localhost|internal)$/.test(name) ? null : name;
}

/** The part after the host, `''` or `:8443`. Null if it is not a valid port. */
function parsePort({ scheme, port }: Place): string | null {
  const number = Number(port);
  if (port !== '' && (number < 1 || number > 65_535)) return null;
  return port === '' || scheme.endsWith('ssh') || defaultPorts.has(number) ? '' : `:${String(number)}`;
}
