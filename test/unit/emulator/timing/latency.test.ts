import { describe, expect, it } from "vitest";
import { LatencyMeter } from "../../../../emulator/timing/latency.ts";
import { Random } from "../../../../src/random.ts";

describe("LatencyMeter", () => {
  it("gives nearest-rank percentiles, exactly", () => {
    const meter = new LatencyMeter();
    for (let i = 1; i <= 200; i++) meter.add(i);
    expect([meter.percentile(50), meter.percentile(99), meter.max]).toEqual([100, 198, 200]);
    const one = new LatencyMeter();
    one.add(7);
    expect([one.percentile(50), one.percentile(99)]).toEqual([7, 7]);
  });

  it("beyond a million values stays within 1/2,048 below the exact percentile, with the exact maximum", () => {
    const meter = new LatencyMeter();
    const random = new Random(3);
    const values = Float64Array.from({ length: 1_200_000 }, () => Math.floor(2 ** (random.float() * 40)));
    for (const value of values) meter.add(value);
    values.sort();
    for (const percent of [1, 50, 99]) {
      const exact = values[Math.ceil((percent / 100) * values.length) - 1] as number;
      expect(meter.percentile(percent)).toBeLessThanOrEqual(exact);
      expect(meter.percentile(percent)).toBeGreaterThan(exact * (1 - 1 / 2048) - 1);
    }
    expect(meter.max).toBe(values.at(-1));
  });
});
