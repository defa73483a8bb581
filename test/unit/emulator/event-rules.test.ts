import { describe, expect, it } from "vitest";
import { EmulatedChip } from "../../../emulator/emulated-chip.ts";
import type { RunResult } from "../../../src/chip/chip.ts";
import type { ChipConfig, CoreConfig } from "../../../src/chip/config.ts";
import { loadDevice } from "../../../src/device/catalogue.ts";
import type { Device } from "../../../src/device/types.ts";
import { eventsOf, tinyConfig, tinyCore, withNumeric } from "../../support/tiny-chip.ts";

type Row = readonly [t: number, p: number, y: number, x: number];

const speck2f = await loadDevice("speck2f");

async function chipOf(config: ChipConfig, device: Device = speck2f): Promise<EmulatedChip> {
  const chip = new EmulatedChip(device);
  await chip.configure(config);
  return chip;
}

async function runRows(config: ChipConfig, rows: readonly Row[], device: Device = speck2f): Promise<RunResult> {
  return (await chipOf(config, device)).run(eventsOf(rows));
}

/** `t core feature y x` of each output event. */
function rowsOf(result: RunResult): number[][] {
  const events = result.events;
  if (!events) throw new Error("no events kept");
  return Array.from(events.t, (t, i) => [t, events.core[i], events.feature[i], events.y[i], events.x[i]] as number[]);
}

const one = (rows: number): Row[] => Array.from({ length: rows }, (_, i) => [i * 10, 0, 0, 0] as const);

/** One neuron: weight, threshold, floor. */
const neuron = (weight: number, threshold: number, change: Partial<CoreConfig> = {}): ChipConfig =>
  tinyConfig([
    tinyCore({ weights: Int8Array.of(weight), thresholdHigh: threshold, thresholdLow: -threshold, ...change }),
  ]);

describe("event mode", () => {
  it("[R5] one event, weight 127, threshold 127: exactly one spike, on every core", async () => {
    for (const { id } of speck2f.spec.cores) {
      const result = await runRows(neuron(127, 127, { core: id }), one(1));
      expect(rowsOf(result)).toEqual([[0, id, 0, 0, 0]]);
    }
  });

  it("[R5] comparator > does not fire at equality", async () => {
    const device = { ...speck2f, spec: withNumeric(speck2f.spec, { comparator: ">" }) };
    expect(rowsOf(await runRows(neuron(127, 127), one(1), device))).toEqual([]);
    expect(rowsOf(await runRows(neuron(127, 126), one(1), device))).toHaveLength(1);
  });

  it("[R3] a weight above twice the threshold: one spike, the residue waits for the next event at the neuron", async () => {
    const config = neuron(100, 40);
    const chip = await chipOf(config);
    const first = await chip.run(eventsOf(one(1)));
    expect(rowsOf(first)).toHaveLength(1);
    expect(first.perCore[0]).toMatchObject({ spikes: 1, residues: 1 });
    expect((await chip.readNeurons(2)).values[0]).toBe(60);
    // An event at another neuron does not let the residue fire.
    expect(rowsOf(await chip.run(eventsOf([[0, 0, 3, 3]])))).toEqual([[0, 2, 0, 3, 3]]);
    expect((await chip.readNeurons(2)).values[0]).toBe(60);
    expect(rowsOf(await chip.run(eventsOf([[0, 0, 0, 0]])))).toEqual([[0, 2, 0, 0, 0]]);
    expect((await chip.readNeurons(2)).values[0]).toBe(120);
  });

  it("[R2] subtracts the threshold, or returns to zero", async () => {
    const chip = await chipOf(neuron(60, 50));
    await chip.run(eventsOf(one(1)));
    expect((await chip.readNeurons(2)).values[0]).toBe(10);
    const zero = await chipOf(neuron(60, 50, { returnToZero: true }));
    await zero.run(eventsOf(one(1)));
    expect((await zero.readNeurons(2)).values[0]).toBe(0);
  });

  it("[R2] holds the membrane at threshold_low and counts it", async () => {
    const chip = await chipOf(neuron(-60, 50));
    const result = await chip.run(eventsOf(one(3)));
    expect((await chip.readNeurons(2)).values[0]).toBe(-50);
    expect(result.perCore[0]?.clamped).toBe(3);
  });

  it("[R5] saturates at the top of the word, or wraps where the device says so", async () => {
    const state = {
      ...tinyCore(),
      initialState: new Int16Array(16).fill(32700),
      thresholdHigh: 32767,
      weights: Int8Array.of(127),
    };
    const config = tinyConfig([{ ...state, thresholdLow: -32768 }]);
    const saturating = await chipOf(config);
    const result = await saturating.run(eventsOf(one(1)));
    expect(result.perCore[0]).toMatchObject({ saturated: 1, spikes: 1 });
    expect(result.warnings.map((warning) => warning.kind)).toEqual(["saturated"]);
    const wrapping = await chipOf(config, { ...speck2f, spec: withNumeric(speck2f.spec, { upperSaturation: false }) });
    expect((await wrapping.run(eventsOf(one(1)))).perCore[0]).toMatchObject({ saturated: 1, spikes: 0 });
    expect((await wrapping.readNeurons(2)).values[0]).toBe(32700 + 127 - 65536);
  });

  it("[R4] a zero weight costs a tap, touches no neuron and lets no residue fire; the switch turns that off", async () => {
    const core = tinyCore({
      inputShape: [2, 4, 4],
      weights: Int8Array.of(100, 0),
      thresholdHigh: 40,
      thresholdLow: -40,
    });
    const rows: Row[] = [
      [0, 0, 0, 0],
      [10, 1, 0, 0],
    ];
    const skipping = await runRows(tinyConfig([core]), rows);
    expect(skipping.perCore[0]).toMatchObject({ taps: 2, neuronUpdates: 1, spikes: 1 });
    const device = { ...speck2f, spec: withNumeric(speck2f.spec, { zeroWeightSkip: false }) };
    expect((await runRows(tinyConfig([core]), rows, device)).perCore[0]).toMatchObject({
      taps: 2,
      neuronUpdates: 1,
      spikes: 2,
    });
  });

  it("[R1] sweeps output rows, then columns, then features", async () => {
    const core = tinyCore({
      outputShape: [2, 4, 4],
      kernelSize: [3, 3],
      padding: [1, 1],
      weights: new Int8Array(18).fill(1),
    });
    const result = await runRows(tinyConfig([core]), [[5, 0, 1, 1]]);
    const swept = rowsOf(result).map(([, , feature, y, x]) => [y, x, feature]);
    expect(swept).toEqual(
      [0, 1, 2].flatMap((y) =>
        [0, 1, 2].flatMap((x) => [
          [y, x, 0],
          [y, x, 1],
        ]),
      ),
    );
  });

  it("[R1] is the convolution of the weights: stride 2, padding 1, an asymmetric kernel", async () => {
    // One event makes the kernel visible, flipped: output (oy, ox) gets w[y + p - 2 oy][x + p - 2 ox].
    const weights = Int8Array.from({ length: 9 }, (_, i) => i + 1);
    const core = tinyCore({
      outputShape: [1, 2, 2],
      kernelSize: [3, 3],
      stride: [2, 2],
      padding: [1, 1],
      weights,
      thresholdHigh: 100,
      thresholdLow: -100,
    });
    const chip = await chipOf(tinyConfig([core]));
    await chip.run(eventsOf([[0, 0, 1, 2]]));
    const { values } = await chip.readNeurons(2);
    // ky = 2 - 2 oy, kx = 3 - 2 ox: (0,1) -> w[2][1], (1,1) -> w[0][1]; kx = 3 for ox = 0 lies outside.
    expect([...values]).toEqual([0, 8, 0, 2]);
  });

  it("[R6] pools by address and drops what does not fill a block, each destination for itself", async () => {
    const first = tinyCore({
      inputShape: [1, 3, 3],
      outputShape: [1, 3, 3],
      destinations: [
        { core: 3, pooling: 2, featureShift: 0 },
        { core: 4, pooling: 1, featureShift: 1 },
      ],
    });
    const pooled = tinyCore({ core: 3, inputShape: [1, 1, 1], outputShape: [1, 1, 1] });
    const shifted = tinyCore({ core: 4, inputShape: [2, 3, 3], outputShape: [1, 3, 3], weights: Int8Array.of(0, 1) });
    const result = await runRows(tinyConfig([first, pooled, shifted]), [
      [0, 0, 1, 1],
      [10, 0, 2, 1],
    ]);
    expect(result.perCore.map((core) => core.eventsIn)).toEqual([2, 1, 2]);
    expect(result.perCore[0]).toMatchObject({ copies: 3, poolDropped: 1 });
    expect(rowsOf(result)).toEqual([
      [0, 2, 0, 1, 1],
      [0, 3, 0, 0, 0],
      [0, 4, 0, 1, 1],
      [10, 2, 0, 2, 1],
      [10, 4, 0, 2, 1],
    ]);
  });

  it("[R6] the decimator passes the N-th, 2N-th... spike, and reset clears its count", async () => {
    const chip = await chipOf(tinyConfig([tinyCore({ decimator: { ratio: 4 } })]));
    const result = await chip.run(eventsOf(one(9)));
    expect(rowsOf(result).map(([t]) => t)).toEqual([30, 70]);
    expect(result.perCore[0]).toMatchObject({ spikes: 9, decimated: 7 });
    await chip.reset();
    expect(rowsOf(await chip.run(eventsOf(one(3))))).toEqual([]);
  });

  it("[R7] depth first through a merge: destination 0 completely, then destination 1", async () => {
    // The input spike reaches core 4 by core 3 (destination 0, weight -1) before the direct way (weight +1).
    const floor = { thresholdHigh: 1, thresholdLow: -1 };
    const first = tinyCore({
      destinations: [
        { core: 3, pooling: 1, featureShift: 0 },
        { core: 4, pooling: 1, featureShift: 1 },
      ],
    });
    const middle = tinyCore({
      core: 3,
      destinations: [{ core: 4, pooling: 1, featureShift: 0 }],
      monitorEnable: false,
    });
    const last = tinyCore({ core: 4, inputShape: [2, 4, 4], weights: Int8Array.of(-1, 1), ...floor });
    const before = await runRows(tinyConfig([{ ...first, monitorEnable: false }, middle, last]), one(1));
    expect(before.perCore[2]).toMatchObject({ eventsIn: 2, spikes: 0 });
    const swapped = { ...first, destinations: [...first.destinations].reverse(), monitorEnable: false };
    const after = await runRows(tinyConfig([swapped, middle, last]), one(1));
    expect(after.perCore[2]).toMatchObject({ eventsIn: 2, spikes: 1 });
  });

  it("[R8] leak ticks come before events of the same time and go through the neuron path", async () => {
    // Weight 127, leak -13 a second: 127 -> 114 -> 101 (the vendor's leak example).
    const core = tinyCore({
      weights: Int8Array.of(127),
      leak: Int16Array.of(-13),
      thresholdHigh: 300,
      thresholdLow: -300,
    });
    const config = tinyConfig([core], { slowClock: { source: "external", periodUs: 1e6 } });
    const chip = await chipOf(config);
    await chip.run(eventsOf([[0, 0, 0, 0]]), { untilUs: 2e6 });
    expect((await chip.readNeurons(2)).values[0]).toBe(101);
    // A tick at 1 s lifts the membrane over the threshold just before the event of 1 s.
    const lifting = tinyCore({
      weights: Int8Array.of(5),
      leak: Int16Array.of(6),
      thresholdHigh: 10,
      thresholdLow: -10,
    });
    const result = await runRows(tinyConfig([lifting], { slowClock: { source: "external", periodUs: 1e6 } }), [
      [0, 0, 0, 0],
      [1e6, 0, 0, 0],
    ]);
    expect(rowsOf(result)).toEqual([[1e6, 2, 0, 0, 0]]);
    expect(result.perCore[0]).toMatchObject({ leakUpdates: 16, taps: 2 });
  });

  it("[R8] the internal clock ticks after every 2^d input events", async () => {
    const core = tinyCore({
      leak: Int16Array.of(1),
      leakInternalSlowClock: true,
      thresholdHigh: 30000,
      thresholdLow: -1,
    });
    const chip = await chipOf(tinyConfig([core], { slowClock: { source: "internal", divider: 14 } }));
    const rows = Array.from({ length: 2 ** 15 + 5 }, (_, i) => [i, 0, 0, 0] as const);
    const result = await chip.run(eventsOf(rows));
    expect(result.perCore[0]?.leakUpdates).toBe(2 * 16);
    expect((await chip.readNeurons(2)).values[5]).toBe(2);
  });

  it("[R12] starts from the initial state, reads, writes and resets neurons", async () => {
    const initialState = Int16Array.from({ length: 16 }, (_, i) => i);
    const chip = await chipOf(tinyConfig([tinyCore({ initialState, thresholdHigh: 1000, thresholdLow: -1000 })]));
    expect([...(await chip.readNeurons(2)).values]).toEqual([...initialState]);
    await chip.writeNeurons({ core: 2, shape: [1, 4, 4], values: new Int16Array(16).fill(7) });
    expect((await chip.readNeurons(2)).values[15]).toBe(7);
    await chip.reset();
    expect([...(await chip.readNeurons(2)).values]).toEqual([...initialState]);
  });

  it("hands batches to onEvents instead of keeping them, and counts on between runs", async () => {
    const chip = await chipOf(tinyConfig([tinyCore()]));
    const seen: number[] = [];
    const result = await chip.run(eventsOf(one(3)), { onEvents: (events) => seen.push(...events.t) });
    expect(seen).toEqual([0, 10, 20]);
    expect(result.events).toBeUndefined();
    expect((await chip.run(eventsOf(one(2)))).perCore[0]?.spikes).toBe(5);
  });

  it("runs a stream of chunks like one recording", async () => {
    const rows = one(50);
    const whole = rowsOf(await runRows(neuron(3, 7), rows));
    const chip = await chipOf(neuron(3, 7));
    async function* chunks() {
      for (let i = 0; i < rows.length; i += 7) yield eventsOf(rows.slice(i, i + 7));
    }
    expect(rowsOf(await chip.run(chunks()))).toEqual(whole);
  });

  it("refuses time that runs backwards, events outside the map, and a configuration of another chip", async () => {
    await expect(
      runRows(neuron(1, 1), [
        [10, 0, 0, 0],
        [5, 0, 0, 0],
      ]),
    ).rejects.toMatchObject({ code: "E_INPUT", message: expect.stringContaining("event 1") });
    await expect(runRows(neuron(1, 1), [[0, 0, 4, 0]])).rejects.toMatchObject({
      code: "E_INPUT",
      message: expect.stringContaining("1x4x4"),
    });
    const other = tinyConfig([tinyCore()], {}, "speck2e");
    await expect(chipOf(other)).rejects.toMatchObject({ code: "E_DEVICE_MISMATCH" });
  });

  it("strict: a residue is an error", async () => {
    const chip = new EmulatedChip(speck2f, { strict: true });
    await chip.configure(neuron(100, 40));
    await expect(chip.run(eventsOf(one(1)))).rejects.toMatchObject({ code: "E_STRICT" });
  });

  it("stops at the abort signal", async () => {
    const chip = await chipOf(neuron(1, 1));
    await expect(chip.run(eventsOf(one(1)), { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: "E_INTERRUPTED",
    });
  });
});
