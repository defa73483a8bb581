/**
 * Tests with hardware in the loop, for vitest: `spikewright/testing`. The same test file runs on the emulator, the virtual
 * board and a board; the environment variable SPIKEWRIGHT_PORT chooses.
 */
import { expect } from "vitest";
import { toMatchSpikes, toStayWithinEnergy } from "./matchers.ts";

expect.extend({ toMatchSpikes, toStayWithinEnergy });

export { type DescribeOptions, describeChip } from "./describe-chip.ts";
export type { SpikeMatchOptions } from "./matchers.ts";
export { type BenchRun, type ChipBench, type OpenChipOptions, openChip } from "./open-chip.ts";
