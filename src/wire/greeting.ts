import { spikewright } from "./generated/link.js";
import { PROTOCOL, PROTOCOL_VERSION } from "./transport.ts";

const { Hello, Refuse, RefuseReason } = spikewright.link.v1;

export type HelloMessage = ReturnType<typeof Hello.decode>;

/** The Hello in a payload, or undefined when it holds none. */
export function readHello(payload: Uint8Array): HelloMessage | undefined {
  try {
    const hello = Hello.decode(payload);
    return hello.protocol === PROTOCOL ? hello : undefined;
  } catch {
    // A sound CRC around something else: there is no Hello to be read.
    return undefined;
  }
}

export function encodeRefuse(nonce: number, reason: spikewright.link.v1.RefuseReason, message = ""): Uint8Array {
  return Refuse.encode({
    protocol: PROTOCOL,
    nonce,
    reason,
    minVersion: PROTOCOL_VERSION,
    maxVersion: PROTOCOL_VERSION,
    message,
  }).finish();
}

/** The answer of a board that serves another line; undefined for what is no Hello. */
export function encodeBusy(payload: Uint8Array): Uint8Array | undefined {
  const hello = readHello(payload);
  if (hello === undefined) return undefined;
  return encodeRefuse(hello.nonce, RefuseReason.REFUSE_REASON_BUSY, "the board serves another line");
}
