import { connect, createServer, type Socket } from "node:net";
import { ChipError, messageOf } from "../errors.ts";
import type { ByteLink } from "../wire/byte-link.ts";
import { StreamLink } from "./stream-link.ts";

const CONNECT_TIMEOUT_MS = 5000;

/** A TCP server of lines. */
export interface TcpServer {
  readonly host: string;
  readonly port: number;
  /** Stops listening and breaks all lines off. */
  close(): Promise<void>;
}

/**
 * Connects to a board, or a bridge to one, over TCP.
 *
 * @throws ChipError E_LINK when nobody answers there
 */
export function connectTcp(host: string, port: number, signal?: AbortSignal): Promise<ByteLink> {
  const label = tcpLabel(host, port);
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true });
    const settle = (error?: ChipError): void => {
      socket.removeAllListeners("timeout").removeAllListeners("error").removeAllListeners("connect");
      signal?.removeEventListener("abort", onAbort);
      socket.setTimeout(0);
      if (error === undefined) resolve(linkOf(socket, label));
      else {
        // The socket may still complain while it is torn down.
        socket.on("error", () => {});
        socket.destroy();
        reject(error);
      }
    };
    const onAbort = (): void => settle(new ChipError("E_INTERRUPTED", `connecting to ${label} was interrupted.`));
    socket.setTimeout(CONNECT_TIMEOUT_MS, () => settle(explainTcp(label, { code: "ETIMEDOUT" })));
    socket.once("error", (error) => settle(explainTcp(label, error)));
    socket.once("connect", () => settle());
    if (signal?.aborted) onAbort();
    else signal?.addEventListener("abort", onAbort);
  });
}

/**
 * Listens for hosts; each connection becomes a line.
 *
 * @param port 0: any free one
 * @throws ChipError E_LINK when the address cannot be listened on
 */
export function listenTcp(host: string, port: number, onLink: (link: ByteLink) => void): Promise<TcpServer> {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    onLink(linkOf(socket, `tcp://${socket.remoteAddress}:${socket.remotePort}`));
  });
  return new Promise((resolve, reject) => {
    // Once it listens, an error is that of one connection that could not be accepted (too many open files, say): whoever
    // wanted it notices, and the lines that there are go on.
    server.on("error", (error: NodeJS.ErrnoException) => reject(explainListen(tcpLabel(host, port), error)));
    server.listen({ host, port }, () => {
      const address = server.address();
      const actual = typeof address === "object" && address !== null ? address.port : port;
      resolve({
        host,
        port: actual,
        close: () =>
          new Promise((done) => {
            for (const socket of sockets) socket.destroy();
            server.close(() => done());
          }),
      });
    });
  });
}

function linkOf(socket: Socket, label: string): ByteLink {
  return new StreamLink({
    label,
    readable: socket,
    writable: socket,
    explain: (error) => explainTcp(label, error),
    close: async () => {
      if (socket.destroyed) return;
      const closed = new Promise((done) => socket.once("close", done));
      // What was written still goes out; a peer that does not read must not hold us up.
      socket.end(() => socket.destroy());
      socket.setTimeout(1000, () => socket.destroy());
      await closed;
    },
  });
}

export function tcpLabel(host: string, port: number): string {
  return `tcp://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

function explainTcp(label: string, error: { code?: string; message?: string }): ChipError {
  const reason = TCP_REASONS[error.code ?? ""] ?? `${messageOf(error)}; check the network`;
  return new ChipError("E_LINK", `${label}: ${reason}.`, {
    details: { port: label, reason: error.code },
    cause: error,
  });
}

const TCP_REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED:
    "nobody listens there; start the board or `spikewright board --listen` first, and check the port number",
  ETIMEDOUT: "no answer; check address, firewall and power",
  EHOSTUNREACH: "the host cannot be reached; check address and network",
  ENETUNREACH: "the network cannot be reached; check address and network",
  ENOTFOUND: "there is no host of that name; check the spelling",
  EAI_AGAIN: "the name could not be looked up; check the spelling and the network",
  ECONNRESET: "the other side broke the line off; open it again",
  EPIPE: "the other side closed the line; open it again",
};

function explainListen(label: string, error: NodeJS.ErrnoException): ChipError {
  const reason =
    error.code === "EADDRINUSE"
      ? "another program listens there; take another port, or 0 for any free one"
      : error.code === "EACCES"
        ? "ports below 1024 are for the administrator; take a higher one"
        : error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND"
          ? "this computer has no such address; take 127.0.0.1, or 0.0.0.0 for all"
          : messageOf(error);
  return new ChipError("E_LINK", `cannot listen on ${label}: ${reason}.`, {
    details: { port: label, reason: error.code },
    cause: error,
  });
}
