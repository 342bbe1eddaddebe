export type RepositoryPathResult =
  | { readonly path: string; readonly fault: null }
  | { readonly path: null; readonly fault: 'PATH' | 'ENCODING' | 'CHARACTER' };

interface Forge {
  /** How many segments name a repository; null if groups nest, so that there is no such number. */
  readonly depth: number | null;
  /** First segments that are the forge's own and not an owner. */
  readonly reserved: readonly string[];
}

const gitLab: Forge = { depth: null, reserved: ['groups', 'users', 'explore'] };
const gitea: Forge = { depth: 2, reserved: ['org', 'explore'] };
const bitbucketServer: Forge = { depth: 2, reserved: ['account', 'dashboard', 'projects', 'users', 'plugins'] };

/** The forges for which `/OS2mo/os2mo` and `/os2mo/OS2MO` are one repository, where the name of the host does not say so. */
const forges: ReadonlyMap<string, Forge> = new Map([
  ['github.com', { depth: 2, reserved: ['orgs', 'users', 'topics', 'sponsors'] }],
  ['codeberg.org', gitea],
  ['gitea.com', gitea],
  ['bitbucket.org', { depth: 2, reserved: ['account', 'dashboard'] }],
  ...['gitlab.com', 'code.europa.eu', 'framagit.org', 'salsa.debian.org', 'invent.kde.org'].map(
    (host) => [host, gitLab] as const,
  ),
]);

/** Forges whose hosts are named after them: `gitlab.opencode.de`. */
const forgesByName: ReadonlyMap<string, Forge> = new Map([
  ['gitlab', gitLab],
  ['gitea', gitea],
  ['forgejo', gitea],
  ['bitbucket', bitbucketServer],
]);

const forgeOf = (host: string): Forge | undefined =>
  forges.get(host) ?? forgesByName.get(/^([a-z]+)\.[^.]+\.[^.]/.exec(host)?.[1] ?? '');

/**
 * The path of a canonical address, `/os2mo/os2mo` or `/group/apps//apps/portal`.
 *
 * The part after `//` is a product of a monorepo. So is the folder that a page of the forge shows (`/tree/main/apps/portal`,
 * `/-/tree/…`, `/src/branch/main/…`), and the folder of a publiccode.yml; a reference with a slash in its name cannot be
 * distinguished from a folder, so one segment is taken for it. Any other page (a file, its raw content, the issues, the wiki) is
 * taken for its repository. The case of a repository's name is dropped where the forge ignores it, that of a folder nowhere. A
 * `..` is rejected.
 */
export function parseRepositoryPath(host: string, path: string): RepositoryPathResult {
  const segments: string[] = [];
  // The number of segments before the first `//`.
  let mark: number | null = null;
  const minLength = forgeOf(host) ? 2 : 1;
  const raw = path.split('/');
  for (const [index, segment] of raw.entries()) {
    const isMark = segment === '' && segments.length >= minLength && index < raw.length - 1;
    if (isMark) mark ??= segments.length;
    const decoded = decode(segment);
    if (decoded === null) return { path: null, fault: 'ENCODING' };
    if (/\p{Cc}/u.test(decoded)) return { path: null, fault: 'CHARACTER' };
    if (decoded === '..') return { path: null, fault: 'PATH' };
    if (decoded !== '' && decoded !== '.') segments.push(decoded);
  }

  const { forge, segments: before } = ofBitbucketServer(forgeOf(host), segments.slice(0, mark ?? segments.length));
  const length = forge?.depth ?? startOfPage(before, forge);
  const repository = withoutGit(forge ? before.slice(0, length).map(lowerCase) : before.slice(0, length));
  const enough = repository.length >= (forge ? 2 : 1);
  if (!enough || forge?.reserved.includes(repository[0] ?? '')) return { path: null, fault: 'PATH' };
  const marked = segments.slice(mark ?? segments.length);
  const product = marked.length > 0 ? marked : folderOfPage(host, before.slice(length));
  return { path: [repository, product].map(encode).join(product.length > 0 ? '/' : ''), fault: null };
}

/** The pages and the clone addresses of Bitbucket Server name a repository in different ways: `/key/name` is that of ssh. */
function ofBitbucketServer(forge: Forge | undefined, segments: readonly string[]) {
  const [first, key = '', third, name = '', ...page] = segments;
  if (third === 'repos' && name !== '' && (first === 'projects' || first === 'users')) {
    return { forge: bitbucketServer, segments: [first === 'users' ? `~${key}` : key, name, ...page] };
  }
  return { forge, segments: forge === bitbucketServer && first === 'scm' ? segments.slice(1) : segments };
}

/** What GitLab reserves for pages below a project, so that no project or group has such a name. */
const pagesOfGitLab =
  /^(?:-|tree|blob|raw|blame|commits|wikis|find_file|badges|builds|create|edit|files|new|preview|update)$/;
/** Pages of older GitLabs that are followed by a number. */
const numberedPages = /^(?:issues|merge_requests|pipelines|jobs|milestones|snippets)$/;
const referenceKinds = /^(?:branch|tag|commit)$/;

/** Where a path stops naming the repository: at a page of GitLab, Forgejo or Gitea. */
function startOfPage(segments: readonly string[], forge: Forge | undefined): number {
  // Without `.git`, so that no name becomes such a segment by losing it.
  const names = segments.map(withoutSuffix);
  const start = names.findIndex((segment, index) => {
    if (segment === '-') return index >= (forge ? 2 : 1);
    if (index < 2) return false;
    const next = names[index + 1] ?? '';
    if (/^(?:src|raw|media)$/.test(segment) && referenceKinds.test(next)) return true;
    if (forge) {
      const isNumbered = numberedPages.test(segment) && /^\d+$/.test(next);
      return isNumbered || pagesOfGitLab.test(segment) || (segment === 'commit' && /^[0-9a-f]{7,64}$/.test(next));
    }
    return /^(?:tree|blob|raw|blame)$/.test(segment) && next !== '';
  });
  return start === -1 ? segments.length : start;
}

/** The folder that a page of a forge shows, by the segments behind the repository's. Empty for the repository itself. */
function folderOfPage(host: string, page: readonly string[]): readonly string[] {
  const [view = '', ...rest] = page[0] === '-' ? page.slice(1) : page;
  if (!/^(?:tree|blob|src|raw|media|browse)$/.test(view)) return [];
  const folder = rest.slice(view === 'browse' ? 0 : lengthOfReference(host, view, rest));
  const last = folder.at(-1) ?? '';
  if (/^publiccode\.ya?ml$/.test(last)) return folder.slice(0, -1);
  // Forgejo and Bitbucket write files and folders alike.
  const isFile = /^(?:blob|raw|media)$/.test(view) || (view !== 'tree' && /[^.]\.[a-z][a-z0-9]{0,4}$/i.test(last));
  return isFile ? [] : folder;
}

/** The number of segments that name a branch, tag or commit: `main`, `branch/main`, `refs/heads/main`. */
function lengthOfReference(host: string, view: string, [first = '', second = '']: readonly string[]): number {
  if (first === 'refs' && /^(?:heads|tags)$/.test(second)) return 3;
  const isForgejo = host !== 'bitbucket.org' && /^(?:src|raw|media)$/.test(view) && referenceKinds.test(first);
  return isForgejo ? 2 : 1;
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
