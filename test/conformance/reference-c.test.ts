import { describe, test } from "vitest";
import { loadDevice } from "../../src/device/catalogue.ts";
import { openBoard } from "../../src/link/board-chip.ts";
import type { CapabilityName } from "../../src/link/capability-names.ts";
import { openProgram } from "../../src/link/program-link.ts";
import { buildReference, hasNanopb } from "../support/reference-c.ts";
import { describeConformance } from "./suite.ts";

const device = await loadDevice("speck2f");

/** Of a board of one core. With several the order of their spikes differs: depth first, as they come. */
const ONE_CORE: ReadonlySet<CapabilityName> = new Set([
  "inputSteps",
  "decimator",
  "initialState",
  "readNeurons",
  "writeNeurons",
]);

if (hasNanopb) {
  const firmware = buildReference("firmware", "CORES=1", "SANITIZE=1");
  describeConformance({
    name: "the reference firmware in C, one core, over stdin and stdout,",
    device,
    open: async () => openBoard(await openProgram(firmware)),
    capabilities: ONE_CORE,
  });
} else {
  describe("the reference firmware in C", () => {
    test.skip("needs gcc, make, protoc and nanopb");
  });
}
