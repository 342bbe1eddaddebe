import { openSync, writeSync } from 'node:fs';

/**
 * Opens a new log file that only its owner can read. If the disk is full, lines are lost until there is room again: a log must not
 * end the process that writes it, as an error of a stream would.
 *
 * @returns a function that appends a text.
 */
export function openLogFile(path: string): (text: string) => void {
  let file: number | undefined;
  return (text) => {
    try {
      file ??= openSync(path, 'w', 0o600);
      writeSync(file, text);
    } catch {
      // There is no other place to report it.
    }
  };
}
