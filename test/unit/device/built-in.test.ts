import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { expandBoard } from "../../../src/device/board.ts";
import { listDevices } from "../../../src/device/catalogue.ts";
import { deviceProblems, sourceKeys } from "../../../src/device/consistency.ts";
import { wordsNeeded } from "../../../src/device/memory.ts";
import { parseDeviceSpec } from "../../../src/device/schema.ts";
import type { DeviceSpec } from "../../../src/device/types.ts";

const specs = await listDevices();
const folder = new URL("../../../devices/", import.meta.url);

function device(name: string): DeviceSpec {
  const spec = specs.find((candidate) => candidate.name === name);
  if (!spec) throw new Error(`no device ${name}`);
  return spec;
}

const words = (spec: DeviceSpec, memory: "kernelWords" | "neuronWords" | "leakWords") =>
  spec.cores.map((core) => core[memory].value);
const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
const Ki = (values: readonly number[]) => values.map((value) => value * 1024);

describe("the built-in device files", () => {
  it("are these six, silicon first", () => {
    const virtual = ["virtual", "virtual-board"];
    expect(specs.map((spec) => spec.name)).toEqual(["dynapcnn", "speck2cmini", "speck2e", "speck2f", ...virtual]);
    expect(specs.filter((spec) => !spec.silicon).map((spec) => spec.name)).toEqual(virtual);
  });

  it("have names and aliases that no other uses, and are called after their name", () => {
    const names = specs.flatMap((spec) => [spec.name, ...spec.aliases]);
    expect(new Set(names).size).toBe(names.length);
    const files = readdirSync(folder).filter((file) => file.endsWith(".json") && file !== "device.schema.json");
    expect(files.sort()).toEqual(specs.map((spec) => `${spec.name}.json`).sort());
  });

  describe.each(specs.map((spec) => ({ name: spec.name, spec })))("$name", ({ name, spec }) => {
    it("passes the schema and the checks of a user's file, and reads the same with and without them", () => {
      const data = JSON.parse(readFileSync(new URL(`${name}.json`, folder), "utf8"));
      const { $schema: _, ...plain } = data;
      expect(parseDeviceSpec(data)).toEqual({ spec: plain });
      expect(expandBoard(plain)).toEqual(spec);
      expect(deviceProblems(plain)).toEqual([]);
      expect(data.$schema).toBe("./device.schema.json");
    });

    it("says of every number where it comes from, and lists no source that nothing uses", () => {
      const used = new Set(sourceKeys(spec).map(([, key]) => key));
      expect([...used].sort()).toEqual(Object.keys(spec.sources).sort());
    });

    it("calls nothing measured but what somebody measured on that chip", () => {
      const measured = JSON.stringify(spec).match(/"evidence":"measured","source":"[^"]*"/g) ?? [];
      expect(measured).toEqual(name === "speck2f" ? Array(5).fill('"evidence":"measured","source":"idle-power"') : []);
    });

    it("offers both presets of the command line and defaults to the literature's", () => {
      expect(spec.energy.defaultPreset).toBe("literature");
      expect(Object.keys(spec.energy.presets)).toEqual(expect.arrayContaining(["literature", "speck-implied"]));
      expect(spec.energy.presets.literature.perTap).toMatchObject({ value: 1e-11, evidence: "assumed" });
    });
  });
});

describe("chips", () => {
  it.each(["speck2f", "speck2e", "dynapcnn"])("%s has the nine-core memories", (name) => {
    const spec = device(name);
    expect(words(spec, "kernelWords")).toEqual(Ki([16, 16, 16, 32, 32, 64, 64, 16, 16]));
    expect(words(spec, "neuronWords")).toEqual(Ki([64, 64, 64, 32, 32, 16, 16, 16, 16]));
    expect(words(spec, "leakWords")).toEqual(Array(9).fill(1024));
    expect(total(words(spec, "kernelWords"))).toBe(278_528);
    expect(total(words(spec, "neuronWords"))).toBe(327_680);
  });

  it("speck2cmini has five cores, and leak memory on the last two", () => {
    const spec = device("speck2cmini");
    expect(words(spec, "kernelWords")).toEqual(Ki([16, 32, 32, 64, 16]));
    expect(words(spec, "neuronWords")).toEqual(Ki([64, 32, 32, 16, 16]));
    expect(words(spec, "leakWords")).toEqual([0, 0, 0, 1024, 1024]);
  });

  it("only Speck 2e and 2f have decimator, congestion balancer, internal slow clock and the readout erratum", () => {
    const having = (test: (spec: DeviceSpec) => boolean) =>
      specs.filter((spec) => spec.silicon && test(spec)).map((spec) => spec.name);
    const both = ["speck2e", "speck2f"];
    expect(having((spec) => spec.blocks.congestionBalancer.value)).toEqual(both);
    expect(having((spec) => spec.blocks.decimatorRatios.value.length > 0)).toEqual(both);
    expect(having((spec) => spec.blocks.slowClockDividers.value.length > 0)).toEqual(both);
    expect(having((spec) => spec.errata.some((erratum) => erratum.id === "readout-feature-spread"))).toEqual(both);
  });

  it("the decimator knows no 64 (Speck data sheet, table 4)", () => {
    expect(device("speck2f").blocks.decimatorRatios.value).toEqual([2, 4, 8, 16, 32, 128, 256, 512]);
  });

  it.each(["speck2f", "speck2e"])("%s has the published stage times, cores 0 and 1 in parallel", (name) => {
    const { timing, cores } = device(name);
    const { tIn, tMap, tKernel, tNeuron, tOut, padIn, padOut } = timing;
    expect(cores.map((core) => core.units.value)).toEqual([4, 4, 1, 1, 1, 1, 1, 1, 1]);
    const fixed = tIn.value + tMap.value + tOut.value;
    const oneTap = fixed + tKernel.value + tNeuron.value;
    expect(oneTap).toBe(120_000);
    expect(oneTap + 255 * tNeuron.value).toBe(7_005_000);
    expect(padIn.value + padOut.value + 160_000).toBe(1_580_000);
  });

  it("the virtual chip takes what no chip takes: the largest layer of the CIFAR-10 network of Sorbaro et al. 2020", () => {
    const { cores, limits } = device("virtual");
    const need = wordsNeeded({
      inputFeatures: 192,
      outputFeatures: 192,
      kernel: [3, 3],
      output: [16, 16],
      leak: true,
    });
    expect(cores).toHaveLength(16);
    for (const core of cores) {
      expect(core.kernelWords.value).toBeGreaterThanOrEqual(need.kernelWords);
      expect(core.neuronWords.value).toBeGreaterThanOrEqual(need.neuronWords);
      expect(core.leakWords.value).toBeGreaterThanOrEqual(need.leakWords);
    }
    expect([limits.inputSize.value, limits.outputSize.value, limits.features.value]).toEqual([512, 512, 4096]);
  });
});
