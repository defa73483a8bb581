import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { ReferenceEngine } from "../../emulator/kernel/reference-engine.ts";
import { InputLayer } from "../../emulator/preprocess.ts";
import { type ChipProgram, compileProgram, neuronsToFile } from "../../emulator/program.ts";
import type { ChipConfig, InputConfig } from "../../src/chip/config.ts";
import { loadDevice } from "../../src/device/catalogue.ts";
import type { DeviceSpec } from "../../src/device/types.ts";
import { createEventStream, type EventStream } from "../../src/events/event-stream.ts";
import { Random } from "../../src/random.ts";
import { encodeChip } from "../../src/wire/chip-codec.ts";
import { chipConfigs } from "../support/random-chip-config.ts";
import { estimateCost, randomLayer, randomMembranes } from "../support/random-program.ts";
import { buildReference, hasCompiler } from "../support/reference-c.ts";
import { assertCases, forCases } from "../support/soak.ts";
import { withNumeric } from "../support/tiny-chip.ts";

const { spec: device } = await loadDevice("speck2f");

const COUNTERS = [
  "eventsIn",
  "taps",
  "neuronUpdates",
  "saturated",
  "clamped",
  "spikes",
  "residues",
  "copies",
  "poolDropped",
  "decimated",
] as const;

/** Most taps of one step, so that no random network keeps the test waiting. */
const STEP_TAPS = 1e6;

/** What is said to the C program, and what it must answer. */
class Dialogue {
  readonly #said: Buffer[] = [];
  readonly #wanted: Buffer[] = [];

  say(command: string, ...numbers: readonly number[]): void {
    const bytes = Buffer.alloc(1 + 4 * numbers.length, command);
    for (const [i, value] of numbers.entries()) bytes.writeUInt32LE(value, 1 + 4 * i);
    this.#said.push(bytes);
  }

  /** 16-bit numbers after a command. */
  data(values: Iterable<number>): void {
    this.#said.push(Buffer.from(Uint16Array.from(values).buffer));
  }

  bytes(bytes: Uint8Array): void {
    this.#said.push(Buffer.from(bytes));
  }

  expect(bytes: Uint8Array): void {
    this.#wanted.push(Buffer.from(bytes));
  }

  check(program: string): void {
    const got = execFileSync(program, { input: Buffer.concat(this.#said), maxBuffer: 1 << 28 });
    const wanted = Buffer.concat(this.#wanted);
    if (got.equals(wanted)) return;
    const at = wanted.findIndex((value, i) => value !== got[i]);
    const part = (bytes: Buffer) => ({ length: bytes.length, at, bytes: bytes.toString("hex", at - 16, at + 32) });
    expect(part(got)).toEqual(part(wanted));
  }
}

/** Random steps on the emulator's reference engine; the C model must have done the same. */
function compare(binary: string, config: ChipConfig, spec: DeviceSpec, random: Random): void {
  const program = compileProgram(config, spec);
  const most = Math.min(60, Math.floor(STEP_TAPS / estimateCost(program, true).input));
  if (most === 0) return;
  const engine = new ReferenceEngine(program);
  const input = new InputLayer(config.input);
  const dialogue = new Dialogue();
  const bytes = encodeChip(config);
  dialogue.say("C", random.integer(1, 700), bytes.length);
  dialogue.bytes(bytes);
  dialogue.expect(Uint8Array.of(0, 0));
  let kept = { events: 0, dropped: 0, poolDropped: 0 };
  for (let step = 0; step < 6; step++) {
    const action = random.below(8);
    if (action < 6) {
      const events = rawEvents(config.input, random.below(most + 1), random);
      const { length } = events.t;
      const batch = input.prepare(events, 0, length);
      kept = {
        events: kept.events + length,
        dropped: kept.dropped + batch.dropped,
        poolDropped: kept.poolDropped + batch.poolDropped,
      };
      dialogue.say("E", length);
      for (let i = 0; i < length; i++) dialogue.data([events.p[i]!, events.y[i]!, events.x[i]!]);
      expectSpikes(dialogue, program, engine, batch);
    } else if (action === 6) {
      const index = random.below(program.cores.length);
      const { features, height, width } = program.cores[index]!;
      const values = randomMembranes(program, index, false, random);
      engine.writeNeurons(index, values);
      dialogue.say("W", index, values.length);
      dialogue.data(neuronsToFile(values, features, height * width));
    } else {
      engine.reset();
      dialogue.say("R");
      kept = { events: 0, dropped: 0, poolDropped: 0 };
    }
    dialogue.say("S");
    expectState(dialogue, program, engine, kept);
  }
  dialogue.check(binary);
}

/** In depth-first order [R7], as the cores of a chip run; the engine sorts what one event causes by core. */
function expectSpikes(
  dialogue: Dialogue,
  program: ChipProgram,
  engine: ReferenceEngine,
  batch: ReturnType<InputLayer["prepare"]>,
): void {
  const spikes = engine.run(batch);
  for (let i = 0; i < spikes.length; i++) {
    const address = spikes.address[i]!;
    const bytes = Buffer.alloc(12);
    bytes.writeUInt8(1, 0);
    bytes.writeUInt32LE(batch.source[spikes.cause[i]!]!, 1);
    bytes.writeUInt8(program.cores[spikes.core[i]!]!.core, 5);
    bytes.writeUInt16LE(address >>> 20, 6);
    bytes.writeUInt16LE((address >>> 10) & 1023, 8);
    bytes.writeUInt16LE(address & 1023, 10);
    dialogue.expect(bytes);
  }
  dialogue.expect(Uint8Array.of(0));
}

function expectState(
  dialogue: Dialogue,
  program: ChipProgram,
  engine: ReferenceEngine,
  kept: { events: number; dropped: number; poolDropped: number },
): void {
  const counters = engine.counters();
  for (const { index, features, height, width } of program.cores) {
    dialogue.expect(numbers(COUNTERS.map((name) => counters[index]![name])));
    const states = neuronsToFile(engine.readNeurons(index), features, height * width);
    dialogue.expect(new Uint8Array(states.buffer));
  }
  dialogue.expect(numbers([kept.events, kept.dropped, kept.poolDropped]));
}

function numbers(values: readonly number[]): Uint8Array {
  return new Uint8Array(BigUint64Array.from(values, BigInt).buffer);
}

/** Events before the input layer: all over its map, and beyond it where a cut keeps them out. */
function rawEvents(config: InputConfig, length: number, random: Random): EventStream {
  const { shape, cut, pooling, mirrorDiagonal } = config;
  const [features, ...size] = shape;
  const [height, width] = mirrorDiagonal ? [size[1], size[0]] : size;
  const events = createEventStream(length);
  const place = (axis: 0 | 1, extent: number): number => {
    const [from, to] = cut && random.below(4) === 0 ? [0, cut.corner[axis] + 3] : [0, extent - 1];
    const pooled =
      from === 0 && to === extent - 1 ? (cut?.origin[axis] ?? 0) + random.below(extent) : random.integer(from, to);
    return pooled * pooling[axis] + random.below(pooling[axis]);
  };
  for (let i = 0; i < length; i++) {
    events.p[i] = features === 1 && config.merge ? random.below(2) : random.below(features);
    events.y[i] = place(0, height);
    events.x[i] = place(1, width);
  }
  return events;
}

/** Without the blocks that the C model does not have. */
function withinModel(config: ChipConfig): ChipConfig {
  const many = config.input.shape[0] > 2;
  return {
    ...config,
    input: { ...config.input, ...(many && { merge: false, onChannel: true, offChannel: true }) },
    cores: config.cores.map((core) => ({ ...core, congestionBalancer: false })),
  };
}

/** One monitored core at most: then the C model's order is the emulator's. */
function oneMonitored(config: ChipConfig): ChipConfig {
  const last = config.cores.at(-1)!;
  return {
    ...config,
    cores: config.cores.map((core) => ({ ...core, monitorEnable: core === last })),
    outputs: [{ core: last.core, featureShift: 0 }],
  };
}

const OPTIONS = { rectangular: true, leak: false, filter: false, readout: false } as const;

test.skipIf(!hasCompiler)("[R1-R6] [R10] [R12] one core: the C model does what the emulator does, to the bit", () => {
  const binary = buildReference("model", "CORES=1", "SANITIZE=1");
  const property = fc.property(chipConfigs({ ...OPTIONS, maxCores: 1 }), fc.nat(), (config, seed) => {
    compare(binary, withinModel(config), device, new Random(seed));
  });
  assertCases("C model equals emulator on one core", property, { share: 60, full: 5000, seed: 71 });
});

test.skipIf(!hasCompiler)("[R1-R6] large layers, every stride and padding", () => {
  // Kernels as large as a padded map: up to 1.4 million weights.
  const binary = buildReference("model", "CORES=1", "SANITIZE=1", "WEIGHTS=2097152");
  const check = (seed: number) => {
    const random = new Random(seed);
    const config = randomLayer(random);
    const { leak: _, ...core } = config.cores[0]!;
    const hash = "ab".repeat(32);
    compare(binary, { ...config, device: { name: "speck2f", hash }, cores: [core] }, device, random);
  };
  forCases("C model equals emulator on layers", check, { share: 30, full: 2000, seed: 72 });
});

test.skipIf(!hasCompiler)("[R6] [R7] many cores: chains, fan-outs and merges, depth first", () => {
  const binary = buildReference("model", "SANITIZE=1");
  const property = fc.property(chipConfigs({ ...OPTIONS, maxCores: 5 }), fc.nat(), (config, seed) => {
    compare(binary, oneMonitored(withinModel(config)), device, new Random(seed));
  });
  assertCases("C model equals emulator on networks", property, { share: 60, full: 5000, seed: 73 });
});

test.skipIf(!hasCompiler)("[R4] [R5] the device's open questions, answered the other way", () => {
  const switches = "DEFINES=-DCHIP_ZERO_WEIGHT_SKIP=0 -DCHIP_COMPARATOR_ABOVE=1 -DCHIP_UPPER_SATURATION=0";
  const binary = buildReference("model", "SANITIZE=1", switches);
  const spec = withNumeric(device, { comparator: ">", upperSaturation: false, zeroWeightSkip: false });
  const property = fc.property(chipConfigs({ ...OPTIONS, maxCores: 3 }), fc.nat(), (config, seed) => {
    compare(binary, oneMonitored(withinModel(config)), spec, new Random(seed));
  });
  assertCases("C model equals emulator with other switches", property, { share: 30, full: 2000, seed: 74 });
});
