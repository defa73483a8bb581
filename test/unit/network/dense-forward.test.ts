import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DenseForward } from "../../../src/network/dense-forward.ts";
import { forward } from "../../../src/network/reference.ts";
import type { NetworkNode } from "../../../src/network/types.ts";
import { chain, conv, linear } from "../../support/build-network.ts";

describe("DenseForward", () => {
  it("equals the definition on nets of every operation", () => {
    const size = fc.integer({ min: 5, max: 9 });
    fc.assert(
      fc.property(
        size,
        size,
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 6 }),
        fc.nat(),
        (h, w, k, out, seed) => {
          const pool = (op: "sumPool" | "avgPool" | "maxPool", padding: number): NetworkNode => ({
            op,
            kernel: [2, 3],
            stride: [1, 2],
            padding: [padding, padding],
          });
          const nodes: [string, NetworkNode][] = [
            ["c", conv(2, out, k, { stride: 1 + (k % 2), padding: k - 1, bias: new Array(out).fill(0.25), seed })],
            ["r", { op: "relu", quantized: false }],
            ["m", pool("maxPool", 1)],
            ["p", pool("avgPool", 1)],
            ["s", { op: "softmax" }],
            ["q", { op: "if", threshold: 0.5, r: 2, reset: "subtract" }],
            ["f", { op: "flatten" }],
          ];
          const before = chain([2, h, w], nodes);
          const input = Float32Array.from({ length: 2 * h * w }, (_, i) => Math.sin(i + seed));
          const flat = forward(before, input).get("f")!.length;
          const network = chain([2, h, w], [...nodes, ["l", linear(flat, 5, { seed, bias: [1, 2, 3, 4, 5] })]]);
          const expected = forward(network, input);
          const fast = new DenseForward(network);
          fast.run(new Float32Array(input.length));
          for (const [name, values] of fast.run(input)) {
            const wanted = expected.get(name)!;
            for (const [i, value] of values.entries()) expect(Math.abs(value - wanted[i])).toBeLessThan(1e-4);
          }
        },
      ),
      { seed: 1, numRuns: 60 },
    );
  });

  it("refuses an input of another size", () => {
    expect(() => new DenseForward(chain([1, 2, 2], [["c", conv(1, 1, 1)]])).run([1, 2])).toThrow(RangeError);
  });
});
