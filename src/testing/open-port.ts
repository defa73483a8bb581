import { EmulatedChip } from "../../emulator/emulated-chip.ts";
import { VirtualBoard } from "../../emulator/virtual-board.ts";
import type { Chip } from "../chip/chip.ts";
import type { ChipConfig } from "../chip/config.ts";
import type { Device } from "../device/types.ts";
import { ChipError } from "../errors.ts";
import { type BoardChip, openBoard, type UploadOptions } from "../link/board-chip.ts";
import { isLinePort, openLine } from "../link/open.ts";
import { createPipe } from "../link/pipe.ts";
import { formatPortUrl, type PortUrl } from "../link/port-url.ts";
import { encodeChip } from "../wire/chip-codec.ts";

/** A chip behind a port, whatever it is. */
export interface OpenPort extends AsyncDisposable {
  readonly port: PortUrl;
  /** The port as text, for messages. */
  readonly label: string;
  readonly chip: Chip;
  /** The same chip when it is reached over the wire: identity, statistics, power, log lines. */
  readonly board?: BoardChip;
}

/**
 * Opens the chip behind a port. Lines that break are opened again, and the session goes on, where that can be.
 *
 * @param device the chip that the emulator and the virtual board are to be; real boards know what they are
 * @throws ChipError E_LINK, E_MISSING_PACKAGE: one line that says what to do
 */
export async function openPort(port: PortUrl, device: Device | undefined, signal?: AbortSignal): Promise<OpenPort> {
  const label = formatPortUrl(port);
  const abort = signal ? { signal } : {};
  if (isLinePort(port)) {
    // A program that is started again knows nothing of the session.
    const again = port.kind === "exec" ? {} : { reconnect: () => openLine(port, signal) };
    const board = await openBoard(await openLine(port, signal), { ...abort, ...again });
    return { port, label, chip: board, board, [Symbol.asyncDispose]: () => board[Symbol.asyncDispose]() };
  }
  if (device === undefined) throw new TypeError(`${label} needs to know which chip it is to be`);
  if (port.kind === "emulator") {
    const chip = new EmulatedChip(device);
    return { port, label, chip, [Symbol.asyncDispose]: () => chip[Symbol.asyncDispose]() };
  }
  const [host, end] = createPipe(label);
  const serving = new VirtualBoard({ device }).serve(end);
  const board = await openBoard(host, abort);
  return {
    port,
    label,
    chip: board,
    board,
    [Symbol.asyncDispose]: async () => {
      await board[Symbol.asyncDispose]();
      await serving;
    },
  };
}

/**
 * Puts a configuration in use, unless the board runs exactly this one already.
 *
 * @param chipPb the file that `config` was read from, when there is one
 * @returns true when something had to be sent
 * @throws ChipError E_DEVICE_MISMATCH before anything is sent; otherwise as `Chip.configure`
 */
export async function deployTo(
  open: OpenPort,
  config: ChipConfig,
  chipPb: Uint8Array | undefined,
  options: UploadOptions = {},
): Promise<boolean> {
  const { board } = open;
  if (board === undefined) {
    await open.chip.configure(config);
    return true;
  }
  const bytes = chipPb ?? encodeChip(config);
  checkDevice(open.label, board, config);
  if (board.runs(bytes)) return false;
  await board.upload(bytes, options);
  return true;
}

/** The board must be the chip that was mapped for, by name and, where it knows it, by the hash of the description. */
function checkDevice(label: string, { identity: { device } }: BoardChip, config: ChipConfig): void {
  const { name, hash } = config.device;
  const details = { port: label, board: device, configuration: config.device };
  if (device.name !== name) {
    throw new ChipError(
      "E_DEVICE_MISMATCH",
      `the board at ${label} carries ${device.name}, the configuration is for ${name}; map the network with --device ${device.name}.`,
      { details },
    );
  }
  if (device.hash !== "" && hash !== "" && device.hash !== hash) {
    throw new ChipError(
      "E_DEVICE_MISMATCH",
      `the board at ${label} has another description of ${name} (${device.hash.slice(0, 8)}) than the configuration was mapped for (${hash.slice(0, 8)}); update the older of the two, and map the network again.`,
      { details },
    );
  }
}

/**
 * Chooses the cores whose spikes come up.
 *
 * @throws ChipError E_UNSUPPORTED when the board shows others and cannot be told
 */
export async function selectMonitor(open: OpenPort, config: ChipConfig, cores: readonly number[]): Promise<void> {
  const { chip, board, label } = open;
  if (chip instanceof EmulatedChip) chip.selectMonitor(cores);
  else if (board?.can("selectMonitor")) await board.selectMonitor(cores);
  else {
    const shown = config.cores.filter(({ monitorEnable }) => monitorEnable).map(({ core }) => core);
    if (shown.length === cores.length && cores.every((core) => shown.includes(core))) return;
    throw new ChipError(
      "E_UNSUPPORTED",
      `the board at ${label} cannot choose which cores it shows; map the network with these layers monitored, or leave them out.`,
    );
  }
}
