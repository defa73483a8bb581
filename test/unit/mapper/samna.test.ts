import { describe, expect, it } from "vitest";
import { loadDevice } from "../../../src/device/catalogue.ts";
import { mapNetwork } from "../../../src/mapper/map-network.ts";
import { toSamna } from "../../../src/mapper/samna.ts";
import { chain, conv, pool, spike } from "../../support/build-network.ts";
import { thrown } from "../../support/thrown.ts";
import { tinyConfig, tinyCore } from "../../support/tiny-chip.ts";

const { spec } = await loadDevice("speck2f");

/** 1x3x4 through a 2x2 kernel to 2x2x3, on core 7, leaking, decimated, every other field away from its default. */
const core = tinyCore({
  core: 7,
  inputShape: [1, 3, 4],
  outputShape: [2, 2, 3],
  kernelSize: [2, 2],
  stride: [1, 1],
  padding: [0, 0],
  weights: Int8Array.of(1, 2, 3, 4, -1, -2, -3, -4),
  leak: Int16Array.of(5, -6),
  initialState: Int16Array.from({ length: 12 }, (_, i) => i),
  decimator: { ratio: 8 },
  returnToZero: true,
  thresholdHigh: 9,
  thresholdLow: -3,
  destinations: [{ core: 3, pooling: 2, featureShift: 4 }],
});
const last = tinyCore({ core: 3, inputShape: [6, 1, 1], outputShape: [1, 1, 1], weights: new Int8Array(6).fill(1) });

describe("toSamna", () => {
  it("writes a layer in the vendor's names and order: weights [out][in][x][y], membranes [feature][x][y]", () => {
    const { cnn_layers } = toSamna(tinyConfig([core, last]), spec);
    expect(cnn_layers).toHaveLength(9);
    expect(cnn_layers.map((layer) => layer !== null)).toEqual(
      [0, 1, 2, 3, 4, 5, 6, 7, 8].map((n) => n === 3 || n === 7),
    );
    expect(cnn_layers[7]).toEqual({
      biases: [5, -6],
      destinations: [
        { enable: true, layer: 3, pooling: 2, feature_shift: 4 },
        { enable: false, layer: 0, pooling: 1, feature_shift: 0 },
      ],
      dimensions: {
        input_shape: { feature_count: 1, size: { x: 4, y: 3 } },
        output_shape: { feature_count: 2, size: { x: 3, y: 2 } },
        kernel_size: 2,
        padding: { x: 0, y: 0 },
        stride: { x: 1, y: 1 },
      },
      input_congestion_balancer_enable: false,
      leak_enable: true,
      leak_internal_slow_clk_enable: false,
      monitor_enable: true,
      neurons_initial_value: [
        [
          [0, 3],
          [1, 4],
          [2, 5],
        ],
        [
          [6, 9],
          [7, 10],
          [8, 11],
        ],
      ],
      output_decimator_enable: true,
      output_decimator_interval: 2,
      return_to_zero: true,
      threshold_high: 9,
      threshold_low: -3,
      weights: [
        [
          [
            [1, 3],
            [2, 4],
          ],
        ],
        [
          [
            [-1, -3],
            [-2, -4],
          ],
        ],
      ],
    });
  });

  it("folds the input's pooling into the dvs_layer", () => {
    const net = chain(
      [2, 8, 6],
      [
        ["p", pool("sumPool", 2)],
        ["c", conv(2, 1, 1)],
        ["i", spike()],
      ],
    );
    const { config, layers } = mapNetwork(net, { spec, hash: "0".repeat(64) });
    expect(toSamna(config, spec).dvs_layer).toMatchObject({
      cut: { x: 2, y: 3 },
      origin: { x: 0, y: 0 },
      pooling: { x: 2, y: 2 },
      merge: false,
      destinations: [{ enable: true, layer: layers[0].core, feature_shift: 0 }, { enable: false }],
    });
  });

  it("says everything that the layout cannot carry", async () => {
    const board = await loadDevice("virtual-board");
    const config = tinyConfig([core, last]);
    const odd = {
      ...config,
      input: {
        ...config.input,
        shape: [3, 3, 4] as const,
        destinations: [1, 2].map((pooling) => ({ core: 7, pooling, featureShift: 0 })),
      },
    };
    const { code, details } = thrown(() => toSamna(odd, board.spec));
    expect(code).toBe("E_UNSUPPORTED");
    expect(details.reasons).toEqual([
      expect.stringContaining("not for virtual-board"),
      expect.stringContaining("the input has 3 features"),
      expect.stringContaining("pools by 1 and 2"),
    ]);
  });
});
