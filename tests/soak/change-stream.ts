import { setTimeout as wait } from 'node:timers/promises';

import { applyRandomChange } from '../../services/europe/testing/histories.js';
import type { Random } from '../../services/kit/testing/random.js';
import type { FakeCountry } from '../../services/europe/testing/fake-country.js';
import { openDanishWriter } from './danish-writer.js';

/** Makes random changes, one after the other, until it is paused. */
export interface ChangeStream {
  readonly run: () => void;
  readonly pause: () => Promise<void>;
  readonly changes: () => number;
  readonly close: () => Promise<void>;
}

/** Creates a stream of changes in Denmark's database and in fake countries. */
export async function openChangeStream(
  denmarkUrl: string,
  fakes: readonly FakeCountry[],
  random: Random,
): Promise<ChangeStream> {
  const danish = await openDanishWriter(denmarkUrl, random);
  const state = { isRunning: false, changes: 0, over: Promise.resolve() };
  const makeChanges = async (): Promise<void> => {
    while (state.isRunning) {
      await danish.writeNext();
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
      state.over = makeChanges();
      // `pause` awaits it and reports the error.
      state.over.catch(() => undefined);
    },
    pause,
    changes: () => state.changes,
    close: async () => {
      try {
        await pause();
      } finally {
        await danish.close();
      }
    },
  };
}
