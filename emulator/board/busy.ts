import type { ByteLink } from "../../src/wire/byte-link.ts";
import { encodeFrame, FrameKind } from "../../src/wire/frame.ts";
import { FrameParser } from "../../src/wire/frame-parser.ts";
import { encodeBusy } from "../../src/wire/greeting.ts";
import { GREETING_BYTES } from "../../src/wire/transport.ts";

/**
 * Answers every HELLO on a second line with REFUSE while the board serves another one.
 *
 * @returns the line, once the board is free (the host repeats its HELLO); undefined when it ended before
 */
export async function waitWhileBusy(link: ByteLink, busy: () => boolean): Promise<ByteLink | undefined> {
  const pieces = link.incoming[Symbol.asyncIterator]();
  const answers: Uint8Array[] = [];
  let free = false;
  const parser = new FrameParser(GREETING_BYTES, (kind, _session, _a, _b, payload) => {
    if (kind !== FrameKind.HELLO) return;
    if (!busy()) {
      free = true;
      return;
    }
    const refuse = encodeBusy(payload);
    if (refuse) answers.push(encodeFrame({ kind: FrameKind.REFUSE, session: 0, a: 0, b: 0, payload: refuse }));
  });
  for (let next = await pieces.next(); !next.done; next = await pieces.next()) {
    parser.push(next.value);
    if (free) return { ...passed(link), incoming: { [Symbol.asyncIterator]: () => pieces } };
    for (const answer of answers.splice(0)) await link.write(answer);
  }
  return undefined;
}

/** The line's own methods, bound: a spread does not copy those of a class. */
function passed(link: ByteLink): Omit<ByteLink, "incoming"> {
  return {
    label: link.label,
    write: (bytes) => link.write(bytes),
    close: () => link.close(),
    [Symbol.asyncDispose]: () => link[Symbol.asyncDispose](),
  };
}
