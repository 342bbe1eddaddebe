import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { readProjectFile } from '../../schema/files.js';

/** A supergraph that the gateway looks at, and that is replaced while it does. */
export interface SupergraphFile {
  readonly path: string;
  /** The same graph in another file, as it is after a release that changed a description. */
  readonly replace: () => Promise<void>;
  /** Half a file, as it is after a release that went wrong. */
  readonly break: () => Promise<void>;
  /** How often it was broken. */
  readonly breaks: () => number;
  readonly remove: () => Promise<void>;
}

export async function createSupergraphFile(): Promise<SupergraphFile> {
  const folder = await mkdtemp(join(tmpdir(), 'reuse-graph-soak-'));
  const path = join(folder, 'supergraph.graphql');
  const text = readProjectFile('schema/supergraph.graphql');
  let release = 0;
  let breaks = 0;
  /** Whole or not at all: whoever reads it meanwhile has the one before. */
  const write = async (content: string): Promise<void> => {
    await writeFile(`${path}.new`, content);
    await rename(`${path}.new`, path);
  };
  const replace = (): Promise<void> => write(`${text}\n# release ${(release += 1)}\n`);
  await replace();
  return {
    path,
    replace,
    break: () => {
      breaks += 1;
      return write(text.slice(0, text.length / 2));
    },
    breaks: () => breaks,
    remove: () => rm(folder, { recursive: true }),
  };
}
