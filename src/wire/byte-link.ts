/** A line that carries bytes both ways: a serial port, TCP, a pipe. It may lose and change bytes; it keeps their order. */
export interface ByteLink extends AsyncDisposable {
  /** For messages, e.g. "serial:/dev/ttyACM0". */
  readonly label: string;
  /**
   * Resolves when the line has taken the bytes (back-pressure), after which the caller may reuse them. One write at a time.
   *
   * @throws ChipError E_LINK when the line is closed or broken
   */
  write(bytes: Uint8Array): Promise<void>;
  /** What comes in; ends when the other side closed. May be iterated once; throws ChipError E_LINK when the line broke. */
  readonly incoming: AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}
