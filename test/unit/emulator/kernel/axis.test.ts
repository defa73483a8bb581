import { describe, expect, it } from "vitest";
import { createAxis, kernelRow } from "../../../../emulator/kernel/axis.ts";

describe("createAxis", () => {
  it("[R1] finds for every input the outputs and kernel rows that the rule names", () => {
    for (const kernel of [1, 2, 3, 5, 8, 16]) {
      for (const stride of [1, 2, 4, 8]) {
        for (const padding of [0, 1, 3, 7]) {
          const input = 19;
          const output = Math.floor((input + 2 * padding - kernel) / stride) + 1;
          const axis = createAxis(input, output, kernel, stride, padding);
          for (let at = 0; at < input; at++) {
            const wanted: number[][] = [];
            for (let o = 0; o < output; o++) {
              const k = at + padding - o * stride;
              if (k >= 0 && k < kernel) wanted.push([o, k]);
            }
            const { first, count, phase, from } = axis.reach[at]!;
            const got = Array.from({ length: count }, (_, i) => [
              first + i,
              kernelRow(axis, kernel, stride, phase, from + i),
            ]);
            expect({ kernel, stride, padding, at, got }).toEqual({ kernel, stride, padding, at, got: wanted });
          }
        }
      }
    }
  });

  it("has one window inside the map and one for each way to be cut off at its edges", () => {
    expect(createAxis(64, 62, 3, 1, 0).windows).toHaveLength(5);
    expect(createAxis(64, 64, 1, 1, 0).windows).toHaveLength(1);
  });
});
