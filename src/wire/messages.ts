import { ChipError, type ErrorCode, messageOf } from "../errors.ts";
import { spikewright } from "./generated/link.js";

const link = spikewright.link.v1;

export type ToBoard = spikewright.link.v1.ToBoard.$Properties;
export type FromBoard = spikewright.link.v1.FromBoard.$Properties;

/** A decoded message: every scalar is there, with its default if need be. */
type Decoded<T> = T extends number | string | boolean | Uint8Array
  ? T
  : T extends readonly (infer U)[]
    ? readonly Decoded<U>[]
    : { readonly [K in Exclude<keyof T, "$unknowns">]-?: Decoded<NonNullable<T[K]>> };

/** One of the members of `body` is there. */
type Body<T> = { readonly id: number } & {
  readonly [K in Exclude<keyof T, "id" | "$unknowns">]?: Decoded<NonNullable<T[K]>> | null;
};

export type EventBatchMessage = Decoded<spikewright.link.v1.EventBatch.$Properties>;
export type RunResultMessage = Omit<Decoded<spikewright.link.v1.RunResult.$Properties>, "error" | "timing"> & {
  readonly error?: Decoded<spikewright.link.v1.Error.$Properties> | null;
  readonly timing?: Decoded<spikewright.link.v1.RunTiming.$Properties> | null;
};
export type ToBoardMessage = Body<ToBoard>;
export type FromBoardMessage = Omit<Body<FromBoard>, "runResult"> & { readonly runResult?: RunResultMessage | null };

export const { Capability, ErrorCode: WireError, RunStatus, LogLevel, WarningKind } = link;
export type WireError = spikewright.link.v1.ErrorCode;

/** What a message takes beside its longest `bytes` field, at most. */
export const MESSAGE_OVERHEAD = 40;
const TWO_32 = 4_294_967_296;

export function encodeToBoard(message: ToBoard): Uint8Array {
  return link.ToBoard.encode(message).finish();
}

export function encodeFromBoard(message: FromBoard): Uint8Array {
  return link.FromBoard.encode(message).finish();
}

/** @throws ChipError E_LINK for bytes that are no ToBoard; what they claim never takes more memory than they have */
export function decodeToBoard(bytes: Uint8Array): ToBoardMessage {
  return decode(bytes, (data) => link.ToBoard.decode(data) as unknown as ToBoardMessage);
}

/** @throws ChipError E_LINK for bytes that are no FromBoard */
export function decodeFromBoard(bytes: Uint8Array): FromBoardMessage {
  return decode(bytes, (data) => link.FromBoard.decode(data) as unknown as FromBoardMessage);
}

function decode<T>(bytes: Uint8Array, read: (data: Uint8Array) => T): T {
  try {
    return read(bytes);
  } catch (cause) {
    throw new ChipError(
      "E_LINK",
      `a message of ${bytes.length} bytes arrived whole but is no valid protobuf (${messageOf(cause)}); the other end does not follow firmware-schemas/link.proto.`,
      { cause },
    );
  }
}

/** Low and high half of a number below 2^53. */
export function halves(value: number): readonly [low: number, high: number] {
  return [value % TWO_32, Math.floor(value / TWO_32)];
}

export function joined(low: number | null | undefined, high: number | null | undefined): number {
  return (high ?? 0) * TWO_32 + (low ?? 0);
}

const WIRE_ERRORS: readonly (readonly [WireError, ErrorCode])[] = [
  [WireError.ERROR_CODE_UNSUPPORTED, "E_UNSUPPORTED"],
  [WireError.ERROR_CODE_NOT_CONFIGURED, "E_CONFIG"],
  [WireError.ERROR_CODE_DAMAGED, "E_CHECKSUM"],
  [WireError.ERROR_CODE_DAMAGED, "E_DAMAGED"],
  [WireError.ERROR_CODE_DAMAGED, "E_FORMAT"],
  [WireError.ERROR_CODE_VERSION, "E_VERSION"],
  [WireError.ERROR_CODE_DEVICE_MISMATCH, "E_DEVICE_MISMATCH"],
  [WireError.ERROR_CODE_CONFIG, "E_CONFIG"],
  [WireError.ERROR_CODE_TOO_LARGE, "E_CONFIG"],
  [WireError.ERROR_CODE_INPUT, "E_INPUT"],
  [WireError.ERROR_CODE_CHIP_EFFECT, "E_STRICT"],
];

/** The number under which an error of the program goes over the line. */
export function wireErrorOf(code: ErrorCode): WireError {
  // The last one for E_CONFIG would be TOO_LARGE, which a board chooses itself.
  if (code === "E_CONFIG") return WireError.ERROR_CODE_CONFIG;
  return WIRE_ERRORS.find(([, known]) => known === code)?.[0] ?? WireError.ERROR_CODE_INTERNAL;
}

/** What a host makes of a board's error; E_LINK for what no user can mend on the chip's side. */
export function errorCodeOf(code: WireError): ErrorCode {
  return WIRE_ERRORS.find(([known]) => known === code)?.[1] ?? "E_LINK";
}

/** Texts have limits on the line, in bytes of UTF-8 (link.options): cut at a character, with an ellipsis. */
export function cutText(text: string, bytes: number): string {
  const encoder = new TextEncoder();
  if (encoder.encode(text).length <= bytes) return text;
  const { read } = encoder.encodeInto(text, new Uint8Array(Math.max(0, bytes - 3)));
  return `${text.slice(0, read)}...`;
}
