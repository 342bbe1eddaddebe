import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** A process as the operating system lists it. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  /** The command with its arguments, or the name of the program alone if they cannot be read. */
  readonly command: string;
}

/**
 * Lists all processes, of whatever user. Those that have ended and were not collected yet are left out. Empty where the list
 * cannot be read.
 */
export async function listProcesses(): Promise<ProcessEntry[]> {
  if (process.platform === 'linux') return listOnLinux();
  if (process.platform === 'win32') return [];
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,command=']).catch(() => ({ stdout: '' }));
  return stdout.split('\n').flatMap((line) => {
    const [, pid, parent, command = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command }];
  });
}

/** Not `ps`, which small images lack. */
async function listOnLinux(): Promise<ProcessEntry[]> {
  const names = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const entries = await Promise.all(names.map(readOnLinux));
  return entries.flatMap((entry) => entry ?? []);
}

async function readOnLinux(pid: string): Promise<ProcessEntry | undefined> {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const [, program = '', parent] = /^\d+ \((.*)\) [^Z] (\d+)/s.exec(status) ?? [];
  if (parent === undefined) return undefined;
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return { pid: Number(pid), parent: Number(parent), command: command.replaceAll('\0', ' ').trim() || program };
}
