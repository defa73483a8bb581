import { createHash } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { openProgram } from "../../../src/link/program-link.ts";
import { openPty } from "../../../src/link/pty.ts";
import { openSerial } from "../../../src/link/serial.ts";
import { connectTcp, listenTcp } from "../../../src/link/tcp.ts";
import type { ByteLink } from "../../../src/wire/byte-link.ts";
import { hasSocat, LINES, type Line, openTcpLine } from "../../support/lines.ts";
import { thrownAsync } from "../../support/thrown.ts";

const opened: { close(): Promise<void> }[] = [];
function keep<T extends { close(): Promise<void> }>(line: T): T {
  opened.push(line);
  return line;
}
afterEach(async () => {
  for (const line of opened.splice(0)) await line.close();
});

/** `total` bytes of every value, in pieces of odd sizes. */
function* pieces(total: number, seed: number): Generator<Uint8Array> {
  for (let at = 0, i = seed; at < total; i++) {
    const length = Math.min(total - at, 1 + ((i * 7919) % 9001));
    yield Uint8Array.from({ length }, (_, k) => (at + k) * 31 + seed);
    at += length;
  }
}

async function send(link: ByteLink, total: number, seed: number): Promise<string> {
  const hash = createHash("sha256");
  for (const piece of pieces(total, seed)) {
    hash.update(piece);
    await link.write(piece);
  }
  return hash.digest("hex");
}

async function receive(link: ByteLink, total: number): Promise<string> {
  const hash = createHash("sha256");
  let length = 0;
  for await (const chunk of link.incoming) {
    hash.update(chunk);
    length += chunk.length;
    if (length >= total) break;
  }
  return length === total ? hash.digest("hex") : `${length} bytes`;
}

describe.each(LINES)("a line over $name", ({ open }) => {
  it("carries every byte both ways at once, in order", async () => {
    const { host, board } = keep(await open());
    const total = 1_000_000;
    const [down, up, atBoard, atHost] = await Promise.all([
      send(host, total, 1),
      send(board, total, 2),
      receive(board, total),
      receive(host, total),
    ]);
    expect(atBoard).toBe(down);
    expect(atHost).toBe(up);
  });

  it("makes the writer wait for a slow reader", async () => {
    const { host, board } = keep(await open());
    let written = 0;
    const writing = (async () => {
      for (const piece of pieces(20_000_000, 1)) {
        await board.write(piece);
        written += piece.length;
      }
    })();
    writing.catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 300));
    // Buffers of the system and ours, a few megabytes at most; then it waits.
    expect(written).toBeLessThan(16_000_000);
    await host.close();
  });

  it("refuses to write after it was closed, and ends what is read", async () => {
    const { host } = keep(await open());
    const reading = receive(host, 1);
    await host.close();
    expect(await reading).toBe("0 bytes");
    expect(await thrownAsync(() => host.write(Uint8Array.of(1)))).toMatchObject({ code: "E_LINK" });
  });
});

describe("a line over TCP", () => {
  it("ends on the other side when one side closes, with nothing lost", async () => {
    const { host, board } = keep(await openTcpLine());
    await host.write(Uint8Array.of(1, 2, 3));
    await host.close();
    expect(await receive(board, 4)).toBe("3 bytes");
  });

  it("says what to do when nobody listens", async () => {
    const server = await listenTcp("127.0.0.1", 0, () => {});
    await server.close();
    const error = await thrownAsync(() => connectTcp("127.0.0.1", server.port));
    expect(error).toMatchObject({ code: "E_LINK" });
    expect(error.message).toMatch(/nobody listens there; start the board/);
  });

  it("says what to do when the port is taken", async () => {
    const server = keep(await listenTcp("127.0.0.1", 0, () => {}));
    const error = await thrownAsync(() => listenTcp("127.0.0.1", server.port, () => {}));
    expect(error.message).toMatch(/another program listens there/);
  });

  it("can be interrupted while it connects", async () => {
    const error = await thrownAsync(() => connectTcp("127.0.0.1", 9, AbortSignal.abort()));
    expect(error).toMatchObject({ code: "E_INTERRUPTED" });
  });
});

describe("a line to a program", () => {
  it("speaks over its standard streams, and ends it", async () => {
    const link = keep(await openProgram("cat"));
    await link.write(Uint8Array.of(7, 8, 9));
    expect(await receive(link, 3)).not.toMatch(/bytes/);
    await link.close();
  });

  it("ends when the program does", async () => {
    const link = keep(await openProgram("printf abc"));
    expect(await receive(link, 4)).toBe("3 bytes");
  });
});

describe("a serial port", () => {
  it("says what to do when it is not there", async () => {
    const error = await thrownAsync(() => openSerial("/dev/ttyNOBOARD"));
    expect(error).toMatchObject({ code: "E_LINK", details: { reason: "absent" } });
    expect(error.message).toMatch(/^serial:\/dev\/ttyNOBOARD: it is not there; plug the board in/);
  });

  it("says that a file is no serial port", async () => {
    const error = await thrownAsync(() => openSerial("/dev/null"));
    expect(error.message).toMatch(/no serial port/);
  });

  it.skipIf(!hasSocat)("says that another program has it open", async () => {
    const { path, link } = await openPty();
    keep(link);
    keep(await openSerial(path));
    const error = await thrownAsync(() => openSerial(path));
    expect(error).toMatchObject({ code: "E_LINK", details: { reason: "busy" } });
    expect(error.message).toMatch(/another program has it open; close that \(`fuser/);
  });

  it.skipIf(!hasSocat)("says that the board was unplugged", async () => {
    const { path, link } = await openPty();
    const host = keep(await openSerial(path));
    const reading = thrownAsync(() => receive(host, 1));
    await link.close();
    const error = await reading;
    expect(error).toMatchObject({ code: "E_LINK", details: { reason: "unplugged" } });
    expect(error.message).toMatch(/was unplugged, or the board lost power/);
    expect(await thrownAsync(() => host.write(Uint8Array.of(1)))).toMatchObject({ code: "E_LINK" });
  });

  it.skipIf(!hasSocat)("can be opened again and again, as a board's UART can", async () => {
    const { path, link } = await openPty();
    const board: Line["board"] = keep(link);
    const lines = board.incoming[Symbol.asyncIterator]();
    for (let i = 0; i < 3; i++) {
      const host = await openSerial(path);
      await host.write(Uint8Array.of(i));
      expect((await lines.next()).value).toEqual(Buffer.from([i]));
      await host.close();
    }
  });
});
