import { closeSync, openSync, writeSync } from 'node:fs';

/** Appends text to a log. */
export interface LogFile {
  readonly write: (text: string) => void;
  readonly close: () => void;
}

/**
 * Opens a new log file that only its owner can read. If the disk is full, lines are lost until there is room again: a log must not
 * end the process that writes it, as an error of a stream would.
 */
export function openLogFile(path: string): LogFile {
  const attempt = <Result>(work: () => Result): Result | undefined => {
    try {
      return work();
    } catch {
      return undefined;
    }
  };
  const file = attempt(() => openSync(path, 'w', 0o600));
  return {
    write: (text) => {
      if (file !== undefined) attempt(() => writeSync(file, text));
    },
    close: () => {
      if (file !== undefined) attempt(() => closeSync(file));
    },
  };
}
