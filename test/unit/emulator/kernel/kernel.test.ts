import { afterEach, describe, expect, it, vi } from "vitest";
import { EmulatedChip } from "../../../../emulator/emulated-chip.ts";
import { compileProgram, packAddress } from "../../../../emulator/program.ts";
import { loadDevice } from "../../../../src/device/catalogue.ts";
import { eventsOf, tinyConfig, tinyCore } from "../../../support/tiny-chip.ts";

const device = await loadDevice("speck2f");
const config = tinyConfig([tinyCore()]);
const program = compileProgram(config, device.spec);

/** The module anew, because it keeps the compiled kernel. */
async function freshKernel() {
  vi.resetModules();
  return import("../../../../emulator/kernel/kernel.ts");
}

afterEach(() => vi.restoreAllMocks());

describe("createEngine", () => {
  it("takes SIMD by default and the reference when told so", async () => {
    const { createEngine } = await freshKernel();
    expect(createEngine(program).kernel).toBe("simd");
    expect(createEngine(program, { kernel: "reference" }).kernel).toBe("reference");
  });

  it("compiles the kernel once, whatever the number of chips", async () => {
    const { createEngine } = await freshKernel();
    const compile = vi.spyOn(WebAssembly, "Module");
    const engines = [createEngine(program), createEngine(program), createEngine(program)];
    expect(compile).toHaveBeenCalledTimes(1);
    // They share code, not membranes.
    engines[0]?.writeNeurons(0, new Int16Array(16).fill(-1));
    expect(engines[1]?.readNeurons(0)).toEqual(new Int16Array(16));
  });

  it("falls back to the reference where SIMD is missing, says so, and refuses when SIMD is demanded", async () => {
    vi.spyOn(WebAssembly, "Module").mockImplementation(function refuse() {
      throw new WebAssembly.CompileError("invalid opcode 0xfd");
    });
    const { createEngine } = await freshKernel();
    expect(createEngine(program).kernel).toBe("reference (no SIMD here)");
    expect(() => createEngine(program, { kernel: "simd" })).toThrow(/no SIMD here/);
  });

  it("falls back for a program that the kernel cannot hold exactly, and names the reason", async () => {
    const { createEngine } = await freshKernel();
    const core = { ...program.cores[0]!, threshold: 0, fireAt: 0 };
    const odd = { ...program, cores: [core] };
    expect(createEngine(odd).kernel).toBe("reference (layer2 has threshold 0)");
  });

  it("says what to do when memory ends under the monitored spikes", async () => {
    await freshKernel();
    const { outOfMemory } = await import("../../../../emulator/kernel/simd-engine.ts");
    const trap = new WebAssembly.RuntimeError("unreachable");
    expect(outOfMemory(trap)).toMatchObject({ code: "E_INPUT", message: expect.stringContaining("smaller pieces") });
    const other = new TypeError("anything else");
    expect(outOfMemory(other)).toBe(other);
  });

  it("refuses an event outside the input map instead of reading other memory", async () => {
    const { createEngine } = await freshKernel();
    const batch = { length: 1, address: Uint32Array.of(packAddress(1, 0, 0)) };
    expect(() => createEngine(program, { kernel: "simd" }).run(batch)).toThrow(RangeError);
  });
});

describe("SIMD at the ends of the word", () => {
  const both = async (change: Parameters<typeof tinyCore>[0], events: number) => {
    const { createEngine } = await freshKernel();
    const odd = compileProgram(tinyConfig([tinyCore(change)]), device.spec);
    return (["simd", "reference"] as const).map((kernel) => {
      const engine = createEngine(odd, { kernel });
      engine.tick(false);
      engine.run({ length: events, address: new Uint32Array(events) });
      return { counters: engine.counters(), neuron: engine.readNeurons(0)[0] };
    });
  };

  it("[R2] [R8] counts saturation after leak has brought a neuron down to a floor at the end of the word", async () => {
    const change = { weights: Int8Array.of(-128), thresholdLow: -32_768, leak: Int16Array.of(-32_700) };
    const [simd, reference] = await both(change, 3);
    expect(simd).toEqual(reference);
    expect(simd).toMatchObject({ counters: [{ saturated: 3, clamped: 0 }], neuron: -32_768 });
  });

  it("[R2] counts what a deep floor clamps", async () => {
    const change = { weights: Int8Array.of(-128), thresholdLow: -32_700 };
    const [simd, reference] = await both(change, 260);
    expect(simd).toEqual(reference);
    expect(simd).toMatchObject({ counters: [{ saturated: 4, clamped: 5 }], neuron: -32_700 });
  });

  it("[R3] [R5] counts saturation when residues pile up to the top of the word", async () => {
    const change = { weights: Int8Array.of(127), thresholdHigh: 1 };
    const [simd, reference] = await both(change, 400);
    expect(simd).toEqual(reference);
    expect(simd?.counters[0]?.saturated).toBeGreaterThan(100);
  });
});

describe("EmulatedChip", () => {
  it.each([
    ["auto", "simd"],
    ["simd", "simd"],
    ["reference", "reference"],
  ] as const)("runs kernel %s as %s and reports it", async (kernel, used) => {
    const chip = new EmulatedChip(device, { kernel });
    await chip.configure(config);
    const result = await chip.run(eventsOf([[0, 0, 1, 2]]));
    expect(result.kernel).toBe(used);
    expect(Array.from(result.events?.x ?? [])).toEqual([2]);
  });
});
