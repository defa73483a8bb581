import { EmulatedChip } from "../../emulator/emulated-chip.ts";
import { VirtualBoard, type VirtualBoardOptions } from "../../emulator/virtual-board.ts";
import { loadDevice } from "../../src/device/catalogue.ts";
import { openBoard } from "../../src/link/board-chip.ts";
import type { CapabilityName } from "../../src/link/capability-names.ts";
import { createPipe } from "../../src/link/pipe.ts";
import { describeConformance } from "./suite.ts";

const device = await loadDevice("speck2f");

async function overPipe(options: Partial<VirtualBoardOptions> = {}) {
  const [host, board] = createPipe();
  void new VirtualBoard({ device, ...options }).serve(board);
  return openBoard(host);
}

const TIMED: ReadonlySet<CapabilityName> = new Set([
  "manyCores",
  "leak",
  "readout",
  "filter",
  "inputSteps",
  "decimator",
  "balancer",
  "initialState",
  "readNeurons",
  "writeNeurons",
  "timing",
]);

describeConformance({
  name: "the emulator, SIMD kernel,",
  device,
  open: async () => new EmulatedChip(device),
  capabilities: "all",
});

describeConformance({ name: "the virtual board over a pipe", device, open: () => overPipe(), capabilities: "all" });

describeConformance({
  name: "the virtual board with time, over a pipe,",
  device,
  open: () => overPipe({ timing: true }),
  capabilities: TIMED,
});
