import { describe, expect, it } from "vitest";
import { EmulatedChip } from "../../../emulator/emulated-chip.ts";
import { joinObservers } from "../../../emulator/timing/create-engine.ts";
import { Utilisation } from "../../../emulator/timing/utilisation.ts";
import { PerfettoTrace, VcdTrace } from "../../../emulator/trace.ts";
import { loadDevice } from "../../../src/device/catalogue.ts";
import { withTiming } from "../../support/timed.ts";
import { eventsOf, tinyConfig, tinyCore } from "../../support/tiny-chip.ts";

const speck2f = await loadDevice("speck2f");
// Queues of one event, so that the slow second core stalls the first.
const device = { ...speck2f, spec: withTiming(speck2f.spec, { fifoDepth: 1 }) };
const config = tinyConfig([
  tinyCore({ core: 2, monitorEnable: false, destinations: [{ core: 3, pooling: 1, featureShift: 0 }] }),
  tinyCore({ core: 3, layer: "slow one", outputShape: [10, 4, 4], weights: new Int8Array(10).fill(1) }),
]);
const burst = eventsOf(Array.from({ length: 4 }, () => [0, 0, 0, 0] as const));

describe("traces", () => {
  it("Perfetto: balanced slices in order of time, spikes, queue, and the same busy time as the report", async () => {
    let text = "";
    const trace = new PerfettoTrace(config.cores, (piece) => {
      text += piece;
    });
    const utilisation = new Utilisation(2, 1_000_000);
    const chip = new EmulatedChip(device, { timing: true, observer: joinObservers([trace, utilisation]) });
    await chip.configure(config);
    const result = await chip.run(burst);
    trace.finish();

    const { traceEvents } = JSON.parse(text) as {
      traceEvents: { ph: string; name?: string; tid?: number; ts?: number; args?: Record<string, unknown> }[];
    };
    const times = traceEvents.flatMap((event) => event.ts ?? []);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    for (const tid of [2, 3]) {
      let work = 0;
      const open: { name: string; since: number }[] = [];
      for (const { ph, name, ts } of traceEvents.filter((event) => event.tid === tid)) {
        if (ph === "B") open.push({ name: name as string, since: ts as number });
        if (ph !== "E") continue;
        const slice = open.pop();
        if (slice === undefined) throw new Error("a slice ends that never began");
        const length = (ts as number) - slice.since;
        work += slice.name === "stall" ? -length : length;
      }
      expect(open).toEqual([]);
      const timing = result.timing?.perCore[tid - 2];
      // A stall after the last sweep lies outside all sweeps.
      expect(work).toBeLessThanOrEqual((timing?.busyUs as number) + 1e-9);
      if (tid === 3) expect(work).toBeCloseTo(timing?.busyUs as number, 9);
      else expect(timing?.stallUs).toBeGreaterThan(0);
    }
    expect(traceEvents.filter((event) => event.name === "to core 3")).toHaveLength(4);
    expect(traceEvents.filter((event) => event.name === "to monitor")).toHaveLength(40);
    expect(traceEvents.find((event) => event.tid === 3)?.args).toEqual({ name: "core 3: slow one" });
    expect(utilisation.busyPs(1).reduce((sum, ps) => sum + ps)).toBe(4 * 320_000);
  });

  it("VCD: time rises, every change names a declared variable, all comes to rest", async () => {
    let text = "";
    const trace = new VcdTrace(config.cores, (piece) => {
      text += piece;
    });
    const chip = new EmulatedChip(device, { timing: true, observer: trace });
    await chip.configure(config);
    await chip.run(burst);
    trace.finish();

    expect(text).toContain("$scope module core3_slow_one $end");
    const declared = new Set([...text.matchAll(/\$var wire \d+ (\S+) /g)].map((match) => match[1]));
    const state = new Map<string, string>();
    let now = -1;
    for (const line of (text.split("$enddefinitions $end\n")[1] as string).trim().split("\n")) {
      if (line.startsWith("$")) continue;
      if (line.startsWith("#")) {
        expect(Number(line.slice(1))).toBeGreaterThan(now);
        now = Number(line.slice(1));
        continue;
      }
      const change = /^(?:(?<bit>[01])|b(?<bits>[01]+) )(?<id>\S+)$/.exec(line)?.groups ?? {};
      expect(declared).toContain(change.id);
      state.set(change.id as string, change.bit ?? (change.bits as string));
    }
    expect(Object.fromEntries(state)).toEqual({ b0: "0", b1: "0", s0: "0", s1: "0", q0: "0", q1: "0" });
  });
});
