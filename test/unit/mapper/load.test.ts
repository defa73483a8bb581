import { expect, it } from "vitest";
import { loadDevice } from "../../../src/device/catalogue.ts";
import { meanTaps, serviceTime, tapsPerInputEvent } from "../../../src/mapper/load.ts";
import { quantize } from "../../../src/quantize/quantize.ts";
import { chain, conv, linear, pool, spike } from "../../support/build-network.ts";

const network = quantize(
  chain(
    [1, 7, 7],
    [
      ["p", pool("sumPool", 2)],
      ["a", conv(1, 2, 3, { padding: 1 })],
      ["i", spike()],
      ["b", linear(18, 4)],
      ["j", spike()],
    ],
  ),
);

it("counts border-exact taps, and only events that fill a pooling block", () => {
  const taps = tapsPerInputEvent(network);
  // 3x3 map: 4 corners reach 4 outputs, 4 edges 6, the centre 9; two features.
  expect(meanTaps(network.layers[0])).toBeCloseTo((2 * (4 * 4 + 4 * 6 + 9)) / 9, 12);
  expect(taps.get("a")).toBeCloseTo((98 / 9) * (36 / 49), 12);
  expect(taps.get("b")).toBeCloseTo(4 * (36 / 49), 12);
});

it("takes measured spikes instead of the estimate", () => {
  expect(tapsPerInputEvent(network, new Map([["a", 0.25]])).get("b")).toBe(1);
});

it("reproduces the timing model's figures: 120 ns for one tap, 7 us for 16x16", async () => {
  const { spec } = await loadDevice("speck2f");
  expect(serviceTime(1, spec.cores[2], spec.timing)).toBe(120_000);
  expect(serviceTime(256, spec.cores[2], spec.timing)).toBe(7_005_000);
});
