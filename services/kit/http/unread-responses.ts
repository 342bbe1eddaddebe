import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export interface UnreadResponsesOptions {
  /** Identifies the client of a request. */
  readonly clientOf: (request: IncomingMessage) => string;
  /** How many bytes of responses the clients may leave unread, and one of them: they are held in memory. */
  readonly maxBytes?: number;
  readonly maxBytesPerClient?: number;
  /** Called when a connection is closed. */
  readonly onClose?: () => void;
}

/** A client may take this long for what is sent, and a second more for each of these bytes. */
export const sendDeadline = { graceMs: 10_000, bytesPerSecond: 64 * 1024 } as const;
const megabyte = 1024 * 1024;
const checkIntervalMs = 1_000;

interface Connection {
  readonly socket: Socket;
  /** The latest request, until it is known that its response was sent. */
  request: IncomingMessage | undefined;
  /** Pipelined responses whose turn had not come when their request came. */
  queued: ServerResponse[];
  unreadBytes: number;
  /** How much has to be sent in total until `dueAt`; undefined if everything is sent. */
  due: { readonly bytes: number; readonly at: number } | undefined;
  /** Whether the client did not receive what was due at the last check already, or lets responses wait for others. */
  isStalled: boolean;
}

/**
 * Closes connections whose client does not read its responses: at the deadline, and before it those that are stalled for the
 * longest time while their client, or all clients together, leave too much unread. Responses that the kernel's buffers take do not
 * count. Connections are checked once a second, because a timer for each response would cost more than sending it.
 */
export class UnreadResponses {
  readonly #connections = new Map<Socket, Connection>();
  readonly #options: Required<UnreadResponsesOptions>;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    server: Server,
    {
      clientOf,
      maxBytes = 128 * megabyte,
      maxBytesPerClient = 32 * megabyte,
      onClose = () => undefined,
    }: UnreadResponsesOptions,
  ) {
    this.#options = { clientOf, maxBytes, maxBytesPerClient, onClose };
    server.on('connection', (socket: Socket) => {
      this.#connections.set(socket, {
        socket,
        request: undefined,
        queued: [],
        unreadBytes: 0,
        due: undefined,
        isStalled: false,
      });
      socket.once('close', () => this.#connections.delete(socket));
    });
  }

  /** Checks the connections once a second from now on. */
  start(): void {
    this.#timer = setInterval(() => {
      this.check(performance.now());
    }, checkIntervalMs).unref();
  }

  /** Notes a request of a connection. */
  track(request: IncomingMessage, response: ServerResponse): void {
    const connection = this.#connections.get(request.socket);
    if (!connection) return;
    connection.request = request;
    if (!response.socket) connection.queued.push(response);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** @param now milliseconds of a monotonic clock. */
  check(now: number): void {
    const clients = new Map<string, Connection[]>();
    for (const connection of this.#connections.values()) {
      update(connection, now);
      if (connection.due && connection.due.at < now) this.#close(connection);
      else if (connection.request) {
        const client = this.#options.clientOf(connection.request);
        const connections = clients.get(client);
        if (connections) connections.push(connection);
        else clients.set(client, [connection]);
      }
    }
    this.#enforce([...clients.values()]);
  }

  #close({ socket }: Connection): void {
    socket.resetAndDestroy();
    this.#options.onClose();
  }

  #enforce(clients: Connection[][]): void {
    const { maxBytes, maxBytesPerClient } = this.#options;
    let total = clients.reduce((sum, connections) => sum + this.#closeUntil(maxBytesPerClient, connections), 0);
    if (total <= maxBytes) return;
    clients.sort((one, other) => countUnread(other) - countUnread(one));
    for (const connections of clients) {
      const others = total - countUnread(connections);
      total = others + this.#closeUntil(maxBytes - others, connections);
    }
  }

  /**
   * Closes those of a client's connections that are stalled for the longest time, until the others leave at most this much unread.
   *
   * @returns how much they leave unread.
   */
  #closeUntil(maxBytes: number, connections: readonly Connection[]): number {
    let bytes = countUnread(connections);
    if (bytes <= maxBytes) return bytes;
    const stalled = connections.filter(({ isStalled }) => isStalled);
    stalled.sort((one, other) => (one.due?.at ?? 0) - (other.due?.at ?? 0));
    for (const connection of stalled) {
      if (bytes <= maxBytes) break;
      bytes -= connection.unreadBytes;
      connection.unreadBytes = 0;
      this.#close(connection);
    }
    return bytes;
  }
}

/** Notes what of its responses a connection has not sent. */
function update(connection: Connection, now: number): void {
  const { socket } = connection;
  connection.queued = connection.queued.filter((response) => !response.socket && !response.writableFinished);
  const queuedBytes = connection.queued.reduce((sum, { writableLength }) => sum + writableLength, 0);
  const waiting = socket.writableLength;
  connection.unreadBytes = waiting + queuedBytes;
  const sent = socket.bytesWritten - waiting;
  const isLate = connection.due !== undefined && sent < connection.due.bytes;
  connection.isStalled = isLate || queuedBytes > 0;
  if (waiting === 0) {
    connection.due = undefined;
    // Not retained while the connection is idle: it may have a large body.
    if (queuedBytes === 0) connection.request = undefined;
  } else if (!isLate) {
    const { graceMs, bytesPerSecond } = sendDeadline;
    connection.due = { bytes: sent + waiting, at: now + graceMs + (waiting / bytesPerSecond) * 1000 };
  }
}

const countUnread = (connections: readonly Connection[]): number =>
  connections.reduce((sum, { unreadBytes }) => sum + unreadBytes, 0);
