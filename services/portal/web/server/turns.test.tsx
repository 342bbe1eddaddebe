import { setImmediate as nextPhase } from 'node:timers/promises';

import { TurnContext } from '../components/part.js';
import { Table } from '../components/table.js';
import type { Hydration } from '../model/hydration.js';
import type { Assets } from './assets.js';
import { renderDocument } from './render-document.js';
import { createTurns, type TakeTurn } from './turns.js';

const assets = { version: '1', styles: 'styles.css', script: 'client.js', scriptsOf: {} } as Assets;
const hydration = { language: 'en', contents: {} } as unknown as Hydration;

/** A row that takes a millisecond to render. */
function Row({ name, fails = false }: { readonly name: string; readonly fails?: boolean }) {
  for (const until = performance.now() + 1; performance.now() < until;);
  if (fails) throw new Error(`${name} failed`);
  return (
    <tr>
      <td>{name}</td>
    </tr>
  );
}

const render = (takeTurn: TakeTurn | undefined, failing = -1): Promise<string> =>
  renderDocument(
    <TurnContext value={takeTurn && createTurns(takeTurn)}>
      <html>
        <body>
          <Table caption="Rows" head={['Name']}>
            {Array.from({ length: 50 }, (_, index) => (
              <Row key={index} name={`row ${index} of`} fails={index === failing} />
            ))}
          </Table>
          {'its end'}
        </body>
      </html>
    </TurnContext>,
    undefined,
    hydration,
    assets,
  );

it('renders a long page in turns, between which other work is done, and as one that is rendered at once', async () => {
  let turns = 0;
  let longest = 0;
  let begunAt = performance.now();
  const html = await render(async () => {
    turns += 1;
    longest = Math.max(longest, performance.now() - begunAt);
    await nextPhase();
    begunAt = performance.now();
  });
  expect(html).toBe(await render(undefined));
  expect(html).toMatch(/row 0 of.*row 49 of.*its end/);
  expect(turns).toBeGreaterThan(5);
  // Half of the page, on a machine that is busy with something else: a turn is one of some ten.
  expect(longest).toBeLessThan(25);
});

it('goes on at once where nothing else waits', async () => {
  let turns = 0;
  const html = await render(() => {
    turns += 1;
    return undefined;
  });
  expect(html).toBe(await render(undefined));
  expect(turns).toBeGreaterThan(5);
  expect(turns).toBeLessThan(25);
});

it('fails as a whole if a part fails in a later turn', async () => {
  await expect(render(() => nextPhase(), 40)).rejects.toThrow('row 40 of failed');
});
