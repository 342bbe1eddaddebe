import { runInThisContext } from 'node:vm';

import { readProjectFile } from '../../../schema/files.js';

/** A copy of a feed, as docs/syncing.md keeps it. */
export interface FeedCopy {
  feedId: string | null;
  cursor: string | null;
  readonly objects: Map<string, unknown>;
  readonly apply: (entry: Readonly<Record<string, unknown>>) => void;
}

type Send = (
  query: string,
  variables: Readonly<Record<string, unknown>>,
) => Promise<{ readonly data?: unknown; readonly errors?: unknown }>;

/** What docs/syncing.md contains: operations by their names, and its two functions. */
interface SyncingPage {
  readonly operations: Readonly<Record<string, string>>;
  readonly follow: (
    send: Send,
    operation: string,
    variables: object,
    pageOf: (data: never) => unknown,
    copy: FeedCopy,
  ) => Promise<void>;
  readonly createCatalogueCopy: () => FeedCopy;
}

const blocksOf = (language: string): string[] =>
  [...readProjectFile('docs/syncing.md').matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'))].map(
    ([, text = '']) => text,
  );

/** Takes the operations and the functions from the page, so that what readers copy is what the test runs. */
export function readSyncingPage(): SyncingPage {
  const source = `(() => { ${blocksOf('js').join('\n')} return { follow, createCatalogueCopy }; })()`;
  const operations = blocksOf('graphql').map((text): [string, string] => [/query (\w+)/.exec(text)?.[1] ?? '', text]);
  return {
    ...(runInThisContext(source) as Omit<SyncingPage, 'operations'>),
    operations: Object.fromEntries(operations),
  };
}
