export interface Bounds {
  readonly patienceMs: number;
  /** Of an answer that is longer no more is read. */
  readonly mostBytes: number;
}

/** Puts a question to a subgraph, and gives what it answered, whatever that is. Throws as `fetch` does. */
export async function postQuery(
  url: string,
  secret: string | undefined,
  question: { readonly query: string; readonly variables?: Readonly<Record<string, unknown>> },
  { patienceMs, mostBytes }: Bounds,
): Promise<{ readonly status: number; readonly text: string }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      ...(secret === undefined ? {} : { authorization: `Bearer ${secret}` }),
    },
    body: JSON.stringify(question),
    redirect: 'error',
    signal: AbortSignal.timeout(patienceMs),
  });
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += (chunk as Uint8Array).length;
    if (size > mostBytes) break;
    chunks.push(chunk);
  }
  return { status: response.status, text: Buffer.concat(chunks).toString() };
}
