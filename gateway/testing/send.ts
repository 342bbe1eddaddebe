/** A response to a GraphQL request. */
export interface HttpResponse {
  readonly status: number;
  readonly text: string;
  readonly body: { readonly data?: unknown; readonly errors?: readonly Record<string, unknown>[] };
}

/** Reads the body of a response. */
export const read = async (response: Response): Promise<HttpResponse> => {
  const text = await response.text();
  return { status: response.status, text, body: JSON.parse(text) as HttpResponse['body'] };
};

/** Sends a body to a gateway by POST. */
export const post = async (origin: string, body: unknown): Promise<HttpResponse> =>
  read(
    await fetch(`${origin}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }),
  );

/** Sends a request to a gateway by GET. */
export const get = async (origin: string, parameters: Record<string, string>): Promise<HttpResponse> =>
  read(await fetch(`${origin}/graphql?${new URLSearchParams(parameters).toString()}`));
