import { readBounded } from './read-bounded.js';

const tooLarge = () => new Error('too large');

describe('readBounded', () => {
  it('returns the text of a body, also where a character is split between two chunks', async () => {
    const bytes = Buffer.from('Rømø');
    const chunks = new Response(
      new ReadableStream({
        start: (controller) => {
          for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
          controller.close();
        },
      }),
    );
    expect(await readBounded(chunks.body, bytes.length, tooLarge)).toBe('Rømø');
    expect(await readBounded(null, 0, tooLarge)).toBe('');
  });

  it('rejects a body that is larger than allowed, and cancels it', async () => {
    let cancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        controller.enqueue(new Uint8Array(100));
      },
      cancel: () => {
        cancelled = true;
      },
    });
    await expect(readBounded(new Response(endless).body, 1_000, tooLarge)).rejects.toThrow('too large');
    expect(cancelled).toBe(true);
  });
});
