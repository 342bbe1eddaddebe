import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { readProjectFile } from '../../schema/files.js';

/** A supergraph file that the gateway watches, and that is replaced while it runs. */
export interface SupergraphFile {
  readonly path: string;
  /** Writes the same graph with another comment, as after a release that changed a description. */
  readonly replace: () => Promise<void>;
  /** Writes half of the file, as after a failed release. */
  readonly break: () => Promise<void>;
  /** The number of times that it was broken. */
  readonly breaks: () => number;
  readonly remove: () => Promise<void>;
}

export async function createSupergraphFile(): Promise<SupergraphFile> {
  const folder = await mkdtemp(join(tmpdir(), 'reuse-graph-soak-'));
  const path = join(folder, 'supergraph.graphql');
  const text = readProjectFile('schema/supergraph.graphql');
  let release = 0;
  let breaks = 0;
  /** Replaces the file atomically, so that a concurrent reader reads the previous one. */
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
