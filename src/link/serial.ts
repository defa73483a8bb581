import type { SerialPort } from "serialport";
import { ChipError, messageOf } from "../errors.ts";
import type { ByteLink } from "../wire/byte-link.ts";
import { StreamLink } from "./stream-link.ts";

export const DEFAULT_BAUD = 921_600;

export interface SerialOptions {
  /** Bits a second; boards on native USB ignore it. Default 921,600. */
  readonly baud?: number;
}

/** What the package says of a port. */
export type SerialPortEntry = Awaited<ReturnType<(typeof SerialPort)["list"]>>[number];

/**
 * Opens a serial port: 8 data bits, no parity, one stop bit, no flow control (the link has its own).
 *
 * The port is opened without "hang up on close", so that neither opening nor closing pulls DTR, which resets many boards.
 *
 * @throws ChipError E_MISSING_PACKAGE without the package `serialport`; E_LINK with the reason for which it cannot be opened
 */
export async function openSerial(path: string, { baud = DEFAULT_BAUD }: SerialOptions = {}): Promise<ByteLink> {
  const Port = await loadSerialPort();
  const label = `serial:${path}`;
  const port = new Port({ path, baudRate: baud, autoOpen: false, hupcl: false, lock: true });
  await new Promise<void>((resolve, reject) => {
    port.open((error) => {
      if (error) reject(explainSerial(label, path, baud, error));
      else resolve();
    });
  });
  listenWhileWriting(port);
  return new StreamLink({
    label,
    readable: port,
    writable: port,
    explain: (error) => explainSerial(label, path, baud, error),
    close: () =>
      new Promise((done) => {
        if (port.isOpen) port.close(() => done());
        else done();
      }),
  });
}

/** The part of the Unix binding that waits for the port; absent on Windows. Not part of the package's interface. */
interface Poller {
  poll(events: number): void;
  listenerCount(event: "readable" | "writable"): number;
}

const READABLE = 1;
const WRITABLE = 2;

/**
 * In bindings-cpp 13.0.0 a write that waits for room replaces the read that waits for data (`Poller::poll` hands only the
 * newest wish to libuv). Two ends that both wait for the other one to read then wait for ever; a busy pseudo-terminal
 * does so within a second. Here each wish includes the one that is still open.
 */
function listenWhileWriting(port: SerialPort): void {
  const poller = (port.port as { poller?: Poller } | undefined)?.poller;
  if (poller === undefined) return;
  const poll = poller.poll.bind(poller);
  poller.poll = (events) => {
    const reading = poller.listenerCount("readable") > 0 ? READABLE : 0;
    const writing = poller.listenerCount("writable") > 0 ? WRITABLE : 0;
    poll(events | reading | writing);
  };
}

/** The serial ports as the package finds them: on macOS and Windows; on Linux it needs `udevadm`. */
export async function listSerialPorts(): Promise<readonly SerialPortEntry[]> {
  return (await loadSerialPort()).list();
}

async function loadSerialPort(): Promise<typeof SerialPort> {
  try {
    return (await import("serialport")).SerialPort;
  } catch (cause) {
    throw new ChipError(
      "E_MISSING_PACKAGE",
      `serial ports need the package serialport, which is optional and not there (${messageOf(cause)}); run npm install serialport, or reach the board over tcp://.`,
      { details: { package: "serialport" }, cause },
    );
  }
}

/** The bindings' errors are sentences of the operating system; these are the ones with a remedy of their own. */
const REASONS: readonly (readonly [pattern: RegExp, reason: string, remedy: (path: string, baud: number) => string])[] =
  [
    [
      /no such file|file not found|no such device/i,
      "absent",
      () => "it is not there; plug the board in, and see `spikewright ports` for those that are",
    ],
    [
      /permission denied/i,
      "denied",
      (path) =>
        `you may not open it; join the group that owns it (\`ls -l ${path}\`; mostly \`sudo usermod -aG dialout $USER\`), then log in again`,
    ],
    [
      /cannot lock|busy|temporarily unavailable|access denied/i,
      "busy",
      (path) => `another program has it open; close that (\`fuser ${path}\` names it), then try again`,
    ],
    [
      /not a (tty|typewriter)|inappropriate ioctl|not a serial/i,
      "notSerial",
      () => "this is no serial port; see `spikewright ports` for those that are",
    ],
    [
      /baud/i,
      "baud",
      (path, baud) => `it cannot run at ${baud} baud; give a rate that it knows: serial:${path}?baud=115200`,
    ],
  ];

function explainSerial(label: string, path: string, baud: number, error: Error): ChipError {
  const said = messageOf(error);
  const details = { port: label, said };
  if ((error as { disconnected?: boolean }).disconnected || /EIO|input\/output error|ENXIO/i.test(said)) {
    return new ChipError("E_LINK", `${label} was unplugged, or the board lost power; plug it in and open it again.`, {
      details: { ...details, reason: "unplugged" },
      cause: error,
    });
  }
  const known = REASONS.find(([pattern]) => pattern.test(said));
  if (known === undefined) return new ChipError("E_LINK", `${label}: ${said}.`, { details, cause: error });
  const [, reason, remedy] = known;
  return new ChipError("E_LINK", `${label}: ${remedy(path, baud)}.`, { details: { ...details, reason }, cause: error });
}
