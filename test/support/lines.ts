import { createPipe } from "../../src/link/pipe.ts";
import { openPty } from "../../src/link/pty.ts";
import { openSerial } from "../../src/link/serial.ts";
import { connectTcp, listenTcp } from "../../src/link/tcp.ts";
import type { ByteLink } from "../../src/wire/byte-link.ts";
import { hasTool } from "./tools.ts";

/** A line with both of its ends here. */
export interface Line {
  readonly host: ByteLink;
  readonly board: ByteLink;
  close(): Promise<void>;
}

export const hasSocat = hasTool("socat", "-V");

/** Every kind of line that this machine can make. */
export const LINES: readonly { readonly name: string; readonly open: () => Promise<Line> }[] = [
  { name: "pipe", open: openPipeLine },
  { name: "tcp", open: openTcpLine },
  ...(hasSocat ? [{ name: "pty", open: openPtyLine }] : []),
];

export async function openPipeLine(): Promise<Line> {
  const [host, board] = createPipe();
  return lineOf(host, board);
}

export async function openTcpLine(): Promise<Line> {
  let arrived: (link: ByteLink) => void = () => {};
  const waiting = new Promise<ByteLink>((resolve) => {
    arrived = resolve;
  });
  const server = await listenTcp("127.0.0.1", 0, (link) => arrived(link));
  const host = await connectTcp("127.0.0.1", server.port);
  return lineOf(host, await waiting, () => server.close());
}

/** The real serial driver on one side, a pseudo-terminal of socat on the other. */
export async function openPtyLine(): Promise<Line> {
  const { path, link: board } = await openPty();
  return lineOf(await openSerial(path), board);
}

function lineOf(host: ByteLink, board: ByteLink, after: () => Promise<void> = async () => {}): Line {
  return {
    host,
    board,
    close: async () => {
      await host.close();
      await board.close();
      await after();
    },
  };
}
