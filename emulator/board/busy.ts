import type { ByteLink } from "../../src/wire/byte-link.ts";
import { encodeFrame, FrameKind } from "../../src/wire/frame.ts";
import { FrameParser } from "../../src/wire/frame-parser.ts";
import { encodeBusy } from "../../src/wire/greeting.ts";
import { GREETING_BYTES } from "../../src/wire/transport.ts";

/** Answers every HELLO on a second line with REFUSE, until that line ends: the board serves another one. */
export async function refuseBusy(link: ByteLink): Promise<void> {
  const answers: Uint8Array[] = [];
  const parser = new FrameParser(GREETING_BYTES, (kind, _session, _a, _b, payload) => {
    if (kind !== FrameKind.HELLO) return;
    const refuse = encodeBusy(payload);
    if (refuse) answers.push(encodeFrame({ kind: FrameKind.REFUSE, session: 0, a: 0, b: 0, payload: refuse }));
  });
  for await (const bytes of link.incoming) {
    parser.push(bytes);
    for (const answer of answers.splice(0)) await link.write(answer);
  }
}
