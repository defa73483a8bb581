export { EmulatedChip, type EmulatorOptions } from "../emulator/emulated-chip.ts";
export { faultyLink, parseFaults } from "../emulator/faults.ts";
export { VirtualBoard, type VirtualBoardOptions } from "../emulator/virtual-board.ts";
export type {
  Chip,
  Counters,
  InputCounts,
  NeuronStates,
  OutputEvents,
  ReadoutTick,
  RunOptions,
  RunResult,
  RunWarning,
} from "./chip/chip.ts";
export type { ChipConfig, CoreConfig, Destination, InputConfig, OutputConfig } from "./chip/config.ts";
export { checkConfig, type Violation, validateConfig } from "./chip/validate.ts";
export { listDevices, loadDevice } from "./device/catalogue.ts";
export { type WordNeed, wordsNeeded } from "./device/memory.ts";
export type { Device, DeviceSpec } from "./device/types.ts";
export { type EnergyReport, priceRun } from "./energy/energy.ts";
export { ChipError, type ErrorCode } from "./errors.ts";
export { countOutputs, firstCorrectUs, predict } from "./evaluate/prediction.ts";
export { type InputOptions, toInputEvents } from "./events/address.ts";
export { createEventStream, type EventStream } from "./events/event-stream.ts";
export { simulateDemoSet } from "./events/simulate/demo-set.ts";
export { cutSlices } from "./events/slice.ts";
export { openDataset } from "./formats/dataset.ts";
export { readEventFile, streamEventFile } from "./formats/event-files.ts";
export { readNir, writeNir } from "./formats/nir.ts";
export { type BoardIdentity, type OpenBoardOptions, openBoard } from "./link/board-chip.ts";
export { createPipe } from "./link/pipe.ts";
export { type MapOptions, type MapResult, mapNetwork } from "./mapper/map-network.ts";
export type { Misfit, NoPlacement } from "./mapper/no-placement.ts";
export { toSamna } from "./mapper/samna.ts";
export type { Network, NetworkNode, Shape } from "./network/types.ts";
export { quantize } from "./quantize/quantize.ts";
export type { QuantLayer, QuantNetwork } from "./quantize/types.ts";
export { floorplanSvg } from "./report/floorplan.ts";
export { htmlPage } from "./report/html.ts";
export { demoNetwork } from "./study/demo-network.ts";
export { VERSION } from "./version.ts";
export type { ByteLink } from "./wire/byte-link.ts";
export { decodeChip, encodeChip } from "./wire/chip-codec.ts";
