import { Agent, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';

/**
 * A client that keeps its connection, and sends one request after the other until one gets no response.
 *
 * @returns the code of the error: ECONNREFUSED if the port was closed and no connection was reset.
 */
export async function sendUntilClosed(
  url: string,
  onResponse: (response: IncomingMessage, body: string) => void,
): Promise<string> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const send = (): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      request(url, { agent }, resolve).on('error', reject).end();
    });
  try {
    for (;;) {
      const response = await send();
      onResponse(response, await text(response));
    }
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  } finally {
    agent.destroy();
  }
}
