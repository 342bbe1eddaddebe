import { setTimeout as wait } from 'node:timers/promises';

import { applyRandomChange } from '../../services/europe/testing/histories.js';
import type { Random } from '../../services/kit/testing/random.js';
import type { FakeCountry } from '../../services/europe/testing/fake-country.js';
import { openDanishChanges } from './danish-writer.js';

/** Changes, one after another, until it is paused. */
export interface Stream {
  readonly run: () => void;
  readonly pause: () => Promise<void>;
  readonly changes: () => number;
  readonly close: () => Promise<void>;
}

/** Lets things happen in Denmark's database, and in made-up countries. */
export async function openStream(denmarkUrl: string, fakes: readonly FakeCountry[], random: Random): Promise<Stream> {
  const danish = await openDanishChanges(denmarkUrl, random);
  const state = { isRunning: false, changes: 0, over: Promise.resolve() };
  const flow = async (): Promise<void> => {
    while (state.isRunning) {
      await danish.next();
      for (const fake of fakes) applyRandomChange(fake, random);
      state.changes += 1 + fakes.length;
      await wait(random.below(10));
    }
  };
  const pause = async (): Promise<void> => {
    state.isRunning = false;
    await state.over;
  };
  return {
    run: () => {
      if (state.isRunning) return;
      state.isRunning = true;
      state.over = flow();
      // Told by `pause`, which awaits it.
      state.over.catch(() => undefined);
    },
    pause,
    changes: () => state.changes,
    close: async () => {
      await pause().finally(danish.close);
    },
  };
}
