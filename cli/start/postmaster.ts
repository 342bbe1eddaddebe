import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

import { listProcesses } from './process-table.js';

/** A running PostgreSQL server. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

/** The server that runs on these files, if any: PostgreSQL writes it down in postmaster.pid. */
export async function findPostmaster(data: string): Promise<Postmaster | undefined> {
  const noted = await readPidFile(data);
  return noted !== undefined && (await isPostgres(noted.pid)) ? noted : undefined;
}

/** After a power cut, the number in the file can belong to another program, and PostgreSQL would not start then. */
export async function removeStaleLock(data: string): Promise<void> {
  const noted = await readPidFile(data);
  if (noted !== undefined && !(await isPostgres(noted.pid))) await rm(pidFileOf(data), { force: true });
}

const pidFileOf = (data: string): string => join(data, 'postmaster.pid');

async function readPidFile(data: string): Promise<Postmaster | undefined> {
  const text = await readFile(pidFileOf(data), 'utf8').catch(() => '');
  const lines = text.split('\n');
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  return pid > 0 ? { pid, port } : undefined;
}

/**
 * Whether the process that started the server is gone, so that no process will stop it.
 *
 * @param keeper a part of the command of that process.
 */
export async function isOrphan({ pid }: Postmaster, keeper: string): Promise<boolean> {
  const processes = await listProcesses();
  const server = processes.find((one) => one.pid === pid);
  const parent = processes.find((one) => one.pid === server?.parent);
  return server !== undefined && !parent?.command.includes(keeper);
}

/**
 * Stops a server without a keeper: its clients are disconnected, and no committed data is lost. It may hang: processes that were
 * paused continue first, and those that do not end are killed.
 */
export async function stopPostmaster({ pid }: Postmaster): Promise<void> {
  const children = (await listProcesses()).filter(({ parent }) => parent === pid);
  const all = [pid, ...children.map((child) => child.pid)];
  for (const each of all) signal(each, 'SIGCONT');
  signal(pid, 'SIGINT');
  if (await waitForEnd(pid, 10_000)) return;
  signal(pid, 'SIGQUIT');
  if (await waitForEnd(pid, 5_000)) return;
  for (const each of all) signal(each, 'SIGKILL');
  await waitForEnd(pid, 5_000);
}

/** Whether a process of that number runs, of whatever user. */
export async function isAlive(pid: number): Promise<boolean> {
  return (await findProgram(pid)) !== undefined;
}

/** After a power cut, the number may belong to any program. */
async function isPostgres(pid: number): Promise<boolean> {
  return basename((await findProgram(pid)) ?? '') === 'postgres';
}

/** The program that a process runs, or undefined if there is no such process. */
async function findProgram(pid: number): Promise<string | undefined> {
  if (!exists(pid)) return undefined;
  if (process.platform === 'linux') return programOnLinux(pid);
  if (process.platform === 'win32') return 'postgres';
  return promisify(execFile)('ps', ['-o', 'comm=', '-p', String(pid)]).then(
    ({ stdout }) => stdout.trim(),
    () => undefined,
  );
}

/** Not `ps`, which small images lack. A zombie (state Z) has ended; its parent has not collected it yet. */
async function programOnLinux(pid: number): Promise<string | undefined> {
  const status = await readFile(`/proc/${String(pid)}/stat`, 'utf8').catch(() => '');
  return /^\d+ \((.*)\) [^Z]/s.exec(status)?.[1];
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function waitForEnd(pid: number, milliseconds: number): Promise<boolean> {
  const deadline = Date.now() + milliseconds;
  while (await isPostgres(pid)) {
    if (Date.now() > deadline) return false;
    await sleep(50);
  }
  return true;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended by itself in the meantime.
  }
}
