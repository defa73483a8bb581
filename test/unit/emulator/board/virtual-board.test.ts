import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { EmulatedChip } from "../../../../emulator/emulated-chip.ts";
import { VirtualBoard, type VirtualBoardOptions } from "../../../../emulator/virtual-board.ts";
import { loadDevice } from "../../../../src/device/catalogue.ts";
import { priceRun } from "../../../../src/energy/energy.ts";
import {
  type BoardChip,
  type LogEntry,
  type OpenBoardOptions,
  openBoard,
  type PowerSample,
} from "../../../../src/link/board-chip.ts";
import { createPipe } from "../../../../src/link/pipe.ts";
import { encodeChip } from "../../../../src/wire/chip-codec.ts";
import { crc32 } from "../../../../src/wire/crc.ts";
import { randomEvents, ruleCases } from "../../../conformance/cases.ts";
import { nineCores } from "../../../support/nine-cores.ts";
import { VirtualClock } from "../../../support/virtual-clock.ts";

const device = await loadDevice("speck2f");
const plain = (ruleCases(device, 0, 1)[0] as ReturnType<typeof ruleCases>[number]).config;
const events = randomEvents(1, 2000, [2, 6, 6]);
const lastUs = (events.t.at(-1) as number) - (events.t[0] as number);

let clock: VirtualClock;
beforeEach(() => {
  clock = new VirtualClock();
  clock.start();
});
afterEach(() => clock.stop());

function board(options: Partial<VirtualBoardOptions> = {}): VirtualBoard {
  return new VirtualBoard({ device, clock, ...options });
}

let nonce = 1;
async function openOn(virtual: VirtualBoard, options: OpenBoardOptions = {}): Promise<BoardChip> {
  const [host, far] = createPipe();
  void virtual.serve(far);
  return openBoard(host, { clock, nonce: nonce++, ...options });
}

describe("identity", () => {
  test("says which firmware, device, rails and configuration it is", async () => {
    const chip = await openOn(board({ serial: "VB-7" }));
    expect(chip.identity).toMatchObject({
      firmware: "spikewright-virtual-board",
      device: { name: "speck2f", hash: device.hash },
      serial: "VB-7",
      rails: ["IO", "RAM", "LOGIC", "PIXEL_DIGITAL", "PIXEL_ANALOG"],
      configCrc32: null,
    });
    expect(chip.can("realTime")).toBe(false);
    expect(chip.can("timing")).toBe(false);
    expect(chip.can("manyCores")).toBe(true);
    await chip.configure(plain);
    expect(chip.identity.configCrc32).toBe(crc32(encodeChip(plain)));
  });

  test("a board with time, in real time, has these capabilities", async () => {
    const chip = await openOn(board({ timing: true, pace: "realtime" }));
    expect(chip.can("timing") && chip.can("realTime") && chip.can("balancer")).toBe(true);
  });
});

describe("sessions", () => {
  test("configuration, states and counters outlive a session; the next one starts clean", async () => {
    const virtual = board();
    const [host, far] = createPipe();
    const served = virtual.serve(far);
    const first = await openBoard(host, { clock, nonce: nonce++ });
    await first.configure(plain);
    await first.run(events);
    // No goodbye: as if the program had been killed.
    await host.close();
    await served;
    const second = await openOn(virtual);
    expect(second.identity.configCrc32).toBe(crc32(encodeChip(plain)));
    const reference = new EmulatedChip(device);
    await reference.configure(plain);
    await reference.run(events);
    const [expected, result] = [await reference.run(events), await second.run(events)];
    expect(result.events).toEqual(expected.events);
    expect(result.perCore.map(({ spikes }) => spikes)).toEqual(expected.perCore.map(({ spikes }) => spikes));
  });

  test("a second host is told that the board is busy, and gets it when the first has gone", async () => {
    const virtual = board();
    const first = await openOn(virtual);
    await expect(openOn(virtual)).rejects.toThrow(/the board at pipe serves another program; end that one/);
    const waiting = openOn(virtual);
    clock.after(700_000, () => void first[Symbol.asyncDispose]());
    const second = await waiting;
    await second.configure(plain);
  });

  test("several hosts that wait are served one after the other, none of them disturbed", async () => {
    const virtual = board();
    const first = await openOn(virtual);
    const served: number[] = [];
    const waiting = Array.from({ length: 4 }, async (_, i) => {
      const chip = await openOn(virtual, { connectTimeoutMs: 60_000 });
      await chip.configure(plain);
      served.push((await chip.run(events)).input.events);
      // Long enough for the others to ask again, and again.
      await new Promise<void>((resolve) => void clock.after(1_500_000 + i, resolve));
      expect((await chip.counters()).length).toBe(plain.cores.length);
      await chip[Symbol.asyncDispose]();
    });
    clock.after(700_000, () => void first[Symbol.asyncDispose]());
    await Promise.all(waiting);
    expect(served).toEqual([2000, 2000, 2000, 2000]);
  });

  test("a session that the board no longer has is an error, not a fresh start", async () => {
    let virtual = board();
    let lines = 0;
    const [host, far] = createPipe();
    void virtual.serve(far);
    const chip = await openBoard(host, {
      clock,
      nonce: nonce++,
      reconnect: async () => {
        lines++;
        const [again, there] = createPipe();
        void virtual.serve(there);
        return again;
      },
    });
    await chip.configure(plain);
    virtual = board();
    await far.close();
    await expect(chip.run(events)).rejects.toThrow(/no longer has the session/);
    expect(lines).toBe(1);
  });

  test("a host that stays away too long has no session any more", async () => {
    const virtual = board();
    const [host, far] = createPipe();
    void virtual.serve(far);
    const chip = await openBoard(host, {
      clock,
      nonce: nonce++,
      timeoutMs: 1000,
      reconnect: async () => {
        await new Promise<void>((resolve) => {
          clock.after(2_000_000, resolve);
        });
        const [again, there] = createPipe();
        void virtual.serve(there);
        return again;
      },
    });
    await far.close();
    await expect(chip.configure(plain)).rejects.toThrow(/no longer has the session/);
  });

  test("nothing at the other end is said in one line", async () => {
    const [host] = createPipe("serial:/dev/ttyUSB9");
    await expect(openBoard(host, { clock, nonce: 1 })).rejects.toThrow(
      /^no answer from serial:\/dev\/ttyUSB9 within 5000 ms; nothing came back/,
    );
  });

  test("something else at the other end is said in one line", async () => {
    const [host, far] = createPipe("serial:/dev/ttyUSB9");
    await far.write(new TextEncoder().encode("login: \r\nPassword: \r\n"));
    await expect(openBoard(host, { clock, nonce: 1 })).rejects.toThrow(/21 bytes came that are no frames.*baud rate/);
  });

  test("a line that goes dead without a word, and takes no more bytes, is opened again", async () => {
    const virtual = board();
    let dead = false;
    let lines = 0;
    const open = async () => {
      const [host, far] = createPipe();
      void virtual.serve(far);
      lines++;
      if (lines > 1) return host;
      return {
        label: host.label,
        write: (bytes: Uint8Array) => (dead ? new Promise<void>(() => undefined) : host.write(bytes)),
        incoming: (async function* () {
          for await (const bytes of host.incoming) {
            if (dead) await new Promise(() => undefined);
            yield bytes;
          }
        })(),
        close: () => host.close(),
        [Symbol.asyncDispose]: () => host.close(),
      };
    };
    const chip = await openBoard(await open(), { clock, nonce: nonce++, reconnect: open });
    await chip.configure(plain);
    dead = true;
    const reference = new EmulatedChip(device);
    await reference.configure(plain);
    expect((await chip.run(events)).events).toEqual((await reference.run(events)).events);
    expect(lines).toBe(2);
  });

  test("a line that breaks for good ends what is under way with one clear line", async () => {
    const virtual = board({ pace: "realtime" });
    const [host, far] = createPipe("tcp://bench:7000");
    void virtual.serve(far);
    const chip = await openBoard(host, { clock, nonce: nonce++ });
    await chip.configure(plain);
    const run = chip.run(events);
    clock.after(20_000, () => void far.close());
    await expect(run).rejects.toThrow(/the line to tcp:\/\/bench:7000 is gone/);
    await expect(chip.reset()).rejects.toMatchObject({ code: "E_LINK" });
  });
});

describe("refuses", () => {
  test("a configuration that is too large, before any of it is sent", async () => {
    const chip = await openOn(board({ maxConfigBytes: 100 }));
    await expect(chip.configure(plain)).rejects.toThrow(/the configuration has \d+ bytes, the board holds 100/);
  });

  test("everything but counters and identity during a run", async () => {
    const chip = await openOn(board({ pace: "realtime" }));
    await chip.configure(plain);
    const run = chip.run(events);
    await expect(chip.reset()).rejects.toThrow(/the board is in a run/);
    await expect(chip.selectMonitor([])).rejects.toThrow(/the board is in a run/);
    expect((await chip.counters())[0]?.layer).toBe("layer0");
    await run;
  });

  test("a run with chip effects, when it is strict", async () => {
    const chip = await openOn(board({ strict: true }));
    const residues = ruleCases(device, 0, 1).find(({ title }) => title.includes("[R3]")) as { config: typeof plain };
    await chip.configure(residues.config);
    await expect(chip.run(events)).rejects.toMatchObject({ code: "E_STRICT" });
  });
});

describe("monitor", () => {
  test("selected cores come up instead of those of the configuration; states and counters stay", async () => {
    const config = nineCores(device, 20_000);
    const some = randomEvents(3, 400, config.input.shape);
    const timing = [false, true];
    for (const withTime of timing) {
      const chip = await openOn(board({ timing: withTime }));
      await chip.configure(config);
      const before = await chip.run(some);
      await chip.selectMonitor([1, 2]);
      const after = await chip.run(some);
      expect(before.events?.core).toContain(0);
      expect([...new Set(after.events?.core)].every((core) => core === 1 || core === 2)).toBe(true);
      expect(after.events?.t.length).toBeGreaterThan(0);
      expect(after.perCore[0]?.eventsIn).toBe(2 * (before.perCore[0]?.eventsIn as number));
      await chip.selectMonitor([]);
      expect((await chip.run(some)).events?.t.length).toBe(0);
      await expect(chip.selectMonitor([77])).rejects.toMatchObject({ code: "E_INPUT" });
      await chip[Symbol.asyncDispose]();
    }
  });
});

describe("real time", () => {
  test("a recording takes as long as it is", async () => {
    const chip = await openOn(board({ pace: "realtime" }));
    await chip.configure(plain);
    const start = clock.nowUs();
    const { events: output } = await chip.run(events);
    expect(clock.nowUs() - start).toBeGreaterThanOrEqual(lastUs);
    expect(clock.nowUs() - start).toBeLessThan(lastUs + 400_000);
    const reference = new EmulatedChip(device);
    await reference.configure(plain);
    expect(output).toEqual((await reference.run(events)).events);
  });

  test("an abort does not wait for events whose time has not come", async () => {
    const chip = await openOn(board({ pace: "realtime" }));
    await chip.configure(plain);
    const slow = { ...events, t: events.t.map((t) => t * 1000) };
    const stop = new AbortController();
    const start = clock.nowUs();
    clock.after(50_000, () => stop.abort());
    await expect(chip.run(slow, { signal: stop.signal })).rejects.toMatchObject({ code: "E_INTERRUPTED" });
    expect(clock.nowUs() - start).toBeLessThan(1_000_000);
  });
});

describe("power", () => {
  async function samples(options: Partial<VirtualBoardOptions>, seed = 1): Promise<PowerSample[]> {
    const chip = await openOn(board({ seed, ...options }));
    await chip.configure(plain);
    const found: PowerSample[] = [];
    await chip.watch({ powerIntervalUs: 2000, onPower: (sample) => found.push(sample) });
    await chip.run(events);
    await chip[Symbol.asyncDispose]();
    return found;
  }

  test("free running: samples at times of the recording, which add up to the priced run", async () => {
    const found = await samples({ powerNoise: 0 });
    expect(found.length).toBeGreaterThan(10);
    const coveredUs = found.reduce((sum, sample) => sum + sample.intervalUs, 0);
    const measuredJ = found.reduce(
      (sum, { watts, intervalUs }) => sum + (Object.values(watts).reduce((a, b) => a + b, 0) * intervalUs) / 1e6,
      0,
    );
    // The same events, priced at once. The last piece of the run is in no sample.
    const chip = new EmulatedChip(device);
    await chip.configure(plain);
    const result = await chip.run(events, { untilUs: coveredUs });
    const priced = priceRun(result.perCore, device, {
      preset: "speck-implied",
      durationUs: coveredUs,
      rails: "all",
      inputEvents: result.input.events,
      outputEvents: result.events?.t.length as number,
    });
    expect(measuredJ / priced.totalJ).toBeGreaterThan(0.98);
    expect(measuredJ / priced.totalJ).toBeLessThan(1.02);
    expect(found.every(({ run }) => run === 1)).toBe(true);
  });

  test("free running: board time also counts what of a run was done before it failed", async () => {
    const chip = await openOn(board());
    await chip.configure(plain);
    const found: PowerSample[] = [];
    await chip.watch({ powerIntervalUs: 2000, onPower: (sample) => found.push(sample) });
    const endUs = events.t.at(-1) as number;
    const outside = events.x.map((x, i) => (i === events.x.length - 1 ? 1000 : x));
    await expect(chip.run({ ...events, x: outside })).rejects.toMatchObject({ code: "E_INPUT" });
    const reachedUs = found.at(-1)?.timeUs as number;
    expect(reachedUs).toBeGreaterThan(endUs / 2);
    await chip.run(events);
    expect(found.at(-1)?.timeUs).toBeGreaterThan(reachedUs + endUs - 4000);
  });

  test("the same seed gives the same noise, another one another", async () => {
    expect(await samples({}, 4)).toEqual(await samples({}, 4));
    expect(await samples({}, 4)).not.toEqual(await samples({}, 5));
  });

  test("real time: samples come whether something runs or not", async () => {
    const chip = await openOn(board({ pace: "realtime", powerNoise: 0 }));
    const found: PowerSample[] = [];
    await chip.watch({ powerIntervalUs: 10_000, onPower: (sample) => found.push(sample) });
    await new Promise<void>((resolve) => {
      clock.after(105_000, resolve);
    });
    expect(found.length).toBeGreaterThanOrEqual(9);
    expect(found[3]?.watts.RAM).toBeCloseTo(5.17e-5, 9);
    expect(found[3]?.run).toBe(0);
    await chip.watch({});
    const before = found.length;
    await new Promise<void>((resolve) => {
      clock.after(100_000, resolve);
    });
    expect(found.length).toBeLessThanOrEqual(before + 1);
  });
});

test("log lines come at the level that was asked for", async () => {
  const chip = await openOn(board());
  const lines: LogEntry[] = [];
  await chip.watch({ onLog: (entry) => lines.push(entry) });
  await chip.configure(plain);
  expect(lines.map(({ level, text }) => `${level}: ${text}`)).toEqual([
    `info: configured: 1 cores, ${encodeChip(plain).length} bytes`,
  ]);
  await chip.watch({ logLevel: "error", onLog: (entry) => lines.push(entry) });
  await chip.configure(plain);
  expect(lines).toHaveLength(1);
});

test.each(["free", "realtime"] as const)(
  "times beyond 2^32 us, and gaps of hours and of more, arrive as they are (%s)",
  async (pace) => {
    const chip = await openOn(board({ pace }));
    await chip.configure(plain);
    // Gaps of 100 minutes and more (6e9 us, beyond 2^32), from a sensor that has run for a year.
    const late = {
      ...events,
      t: events.t.map((t, i) => t + Math.floor(i / 500) * 6e9 + (i >= 1500 ? 5e9 : 0)),
      originUs: 3.2e13,
    };
    const reference = new EmulatedChip(device);
    await reference.configure(plain);
    const expected = await reference.run(late);
    const result = await chip.run(late);
    expect((expected.events?.t.at(-1) as number) > 3 * 2 ** 32).toBe(true);
    expect(result.events).toEqual(expected.events);
    expect(result.durationUs).toBe(expected.durationUs);
    expect(result.input).toEqual(expected.input);
    const cut = { untilUs: 2 ** 32 + 2 ** 31 };
    await Promise.all([chip.reset(), reference.reset()]);
    expect((await chip.run(late, cut)).events).toEqual((await reference.run(late, cut)).events);
  },
);
