export type RepositoryPathResult =
  | { readonly path: string; readonly fault: null }
  | { readonly path: null; readonly fault: 'PATH' | 'ENCODING' | 'CHARACTER' };

interface Forge {
  /** How many segments name a repository; null if groups nest, so that there is no such number. */
  readonly depth: number | null;
  /** First segments that are the forge's own and not an owner. */
  readonly reserved: readonly string[];
}

/** The forges for which `/OS2mo/os2mo` and `/os2mo/OS2MO` are one repository. */
export const forges: ReadonlyMap<string, Forge> = new Map([
  ['github.com', { depth: 2, reserved: ['orgs', 'users', 'topics', 'sponsors'] }],
  ['codeberg.org', { depth: 2, reserved: ['org', 'explore'] }],
  ['bitbucket.org', { depth: 2, reserved: ['account', 'dashboard'] }],
  ['gitlab.com', { depth: null, reserved: ['groups', 'users', 'explore'] }],
]);

/**
 * The path of a canonical address, `/os2mo/os2mo` or `/group/apps//apps/portal`.
 *
 * The part after `//` is a product of a monorepo. So is the folder that a page of the forge shows (`/tree/main/apps/portal`,
 * `/-/tree/…`, `/src/branch/main/…`), and the folder of a publiccode.yml; a reference with a slash in its name cannot be
 * distinguished from a folder, so one segment is taken for it. Any other page (a file, the issues, the wiki) is taken for its
 * repository. The case of a repository's name is dropped where the forge ignores it, that of a folder nowhere. A `..` is
 * rejected.
 */
export function parseRepositoryPath(host: string, path: string): RepositoryPathResult {
  const forge = forges.get(host);
  const segments: string[] = [];
  // The number of segments before the first `//`.
  let mark: number | null = null;
  const raw = path.split('/');
  for (const [index, segment] of raw.entries()) {
    const isMark = segment === '' && segments.length >= (forge ? 2 : 1) && index < raw.length - 1;
    if (isMark) mark ??= segments.length;
    const decoded = decode(segment);
    if (decoded === null) return { path: null, fault: 'ENCODING' };
    if (/\p{Cc}/u.test(decoded)) return { path: null, fault: 'CHARACTER' };
    if (decoded === '..') return { path: null, fault: 'PATH' };
    if (decoded !== '' && decoded !== '.') segments.push(decoded);
  }

  const before = segments.slice(0, mark ?? segments.length);
  const length = forge?.depth ?? startOfPage(before, forge ? 2 : 1);
  const repository = withoutGit(forge ? before.slice(0, length).map(lowerCase) : before.slice(0, length));
  const enough = repository.length >= (forge ? 2 : 1);
  if (!enough || forge?.reserved.includes(repository[0] ?? '')) return { path: null, fault: 'PATH' };
  const marked = segments.slice(mark ?? segments.length);
  const product = marked.length > 0 ? marked : folderOfPage(host, before.slice(length));
  return { path: [repository, product].map(encode).join(product.length > 0 ? '/' : ''), fault: null };
}

/** Where a path stops naming the repository: at GitLab's `-`, or its older `tree` and `blob`, or Forgejo's `src/branch`. */
function startOfPage(segments: readonly string[], minLength: number): number {
  // Without `.git`, so that no name becomes such a segment by losing it.
  const names = segments.map(withoutSuffix);
  const start = names.findIndex((segment, index) => {
    if (index < minLength) return false;
    const isForgejo = index >= 2 && segment === 'src' && /^(?:branch|tag|commit)$/.test(names[index + 1] ?? '');
    return segment === '-' || isForgejo || (minLength === 2 && (segment === 'tree' || segment === 'blob'));
  });
  return start === -1 ? segments.length : start;
}

/** The folder that a page of a forge shows, by the segments behind the repository's. Empty for the repository itself. */
function folderOfPage(host: string, page: readonly string[]): readonly string[] {
  const [view, ...rest] = page[0] === '-' ? page.slice(1) : page;
  if (view !== 'tree' && view !== 'blob' && view !== 'src') return [];
  const folder = rest.slice(view === 'src' && host !== 'bitbucket.org' ? 2 : 1);
  const last = folder.at(-1) ?? '';
  if (/^publiccode\.ya?ml$/.test(last)) return folder.slice(0, -1);
  // Forgejo and Bitbucket write files and folders alike.
  const isFile = view === 'blob' || (view === 'src' && /[^.]\.[a-z][a-z0-9]{0,4}$/i.test(last));
  return isFile ? [] : folder;
}

/** Case of ASCII letters only: no forge lets others into a name, and languages differ in theirs. */
const lowerCase = (segment: string): string => segment.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

const withoutSuffix = (segment: string): string => segment.replace(/(?:\.git)+$/, '');

/** `os2mo.git` is `os2mo`, and `repository/.git` is `repository`. */
function withoutGit(segments: readonly string[]): readonly string[] {
  const last = segments.at(-1);
  if (last === undefined) return segments;
  const name = withoutSuffix(last);
  return /^\.*$/.test(name) ? withoutGit(segments.slice(0, -1)) : [...segments.slice(0, -1), name];
}

function decode(segment: string): string | null {
  try {
    const decoded = decodeURIComponent(segment).normalize('NFC');
    encodeURIComponent(decoded);
    return decoded;
  } catch {
    return null;
  }
}

const encode = (segments: readonly string[]): string =>
  segments
    .map((segment) => encodeURIComponent(segment).replace(/%(?:2B|40|3A|2C|3B|3D|24|26)/g, decodeURIComponent))
    .map((segment) => `/${segment}`)
    .join('');
