/** Every reason for which the program refuses or fails in a way that its user can act on. */
export type ErrorCode =
  | "E_FILE_NOT_FOUND"
  | "E_FILE_EXISTS"
  | "E_FILE_ACCESS"
  | "E_FORMAT"
  | "E_DAMAGED"
  | "E_CHECKSUM"
  | "E_VERSION"
  | "E_NETWORK"
  | "E_UNSUPPORTED"
  | "E_QUANTIZE"
  | "E_NO_PLACEMENT"
  | "E_CONFIG"
  | "E_DEVICE_UNKNOWN"
  | "E_DEVICE_FILE"
  | "E_DEVICE_MISMATCH"
  | "E_INPUT"
  | "E_DATASET"
  | "E_OPTION"
  | "E_MISSING_PACKAGE"
  | "E_STRICT"
  | "E_OVER_BUDGET"
  | "E_DIFFERENT"
  | "E_LINK"
  | "E_TRAINING"
  | "E_INTERRUPTED";

/** Machine-readable facts about an error; anything that JSON can carry. */
export type ErrorDetails = Readonly<Record<string, unknown>>;

/** A `ChipError` as plain data, so that it survives worker threads and JSON. */
export interface SerializedChipError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: ErrorDetails;
}

/**
 * The one error class for what a user can mend: a refused network, a damaged file, a full chip.
 *
 * The message names the subject, what is needed against what is there, and the remedy, on one line.
 * Programmer mistakes stay `TypeError`/`RangeError`; chip effects (saturation, drops) are counters, not errors.
 */
export class ChipError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, options: { details?: ErrorDetails; cause?: unknown } = {}) {
    // Names out of damaged files may hold line ends and terminal codes; a message is one printable line all the same.
    super(message.replace(/[\s\p{Cc}]+/gu, " "), options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "ChipError";
    this.code = code;
    this.details = options.details ?? {};
  }

  /** Plain data: custom fields of errors are lost across worker threads, plain objects are not. */
  toJSON(): SerializedChipError {
    return { code: this.code, message: this.message, details: this.details };
  }

  static fromJSON(data: SerializedChipError): ChipError {
    return new ChipError(data.code, data.message, { details: data.details });
  }
}

/** Joins reasons into one line: `a; b; c`. */
export function oneLine(reasons: readonly string[]): string {
  return reasons.join("; ").replace(/\s+/g, " ");
}

/** The message of anything thrown, on one line. */
export function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\s+/g, " ").trim();
}
