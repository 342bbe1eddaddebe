import type { Browser } from 'playwright-core';

import { findChromium, launchChromium } from '../services/kit/testing/chromium.js';
import type { Graph } from './graph.js';
import { openGraphQLClient } from './http-client.js';
import { isTrial, type Run } from './run.js';
import { median, percentile } from './statistics.js';
import { milliseconds, type Report } from './table.js';

/** A page as it is visited: its processor runs at its own speed, or at a quarter of it, like that of a cheap phone. */
interface Visit {
  readonly name: string;
  readonly path: string;
  readonly slowdown: 1 | 4;
}

/** What the first visit of a reader took. */
interface Load {
  /** Milliseconds until the page was shown, and until scripts had taken it over. */
  readonly shown: number;
  readonly interactive: number;
  /** The bytes of its scripts, as they were sent. */
  readonly scriptBytes: number;
}

const solutionQuery = '{ solutions(orderBy: { field: ADOPTERS }, first: 1) { nodes { id } } }';

/** Measures how long pages of the portal take to load without any cache, beside the same pages on a slower processor. */
export async function measureBrowser(graph: Graph, run: Run): Promise<Report | string> {
  if (findChromium() === undefined) return 'browser: not measured, because no Chromium was found';
  const { origin } = new URL(graph.url('portal'));
  const visits = await chooseVisits(graph);
  const loads = new Map<Visit, Load[]>(visits.map((visit) => [visit, []]));
  const browser = await launchChromium();
  try {
    // The gateway has planned what a page reads, as for every reader but the first one after it started.
    if (!isTrial(run))
      for (const visit of visits.filter(({ slowdown }) => slowdown === 1)) await load(browser, origin, visit);
    const until = performance.now() + run.seconds * 1000;
    do {
      for (const visit of visits) {
        run.signal.throwIfAborted();
        run.log(`${visit.name} …`);
        loads.get(visit)?.push(await load(browser, origin, visit));
      }
    } while (performance.now() < until);
  } finally {
    await browser.close();
  }
  return {
    title: 'browser: the first visit of a page',
    description: [
      'Chromium loads the page from this machine with an empty cache, and its processor is slowed down for every second row.',
      'Interactive: scripts have taken the page over. Without scripts a page can be read and used when it is shown.',
      'Budget: interactive within 1.5 s at a quarter of the speed, and at most 150 KB of scripts on the first page.',
    ],
    columns: ['', 'n', 'shown', 'interactive', 'p95', 'scripts'],
    rows: [...loads].map(([{ name }, all]) => [
      name,
      String(all.length),
      milliseconds(median(all.map(({ shown }) => shown))),
      milliseconds(median(all.map(({ interactive }) => interactive))),
      milliseconds(
        percentile(
          all.map(({ interactive }) => interactive),
          0.95,
        ),
      ),
      `${(median(all.map(({ scriptBytes }) => scriptBytes)) / 1000).toFixed(0)} KB`,
    ]),
  };
}

async function chooseVisits(graph: Graph): Promise<readonly Visit[]> {
  const client = openGraphQLClient(graph.url('gateway'), 1);
  try {
    const { solutions } = (await client.readData(solutionQuery)) as { solutions: { nodes: [{ id: string }] } };
    const pages = [
      { name: 'home', path: '/en/' },
      { name: 'solution', path: `/en/solutions/${solutions.nodes[0].id}` },
    ];
    return pages.flatMap(({ name, path }) => [
      { name, path, slowdown: 1 },
      { name: `${name}, at a quarter of the speed`, path, slowdown: 4 },
    ]);
  } finally {
    await client.close();
  }
}

async function load(browser: Browser, origin: string, { path, slowdown }: Visit): Promise<Load> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const debuggerSession = await context.newCDPSession(page);
    await debuggerSession.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    const response = await page.goto(origin + path);
    if (response?.ok() !== true) throw new Error(`${path}: status ${response?.status() ?? 0}`);
    await page.waitForFunction(() => performance.getEntriesByName('interactive').length > 0);
    return await page.evaluate(() => {
      const startOf = (name: string): number => performance.getEntriesByName(name)[0]?.startTime ?? NaN;
      const resources = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
      return {
        shown: startOf('first-contentful-paint'),
        interactive: startOf('interactive'),
        scriptBytes: resources
          .filter(({ name }) => name.endsWith('.js'))
          .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
      };
    });
  } finally {
    await context.close();
  }
}
