import { cpuTimes, spent } from '../cpu.js';
import type { Run } from '../run.js';
import { count, type Report, seconds } from '../table.js';
import type { ScaleIndex } from './scale-index.js';
import { entryAt, feedLength, type Kind, kinds, type MadeUpCountry } from './made-up-countries.js';

/** A page of a feed that was written to the index. Pages are written one after the other: each took the time since the one before. */
interface WrittenPage {
  readonly kind: Kind;
  readonly entries: number;
  readonly milliseconds: number;
}

const progressIntervalMs = 5_000;

/**
 * Reads the feeds of all countries into an empty index.
 *
 * @param feedsPid the process that makes up the feeds, on the same processors.
 */
export async function fill(
  index: ScaleIndex,
  countries: readonly MadeUpCountry[],
  feedsPid: number,
  { signal, log }: Run,
): Promise<Report> {
  const pages: WrittenPage[] = [];
  const read = new Map<string, number>();
  const all = countries.reduce((sum, country) => sum + feedLength(country), 0);
  const startCpu = cpuTimes([process.pid, feedsPid]) ?? new Map<string, number>();
  const began = performance.now();
  let last = began;
  let done = 0;
  const following = index.follow((code, entries) => {
    const now = performance.now();
    const country = countries.find((one) => one.code === code);
    const position = read.get(code) ?? 0;
    if (country && entries > 0)
      pages.push({ kind: entryAt(country, position).kind, entries, milliseconds: now - last });
    read.set(code, position + entries);
    done += entries;
    last = now;
  });
  const progress = logProgress(() => done, all, log);
  try {
    await Promise.race([following.firstRound, aborted(signal)]);
    const took = performance.now() - began;
    const [state] = await index.query<{ rejected: number; reason: string | null; size: string }>(
      `SELECT (SELECT count(*)::int FROM refusal) AS rejected, (SELECT min(subject_id || ': ' || reason) FROM refusal) AS reason,
        pg_size_pretty(pg_database_size(current_database())) AS size`,
    );
    if (done < all || state?.rejected !== 0) {
      const rejected = `${state?.rejected ?? 0} of them rejected, such as ${state?.reason ?? 'none'}`;
      throw new Error(`${done} of ${all} entries were read, ${rejected}.`);
    }
    // The connections of the index, all of which began with it.
    const backends = await index.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE datname = current_database()`,
    );
    const cpuOf = (processes: readonly number[]): string => {
      const now = cpuTimes(processes);
      return now === undefined ? 'unknown' : `${((spent(startCpu, now) * 1000) / all).toFixed(0)} µs`;
    };
    const cpu = `CPU time for each: ${cpuOf([process.pid])} of Europe, ${cpuOf(backends.map(({ pid }) => pid))} of PostgreSQL, and ${cpuOf([feedsPid])} of the made-up feeds.`;
    return createReport(pages, { took, size: state.size, cpu });
  } finally {
    clearInterval(progress);
    await following.stop();
  }
}

function logProgress(done: () => number, all: number, log: Run['log']): NodeJS.Timeout {
  const began = performance.now();
  let before = 0;
  return setInterval(() => {
    const rate = ((done() - before) / progressIntervalMs) * 1000;
    before = done();
    const left = ((performance.now() - began) / before) * (all - before);
    log(
      before === all
        ? `${count(all)} entries; counting words and uses …`
        : `${count(before)} of ${count(all)} entries, ${count(rate)} per second, about ${seconds(left)} remaining …`,
    );
  }, progressIntervalMs);
}

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(new Error('interrupted'));
    });
  });

function createReport(
  pages: readonly WrittenPage[],
  { took, size, cpu }: { readonly took: number; readonly size: string; readonly cpu: string },
): Report {
  const row = (name: string, some: readonly WrittenPage[]): string[] => {
    const tenth = Math.ceil(some.length / 10);
    const [first, last] = [rate(some.slice(0, tenth)), rate(some.slice(-tenth))];
    const ratio = `${(last / first).toFixed(2)} ×`;
    return [name, count(countEntries(some)), count(rate(some)), count(first), count(last), ratio];
  };
  return {
    title: 'scale: filling an empty index',
    description: [
      `${count(countEntries(pages))} entries in ${seconds(took)}: ${count((countEntries(pages) / took) * 1000)} per second, with what follows from all of them,`,
      `over HTTP from twenty-seven made-up countries at once; the database then has ${size}.`,
      cpu,
      'Entries per second of the pages alone, and of the first and the last tenth of them.',
    ],
    columns: ['', 'entries', 'per second', 'first tenth', 'last tenth', 'ratio'],
    rows: [row('all', pages), ...groupByKind(pages).map(([kind, some]) => row(kind, some))],
  };
}

/** Pages by the kind of their first entry; some kinds have too few entries to fill a page. */
const groupByKind = (pages: readonly WrittenPage[]) =>
  kinds
    .map((kind) => [kind, pages.filter((page) => page.kind === kind)] as const)
    .filter(([, some]) => some.length >= 10);
const countEntries = (pages: readonly WrittenPage[]): number => pages.reduce((sum, { entries }) => sum + entries, 0);
const rate = (pages: readonly WrittenPage[]): number =>
  (countEntries(pages) / pages.reduce((sum, { milliseconds }) => sum + milliseconds, 0)) * 1000;
