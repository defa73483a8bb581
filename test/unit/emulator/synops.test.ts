import { describe, expect, it } from "vitest";
import { packAddress } from "../../../emulator/program.ts";
import { fanOutEstimate, synOpFigures } from "../../../emulator/synops.ts";
import { FROM_INPUT } from "../../../emulator/timestep/layer.ts";
import { ENGINES, tinyLayer, tinyProgram } from "../../support/timestep.ts";

describe.each(ENGINES)("synaptic operations in timestep mode, $kernel", ({ create }) => {
  // The worked example of NeuroBench's documentation: 4 effective operations, multiply-accumulates because of 1.3.
  const weights = [1.3, 0, -3.2, 0, 1.2, -5.1, -1.1, 2.7, 0];
  const layer = tinyLayer({ inputShape: [3, 1, 1], outputShape: [3, 1, 1], weights, threshold: 100 });
  const features = Uint32Array.of(packAddress(0, 0, 0), packAddress(1, 0, 0), packAddress(2, 0, 0));

  it("counts NeuroBench's example as it does", () => {
    const engine = create(tinyProgram([layer], { arithmetic: "float32" }));
    engine.deposit(features, Float32Array.of(0, 1.3, -1), 3);
    engine.step();
    expect(engine.counters()[0]).toMatchObject({ effectiveMacs: 4, effectiveAcs: 0, taps: 6 });
    engine.deposit(features, Float32Array.of(1, 0, -1), 3);
    engine.step();
    expect(engine.counters()[0]).toMatchObject({ effectiveMacs: 4, effectiveAcs: 4, taps: 12 });
  });

  it("counts two spikes of one address once a step for NeuroBench and twice as taps", () => {
    const engine = create(tinyProgram([layer], { arithmetic: "float32" }));
    engine.deposit(features, null, 3);
    engine.deposit(features, null, 1);
    engine.step();
    expect(engine.counters()[0]).toMatchObject({ eventsIn: 4, taps: 12, neuronUpdates: 8, effectiveMacs: 6 });
  });

  it("gives sinabs' 20 SynOps a sample: 3 -> 5 linear, spike sums 3 and 5", () => {
    const linear = tinyLayer({ inputShape: [3, 1, 1], outputShape: [5, 1, 1], weights: new Array<number>(15).fill(1) });
    const engine = create(tinyProgram([linear]));
    engine.deposit(features, Int32Array.of(1, 1, 1), 3);
    engine.step();
    engine.deposit(features, Int32Array.of(2, 2, 1), 3);
    engine.step();
    expect(engine.counters()[0].taps / 2).toBe(20);
  });

  it("counts spikes that fill no pooling window as dropped", () => {
    const pool = { kernel: [2, 2], stride: [2, 2], padding: [0, 0], divisor: 1 } as const;
    const wide = tinyLayer({ inputShape: [1, 3, 3], outputShape: [1, 3, 3] });
    const after = tinyLayer({ name: "layer1", sources: [{ from: 0, pool, featureShift: 0 }] });
    const engine = create(tinyProgram([wide, after]));
    engine.deposit(Uint32Array.of(packAddress(0, 2, 1), packAddress(0, 0, 1), packAddress(0, 1, 1)), null, 3);
    engine.step();
    const [first, second] = engine.counters();
    expect(first).toMatchObject({ spikes: 3, copies: 2, poolDropped: 1 });
    expect(second).toMatchObject({ eventsIn: 2, taps: 2, effectiveMacs: 1 });
  });
});

describe("fanOutEstimate", () => {
  const conv = (change: object) =>
    tinyLayer({
      inputShape: [1, 8, 8],
      kernelSize: [3, 3],
      outputShape: [4, 6, 6],
      weights: new Array(36).fill(1),
      ...change,
    });

  it("charges each destination ky*kx*f/(sy*sx) a spike, a linear layer its outputs, and the input too", () => {
    const program = tinyProgram([
      conv({}),
      // 4x4 kernel, stride 2x1, 5 features: 4*4*5/2 = 40.
      tinyLayer({
        inputShape: [4, 6, 6],
        outputShape: [5, 2, 3],
        kernelSize: [4, 4],
        stride: [2, 1],
        weights: new Array(5 * 4 * 16).fill(1),
        sources: [{ from: 0, pool: null, featureShift: 0 }],
      }),
      tinyLayer({
        inputShape: [5, 2, 3],
        outputShape: [10, 1, 1],
        kernelSize: [2, 3],
        weights: new Array(10 * 30).fill(1),
        sources: [{ from: 1, pool: null, featureShift: 0 }],
      }),
      conv({ sources: [{ from: FROM_INPUT, pool: null, featureShift: 0 }] }),
    ]);
    const counters = [{ spikes: 7 }, { spikes: 3 }, { spikes: 1000 }, { spikes: 1000 }];
    // The input feeds two convolutions of 3*3*4 = 36 each.
    expect(fanOutEstimate(program, counters, 11)).toBe(11 * 72 + 7 * 40 + 3 * 10);
  });

  it("is larger than the taps only by the borders", () => {
    const program = tinyProgram([conv({})]);
    const engine = ENGINES[0].create(program);
    engine.deposit(Uint32Array.of(packAddress(0, 0, 0), packAddress(0, 4, 4)), null, 2);
    engine.step();
    const figures = synOpFigures(program, engine.counters(), 2);
    expect(figures).toEqual({ taps: 4 + 36, fanOutEstimate: 72, neuroBenchEffective: 40 });
  });

  it("takes neuron updates for NeuroBench's figure in event mode", () => {
    const { effectiveAcs, effectiveMacs, ...event } = ENGINES[0].create(tinyProgram([conv({})])).counters()[0];
    expect([effectiveAcs, effectiveMacs]).toEqual([0, 0]);
    const figures = synOpFigures(tinyProgram([conv({})]), [{ ...event, taps: 9, neuronUpdates: 8 }], 1);
    expect(figures).toEqual({ taps: 9, fanOutEstimate: 36, neuroBenchEffective: 8 });
  });
});
