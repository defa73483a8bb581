import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EmulatedChip } from "../../emulator/emulated-chip.ts";
import type { Chip, OutputEvents, ReadoutTick, RunResult } from "../../src/chip/chip.ts";
import type { ChipConfig } from "../../src/chip/config.ts";
import type { Device } from "../../src/device/types.ts";
import { ChipError } from "../../src/errors.ts";
import { type EventStream, sliceEvents } from "../../src/events/event-stream.ts";
import type { CapabilityName } from "../../src/link/capability-names.ts";
import { nineCores } from "../support/nine-cores.ts";
import { randomEvents, ruleCases } from "./cases.ts";

/** How to get a chip of some kind, and what it can do. */
export interface ChipKind {
  readonly name: string;
  readonly device: Device;
  /** Opens it; the suite disposes of it. Called once for the whole suite. */
  readonly open: () => Promise<Chip>;
  /** Cases that need more are skipped, visibly. */
  readonly capabilities: ReadonlySet<CapabilityName> | "all";
  /** Numbers of two cores for small layers; default 0 and 1. */
  readonly cores?: readonly [number, number];
  /** Largest configuration of the suite, bytes of kernels; default 300,000. */
  readonly bigKernelBytes?: number;
}

/**
 * The one conformance suite of all chips: what `Chip` promises, and that its results are those of the emulator's reference
 * kernel, event for event and counter for counter.
 */
export function describeConformance(kind: ChipKind): void {
  const { device, capabilities } = kind;
  const [core, second] = kind.cores ?? [0, 1];
  const can = (...needs: readonly CapabilityName[]): boolean =>
    capabilities === "all" || needs.every((need) => capabilities.has(need));
  const cases = ruleCases(device, core, second);
  const plain = (cases[0] as (typeof cases)[number]).config;
  const events = randomEvents(11, 500, [2, 6, 6]);
  const timing = capabilities !== "all" && can("timing");

  describe(`${kind.name} is a chip`, () => {
    let chip: Chip;
    beforeAll(async () => {
      chip = await kind.open();
    });
    afterAll(async () => {
      await chip?.[Symbol.asyncDispose]();
    });

    test("refuses to run before it is configured", async () => {
      await expect(chip.run(events)).rejects.toThrow(/configur/);
    });

    describe("gives the results of the reference kernel", () => {
      for (const { title, needs, config, events: recording } of cases) {
        test.skipIf(!can(...needs))(title, async () => {
          await chip.configure(config);
          expect(essence(await chip.run(recording))).toEqual(essence(await expected(config, recording)));
        });
      }
    });

    test("states and counters go on from run to run, until reset", async () => {
      const reference = await referenceChip(plain);
      await chip.configure(plain);
      for (const seed of [1, 2]) {
        const recording = randomEvents(seed, 200, [2, 6, 6]);
        expect(essence(await chip.run(recording))).toEqual(essence(await reference.run(recording)));
      }
      await chip.reset();
      expect(essence(await chip.run(events))).toEqual(essence(await expected(plain, events)));
    });

    test("a configuration anew starts from the beginning", async () => {
      await chip.configure(plain);
      await chip.run(events);
      await chip.configure(plain);
      expect(essence(await chip.run(events))).toEqual(essence(await expected(plain, events)));
    });

    test("a recording in pieces is the same recording", async () => {
      await chip.configure(plain);
      const whole = await expected(plain, events);
      expect(essence(await chip.run(pieces(events, 37)))).toEqual(essence(whole));
    });

    test("stops at a time of the recording", async () => {
      await chip.configure(plain);
      const reference = await referenceChip(plain);
      const untilUs = 3000;
      const result = await chip.run(events, { untilUs });
      expect(essence(result)).toEqual(essence(await reference.run(events, { untilUs })));
      expect(result.input.events).toBeLessThan(events.t.length);
    });

    test("hands events to a listener instead of keeping them", async () => {
      await chip.configure(plain);
      const batches: OutputEvents[] = [];
      const { events: kept, ...rest } = await chip.run(events, { onEvents: (batch) => batches.push(batch) });
      const whole = await expected(plain, events);
      expect(kept).toBeUndefined();
      expect(rest.perCore).toEqual(whole.perCore);
      expect(joined(batches)).toEqual(lists(whole.events as OutputEvents));
    });

    test.skipIf(!can("readout", "leak"))("hands readout ticks to a listener", async () => {
      const { config, events: recording } = cases.find(({ needs }) =>
        needs.includes("readout"),
      ) as (typeof cases)[number];
      await chip.configure(config);
      const ticks: ReadoutTick[] = [];
      const result = await chip.run(recording, { onReadout: (tick) => ticks.push(tick) });
      expect(result.readout).toBeUndefined();
      expect(ticks).toEqual((await expected(config, recording)).readout);
    });

    test("tells of progress", async () => {
      await chip.configure(plain);
      let done = 0;
      await chip.run(events, { onProgress: (count) => (done = count) });
      expect(done).toBe(events.t.length);
    });

    describe.skipIf(!can("readNeurons"))("neurons", () => {
      test("are read as they are", async () => {
        await chip.configure(plain);
        await chip.run(events);
        const reference = await referenceChip(plain);
        await reference.run(events);
        expect(await chip.readNeurons(core)).toEqual(await reference.readNeurons(core));
      });

      test.skipIf(!can("writeNeurons"))("are written, and the next run starts from there", async () => {
        const reference = await referenceChip(plain);
        await chip.configure(plain);
        const states = await chip.readNeurons(core);
        const values = states.values.map((_, i) => (i % 90) - 45);
        await chip.writeNeurons({ ...states, values });
        await reference.writeNeurons({ ...states, values });
        expect((await chip.readNeurons(core)).values).toEqual(values);
        expect(essence(await chip.run(events))).toEqual(essence(await reference.run(events)));
      });

      test("of a core without a layer are an error", async () => {
        await chip.configure(plain);
        await expect(chip.readNeurons(core + 1)).rejects.toMatchObject({ code: "E_INPUT" });
      });

      test.skipIf(!can("writeNeurons"))("in the wrong number are refused", async () => {
        await chip.configure(plain);
        const states = await chip.readNeurons(core);
        const values = states.values.slice(1);
        await expect(chip.writeNeurons({ ...states, values })).rejects.toMatchObject({ code: "E_INPUT" });
      });
    });

    describe("refuses, and goes on as before", () => {
      test("a configuration for another device", async () => {
        await chip.configure(plain);
        await chip.run(events);
        const other: ChipConfig = { ...plain, device: { name: "dynapcnn", hash: "0".repeat(64) } };
        await expect(chip.configure(other)).rejects.toMatchObject({ code: "E_DEVICE_MISMATCH" });
        const reference = await referenceChip(plain);
        await reference.run(events);
        expect(essence(await chip.run(events))).toEqual(essence(await reference.run(events)));
      });

      test("an event off the input map", async () => {
        await chip.configure(plain);
        const off = { ...events, x: events.x.map((x, i) => (i === 300 ? 6 : x)) };
        await expect(chip.run(off)).rejects.toMatchObject({ code: "E_INPUT" });
        await chip.configure(plain);
        expect(essence(await chip.run(events))).toEqual(essence(await expected(plain, events)));
      });

      test("time that runs backwards between two pieces", async () => {
        await chip.configure(plain);
        async function* backwards(): AsyncGenerator<EventStream> {
          yield sliceEvents(events, 100, 200);
          yield sliceEvents(events, 0, 100);
        }
        await expect(chip.run(backwards())).rejects.toMatchObject({ code: "E_INPUT" });
      });

      test("what a listener throws, and stops", async () => {
        await chip.configure(plain);
        const mistake = new TypeError("a mistake of the caller");
        const onEvents = (): void => {
          throw mistake;
        };
        await expect(chip.run(events, { onEvents })).rejects.toBe(mistake);
        await chip.configure(plain);
        expect(essence(await chip.run(events))).toEqual(essence(await expected(plain, events)));
      });

      test("nothing more of a source that fails: its error comes out", async () => {
        await chip.configure(plain);
        const failure = new ChipError("E_DAMAGED", "the recording ends in the middle");
        async function* failing(): AsyncGenerator<EventStream> {
          yield sliceEvents(events, 0, 100);
          throw failure;
        }
        await expect(chip.run(failing())).rejects.toBe(failure);
        await chip.configure(plain);
        expect(essence(await chip.run(events))).toEqual(essence(await expected(plain, events)));
      });
    });

    describe("is interrupted", () => {
      test("before the run", async () => {
        await chip.configure(plain);
        await expect(chip.run(events, { signal: AbortSignal.abort() })).rejects.toMatchObject({
          code: "E_INTERRUPTED",
        });
      });

      test("in the middle of a long run, and runs again", async () => {
        await chip.configure(plain);
        const stop = new AbortController();
        async function* endless(): AsyncGenerator<EventStream> {
          for (let round = 0; round < 10_000; round++) {
            if (round === 20) stop.abort();
            yield { ...events, originUs: round * 100_000 };
            await new Promise((resolve) => setTimeout(resolve, 0));
          }
        }
        await expect(chip.run(endless(), { signal: stop.signal })).rejects.toMatchObject({ code: "E_INTERRUPTED" });
        await chip.configure(plain);
        expect(essence(await chip.run(events))).toEqual(essence(await expected(plain, events)));
      });
    });

    test.skipIf(!can("manyCores"))("takes a big configuration", async () => {
      const config = nineCores(device, kind.bigKernelBytes);
      await chip.configure(config);
      const recording = randomEvents(12, 40, config.input.shape);
      expect(essence(await chip.run(recording))).toEqual(essence(await expected(config, recording)));
    });
  });

  async function referenceChip(config: ChipConfig): Promise<EmulatedChip> {
    const reference = new EmulatedChip(device, { kernel: "reference", ...(timing ? { timing: true } : {}) });
    await reference.configure(config);
    return reference;
  }

  async function expected(config: ChipConfig, recording: EventStream): Promise<RunResult> {
    return (await referenceChip(config)).run(recording);
  }
}

/** Everything but which code ran. Events as lists: equal whatever arrays hold them. */
function essence({ kernel: _, events, ...rest }: RunResult): object {
  return { ...rest, ...(events ? { events: lists(events) } : {}) };
}

function lists({ t, core, feature, y, x }: OutputEvents): object {
  return { t: [...t], core: [...core], feature: [...feature], y: [...y], x: [...x] };
}

function joined(batches: readonly OutputEvents[]): object {
  const field = (name: keyof OutputEvents): number[] => batches.flatMap((batch) => [...batch[name]]);
  return { t: field("t"), core: field("core"), feature: field("feature"), y: field("y"), x: field("x") };
}

async function* pieces(events: EventStream, size: number): AsyncGenerator<EventStream> {
  for (let at = 0; at < events.t.length; at += size)
    yield sliceEvents(events, at, Math.min(events.t.length, at + size));
}
