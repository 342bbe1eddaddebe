import { setImmediate as nextPhase } from 'node:timers/promises';

import { TurnContext } from '../components/part.js';
import { Table } from '../components/table.js';
import type { Hydration } from '../model/hydration.js';
import type { Assets } from './assets.js';
import { renderDocument } from './render-document.js';
import { createTurns, type TurnTaker } from './turns.js';

const assets = { version: '1', styles: 'styles.css', script: 'client.js', scriptsOf: {} } as Assets;
const hydration = { language: 'en', contents: {} } as unknown as Hydration;

/** A clock that only rows advance, each by a millisecond. */
let now = 0;
let rendered: string[] = [];
beforeEach(() => {
  rendered = [];
  jest.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => jest.restoreAllMocks());

function Row({ name, fails }: { readonly name: string; readonly fails: boolean }) {
  now += 1;
  rendered.push(name);
  if (fails) throw new Error(`${name} failed`);
  return (
    <tr>
      <td>{name}</td>
    </tr>
  );
}

const render = (sender: TurnTaker | undefined, failing = -1): Promise<string> =>
  renderDocument(
    <TurnContext value={sender && createTurns(sender)}>
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

const { signal } = new AbortController();

it('renders a long page in turns, and the same as one that is rendered at once', async () => {
  const rowsAtTurns: number[] = [];
  const html = await render({
    signal,
    takeTurn: () => {
      rowsAtTurns.push(rendered.length);
      return nextPhase();
    },
  });
  // Each row is rendered once, four in a turn.
  expect(rowsAtTurns).toEqual([4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 44, 48]);
  expect(rendered).toHaveLength(50);
  expect(html).toBe(await render(undefined));
  expect(html).toMatch(/row 0 of.*row 49 of.*its end/);
});

it('goes on at once where nothing else waits', async () => {
  let turns = 0;
  const html = await render({
    signal,
    takeTurn: () => {
      turns += 1;
      return undefined;
    },
  });
  expect(turns).toBe(12);
  expect(html).toBe(await render(undefined));
});

it('fails as a whole if a part fails in a later turn', async () => {
  await expect(render({ signal, takeTurn: () => nextPhase() }, 40)).rejects.toThrow('row 40 of failed');
});

it('does not render the rest for a client that has disconnected', async () => {
  const client = new AbortController();
  const takeTurn = async (): Promise<void> => {
    await nextPhase();
    if (rendered.length > 10) client.abort(new Error('disconnected'));
  };
  await expect(render({ signal: client.signal, takeTurn })).rejects.toThrow('disconnected');
  expect(rendered).toHaveLength(12);
});
