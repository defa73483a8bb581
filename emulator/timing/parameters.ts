import type { DeviceSpec } from "../../src/device/types.ts";
import { ChipError } from "../../src/errors.ts";

/** Handshake-stage times of a device, integer picoseconds [D1]. The chip has no clock: they are declared, not counted. */
export interface TimingParameters {
  readonly tIn: number;
  readonly tMap: number;
  readonly tKernel: number;
  readonly tNeuron: number;
  readonly tOut: number;
  readonly padIn: number;
  readonly padOut: number;
  readonly routerSlot: number;
  /** Events that wait at a core's input; the one that the core works on is not among them. */
  readonly fifoDepth: number;
  /** How long a copy is under way from chip to chip of a board [D10]; 0 on a device of one chip. */
  readonly linkDelay: number;
  readonly pipelined: boolean;
  /** Resolution of the board's time stamps. */
  readonly boardStamp: number;
}

/** Largest time that a float64 holds as an exact integer of picoseconds: 2 h 30 min. */
export const MAX_TIME_PS = Number.MAX_SAFE_INTEGER;

export const PS_PER_US = 1_000_000;

/** Takes the parameters from the device file, whose unit is the picosecond. */
export function timingParameters(device: DeviceSpec): TimingParameters {
  const { timing } = device;
  return {
    tIn: timing.tIn.value,
    tMap: timing.tMap.value,
    tKernel: timing.tKernel.value,
    tNeuron: timing.tNeuron.value,
    tOut: timing.tOut.value,
    padIn: timing.padIn.value,
    padOut: timing.padOut.value,
    routerSlot: timing.routerSlot.value,
    fifoDepth: timing.fifoDepth.value,
    linkDelay: device.board?.link.delay.value ?? 0,
    pipelined: timing.overlap.value === "pipelined",
    boardStamp: timing.boardStamp.value,
  };
}

/**
 * Microseconds as picoseconds.
 *
 * @throws ChipError E_INPUT beyond `MAX_TIME_PS`
 */
export function picoseconds(us: number): number {
  const ps = us * PS_PER_US;
  checkTime(ps);
  return ps;
}

/** @throws ChipError E_INPUT when a time is no longer exact */
export function checkTime(ps: number): void {
  if (ps <= MAX_TIME_PS) return;
  throw new ChipError(
    "E_INPUT",
    `the timed run reaches ${(ps / 1e12).toFixed(0)} s, more than the ${Math.floor(MAX_TIME_PS / 1e12)} s that integer picoseconds can hold; cut the recording or run it without time.`,
  );
}
