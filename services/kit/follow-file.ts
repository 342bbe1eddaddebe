import { stat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

/** Identifies the content of a file without reading it: a text that differs after a change. */
export type FileVersion = string;

/** Returns the version of a file; one that does not exist has a version too. Symbolic links are followed. */
export async function readFileVersion(path: string): Promise<FileVersion> {
  try {
    const { dev, ino, size, mtimeNs } = await stat(path, { bigint: true });
    return `${dev} ${ino} ${size} ${mtimeNs}`;
  } catch (error) {
    return String((error as NodeJS.ErrnoException).code);
  }
}

export interface FollowFileOptions {
  /** The version that is in use, from before it was read: a change while it was read is noticed. */
  readonly since: FileVersion;
  readonly intervalMs: number;
  /** Called after each change, one call at a time. It must not reject. */
  readonly onChange: () => Promise<void>;
}

/**
 * Looks for changes of a file until it is stopped. It polls, because notifications of the operating system are missing on network
 * file systems, and for files that are replaced by a link, as Kubernetes does.
 *
 * @returns a function that stops it, and resolves when the call in progress is over.
 */
export function followFile(path: string, { since, intervalMs, onChange }: FollowFileOptions): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const follow = async (): Promise<void> => {
    for (let used = since; ;) {
      await wait(intervalMs, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
      const version = await readFileVersion(path);
      if (version === used) continue;
      used = version;
      await onChange();
    }
  };
  const ended = follow();
  return async () => {
    stopping.abort();
    await ended;
  };
}
