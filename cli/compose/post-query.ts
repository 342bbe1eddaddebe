export interface ResponseLimits {
  readonly timeoutMs: number;
  /** A longer response is cut off here. */
  readonly maxBytes: number;
}

/** Sends an operation to a subgraph, and returns its response, whatever that is. Throws as `fetch` does. */
export async function postQuery(
  url: string,
  secret: string | undefined,
  operation: { readonly query: string; readonly variables?: Readonly<Record<string, unknown>> },
  { timeoutMs, maxBytes }: ResponseLimits,
): Promise<{ readonly status: number; readonly text: string }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      ...(secret === undefined ? {} : { authorization: `Bearer ${secret}` }),
    },
    body: JSON.stringify(operation),
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  });
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += (chunk as Uint8Array).length;
    if (size > maxBytes) break;
    chunks.push(chunk);
  }
  return { status: response.status, text: Buffer.concat(chunks).toString() };
}
