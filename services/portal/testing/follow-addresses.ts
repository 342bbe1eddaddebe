import { Parser, Store } from 'n3';

import type { TestPortal } from './start-test-portal.js';

/** What kind of thing has an address: its type and the part of its document, without what tells it from others of its kind. */
function kindOf(address: string): string {
  const [document = '', part = ''] = address.split('#');
  const [, kind = 'solution'] = /\/id\/([a-z]{2}:[a-z]+|code\/[^/]+\/?|[a-z]+-[a-z]+$)/.exec(document) ?? [];
  return `${kind.replace(/\/[^/]+/, '')}${part === '' ? '' : '#'}${part.replaceAll(/[^a-z-]/g, '')}`;
}

/** What an address of each kind responds. */
export interface FollowedAddresses {
  /** The kinds that were found: `dk:record`, `dk:record#asset`, `solution`, `code/`. */
  readonly kinds: readonly string[];
  /** Addresses whose document does not describe them, or that have no page. Empty if all are as they should be. */
  readonly problems: readonly string[];
}

/**
 * Collects all addresses at the portal in documents, and in those to which they lead, and requests one of each kind as a program and
 * as a browser does.
 *
 * @param base with which addresses of the portal begin.
 */
export async function followAddresses(
  portal: TestPortal,
  base: string,
  documents: readonly Store[],
): Promise<FollowedAddresses> {
  const found = new Map<string, string>();
  const add = (document: Store): void => {
    // Each term once, however many statements have it.
    for (const { value } of [...document.getSubjects(null, null, null), ...document.getObjects(null, null, null)])
      if (value.startsWith(base) && !found.has(kindOf(value))) found.set(kindOf(value), value);
  };
  const problems: string[] = [];
  documents.forEach(add);
  // While it is gone through, what documents refer to is added.
  for (const address of found.values()) {
    const [path = ''] = address.slice(base.length).split('#');
    const document = await portal.fetch(`/id${path}`, { headers: { accept: 'text/turtle' } });
    const statements = new Store(document.ok ? new Parser().parse(await document.text()) : []);
    if (statements.getQuads(address, null, null, null).length === 0)
      problems.push(`${address}: status ${document.status}, ${statements.size} statements`);
    const page = await portal.fetch(`/id${path}`, { headers: { accept: 'text/html' } });
    if (page.status !== 303) problems.push(`${address}: status ${page.status} for a browser`);
    add(statements);
  }
  return { kinds: [...found.keys()].sort(), problems };
}
