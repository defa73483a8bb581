import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { EmulatedChip } from "../../emulator/emulated-chip.ts";
import { loadDevice } from "../../src/device/catalogue.ts";
import { readInputEvents } from "../../src/evaluate/samples.ts";
import { readNir } from "../../src/formats/nir.ts";
import { mapNetwork } from "../../src/mapper/map-network.ts";
import { dataPath, dataRoot } from "../support/data.ts";

/** Layer-0 spikes of one recording, `[feature][y][x]`, on the emulated chip. */
async function layerZeroCounts(chip: EmulatedChip, core: number, file: string): Promise<Uint16Array> {
  const { events } = await readInputEvents(file, [2, 34, 34], {});
  await chip.reset();
  const output = (await chip.run(events)).events;
  const counts = new Uint16Array(16 * 16 * 16);
  for (let i = 0; i < (output?.t.length ?? 0); i++) {
    if (output?.core[i] !== core) continue;
    const at = (output.feature[i] as number) * 256 + (output.y[i] as number) * 16 + (output.x[i] as number);
    counts[at] = (counts[at] as number) + 1;
  }
  return counts;
}

function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const n = a.length;
  let [sa, sb, saa, sbb, sab] = [0, 0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const [x, y] = [a[i] as number, b[i] as number];
    sa += x;
    sb += y;
    saa += x * x;
    sbb += y * y;
    sab += x * y;
  }
  return (sab - (sa * sb) / n) / Math.sqrt((saa - (sa * sa) / n) * (sbb - (sb * sb) / n));
}

describe.skipIf(!dataRoot)("against a real Speck2f", () => {
  it("layer-0 spike counts of seven digits agree with what the silicon did", async () => {
    const device = await loadDevice("speck2f");
    const file = dataPath("models", "nir", "cnn_sinabs_nmnist.nir");
    const network = await readNir(readFileSync(file), "cnn_sinabs_nmnist.nir");
    const { config, layers } = mapNetwork(network, device, { quantize: "sinabs", monitor: ["0"] });
    const first = layers.find((layer) => layer.name === "0");
    expect(first).toMatchObject({ threshold: 72, thresholdLow: -72 });
    expect(first?.scale).toBeCloseTo(71.537, 3);

    const bytes = readFileSync(dataPath("golden_speck", "speck_activity_7x16x16x16.u16le"));
    const silicon = new Uint16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
    const { nmnist_ids_by_digit: ids } = JSON.parse(readFileSync(dataPath("golden_speck", "samples.json"), "utf8")) as {
      nmnist_ids_by_digit: number[];
    };
    await using chip = new EmulatedChip(device);
    await chip.configure(config);
    const emulated = new Uint16Array(silicon.length);
    for (const [digit, id] of ids.entries()) {
      emulated.set(
        await layerZeroCounts(chip, first?.core as number, dataPath("nmnist_1100", "dev", `${id}.bs2`)),
        digit * 4096,
      );
    }
    const differences = Array.from(silicon, (count, i) => Math.abs(count - (emulated[i] as number)));
    const total = (counts: Uint16Array): number => counts.reduce((sum, count) => sum + count, 0);

    expect(correlation(emulated, silicon)).toBeGreaterThanOrEqual(0.9992);
    expect(Math.abs(total(emulated) / total(silicon) - 1)).toBeLessThanOrEqual(0.003);
    expect(differences.filter((difference) => difference === 0).length / differences.length).toBeGreaterThanOrEqual(
      0.97,
    );
    expect(Math.max(...differences)).toBeLessThanOrEqual(2);
    // The sparsest recording (digit 1) is equal in every cell: the rules are right, the load makes the difference.
    expect(Math.max(...differences.slice(4096, 2 * 4096))).toBe(0);
  });
});

describe.skipIf(!dataRoot)("SynOps of a real recording", () => {
  it("counts 311,048 border-exact taps through a 3x3 layer with padding 1 and 8 features at 34x34", async () => {
    const { tinyConfig, tinyCore } = await import("../support/tiny-chip.ts");
    const core = tinyCore({
      inputShape: [2, 34, 34],
      outputShape: [8, 34, 34],
      kernelSize: [3, 3],
      padding: [1, 1],
      weights: new Int8Array(8 * 2 * 9).fill(1),
      thresholdHigh: 1000,
      thresholdLow: -1000,
    });
    const device = await loadDevice("speck2f");
    await using chip = new EmulatedChip(device);
    await chip.configure(tinyConfig([core]));
    const { events } = await readInputEvents(dataPath("event_formats", "tonic_sample_nmnist.bin"), [2, 34, 34], {});
    const result = await chip.run(events);
    expect(result.perCore[0]).toMatchObject({ eventsIn: 4325, taps: 311_048, neuronUpdates: 311_048 });
  });
});
