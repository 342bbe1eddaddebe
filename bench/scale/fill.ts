import type { Run } from '../run.js';
import { count, type Report, seconds } from '../table.js';
import type { ScaleIndex } from './scale-index.js';
import { feedLength, type Kind, kinds, type Land, placeOf } from './world.js';

/** A page of a feed that was taken in. Pages are taken in one after the other: it took as long as since the one before. */
interface TakenPage {
  readonly kind: Kind;
  readonly entries: number;
  readonly milliseconds: number;
}

const progressEvery = 5_000;

/** Reads all feeds of a world into an index that is empty. */
export async function fill(index: ScaleIndex, world: readonly Land[], { signal, log: say }: Run): Promise<Report> {
  const pages: TakenPage[] = [];
  const read = new Map<string, number>();
  const all = world.reduce((sum, land) => sum + feedLength(land), 0);
  const began = performance.now();
  let last = began;
  let done = 0;
  const following = index.follow((code, entries) => {
    const now = performance.now();
    const land = world.find((one) => one.code === code);
    const place = read.get(code) ?? 0;
    if (land && entries > 0) pages.push({ kind: placeOf(land, place).kind, entries, milliseconds: now - last });
    read.set(code, place + entries);
    done += entries;
    last = now;
  });
  const progress = watch(() => done, all, say);
  try {
    await Promise.race([following.firstRound, aborted(signal)]);
    const took = performance.now() - began;
    const [state] = await index.query<{ refused: number; size: string }>(
      `SELECT (SELECT count(*)::int FROM refusal) AS refused, pg_size_pretty(pg_database_size(current_database())) AS size`,
    );
    if (done < all || state?.refused !== 0) {
      throw new Error(`${done} of ${all} entries were read, ${state?.refused ?? 0} of them refused.`);
    }
    return report(pages, took, state.size);
  } finally {
    clearInterval(progress);
    await following.stop();
  }
}

function watch(done: () => number, all: number, say: Run['log']): NodeJS.Timeout {
  let before = 0;
  return setInterval(() => {
    const rate = ((done() - before) / progressEvery) * 1000;
    before = done();
    say(`${count(before)} of ${count(all)} entries, ${count(rate)} a second …`);
  }, progressEvery);
}

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(new Error('interrupted'));
    });
  });

function report(pages: readonly TakenPage[], took: number, size: string): Report {
  const row = (name: string, of: readonly TakenPage[]): string[] => {
    const tenth = Math.ceil(of.length / 10);
    const [first, last] = [rate(of.slice(0, tenth)), rate(of.slice(-tenth))];
    return [name, count(entriesOf(of)), count(rate(of)), count(first), count(last), `${(last / first).toFixed(2)} ×`];
  };
  return {
    title: 'scale: filling an empty index',
    how: [
      `${seconds(took)} over HTTP from twenty-seven made-up countries at once; the database is ${size} then.`,
      'Entries a second, and those of the last tenth of the pages beside those of the first.',
    ],
    columns: ['', 'entries', 'a second', 'first tenth', 'last tenth', 'ratio'],
    rows: [row('all', pages), ...kindsOf(pages).map(([kind, some]) => row(kind, some))],
  };
}

/** Pages by what they begin with; of some there are too few entries to fill a page. */
const kindsOf = (pages: readonly TakenPage[]) =>
  kinds
    .map((kind) => [kind, pages.filter((page) => page.kind === kind)] as const)
    .filter(([, some]) => some.length >= 10);
const entriesOf = (pages: readonly TakenPage[]): number => pages.reduce((sum, { entries }) => sum + entries, 0);
const rate = (pages: readonly TakenPage[]): number =>
  (entriesOf(pages) / pages.reduce((sum, { milliseconds }) => sum + milliseconds, 0)) * 1000;
