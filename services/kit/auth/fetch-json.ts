/** A set of keys has a few kilobytes. */
const mostBytes = 256 * 1024;

/**
 * Reads JSON from an address that an operator set, or that stands in what was read there.
 *
 * @throws Error when it takes too long, is too large, leads elsewhere or is no JSON.
 */
export async function fetchJson(url: URL, patienceMs: number): Promise<unknown> {
  const response = await fetch(url, {
    headers: { accept: 'application/json' },
    // Who leads elsewhere could lead anywhere, also behind our own walls.
    redirect: 'error',
    signal: AbortSignal.timeout(patienceMs),
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`${url.href} answers with status ${response.status}`);
  }
  return JSON.parse(await readText(response, url)) as unknown;
}

async function readText({ body }: Response, url: URL): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    // To leave the loop closes the connection.
    if (size > mostBytes) throw new Error(`${url.href} answers with more than ${mostBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
