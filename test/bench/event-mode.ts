import type { Engine } from "../../emulator/engine.ts";
import { createEngine, type KernelChoice } from "../../emulator/kernel/kernel.ts";
import type { ChipProgram } from "../../emulator/program.ts";
import { createTimedEngine } from "../../emulator/timing/create-engine.ts";
import type { TimedEngine } from "../../emulator/timing/types.ts";
import type { MapShape } from "../../src/chip/config.ts";
import type { DeviceSpec } from "../../src/device/types.ts";
import { type Candidate, measure, type Rate, ratio } from "./measure.ts";
import {
  type BenchLayer,
  type BenchNetwork,
  buildBench,
  LINEAR,
  MNIST_DVS,
  NINE_CORES,
  singleLayer,
  splitFirstLayer,
} from "./networks.ts";

/** One line of the table: two speeds of one interleaved run, and their quotient. */
export interface Line {
  readonly what: string;
  readonly speed: Rate;
  readonly against: Rate;
  readonly ratio: number;
  /** The quotient must be at least this; absent: for information. */
  readonly atLeast?: number;
}

const ROUNDS = 15;
const ROUND_MS = 60;
/** Events to tune and to warm up with; enough to bring every layer into its steady state. */
const EVENTS = 100_000;
/** Events a call, as the chip's runner hands them over. */
const SPAN = 8192;

/** From one input event to the next in timed runs: a busy scene, 100,000 events a second. */
const GAP_PS = 10_000_000;

/** SIMD against the reference on whole networks, strided against unstrided layers, and runs with time against those without, in taps a second. */
export function benchEventMode(device: DeviceSpec): Line[] {
  const against = (network: BenchNetwork, atLeast?: number): Line => {
    const { program, input } = buildBench(network, device, EVENTS);
    const rates = measure(
      [candidate("simd", program, input), candidate("reference", program, input)],
      ROUNDS,
      ROUND_MS,
    );
    return line(`${network.name}: SIMD against reference`, rates, "simd", "reference", atLeast);
  };
  return [
    against(MNIST_DVS, 9),
    against(NINE_CORES, 9),
    against(LINEAR),
    // The strided layers of the paper's All-ConvNet: their features, fewer incoming ones.
    strided(device, { features: 192, kernel: 3, padding: 1 }, [3, 32, 32], 0.6),
    strided(device, { features: 32, kernel: 4 }, [2, 64, 64], 0.6),
    // Smaller ones: an event reaches a quarter of the neurons, so that what an event and a spike cost by themselves shows
    // (emulator/README.md, "Speed").
    strided(device, { features: 32, kernel: 5 }, [2, 64, 64]),
    strided(device, { features: 96, kernel: 3, padding: 1 }, [3, 32, 32]),
    strided(device, { features: 32, kernel: 3 }, [2, 64, 64]),
    strided(device, { features: 16, kernel: 2 }, [2, 128, 128]),
    timed(buildBench(MNIST_DVS, device, EVENTS), MNIST_DVS.name, 0.75),
    timed(buildBench(LINEAR, device, EVENTS), LINEAR.name, 0.75),
    timed(buildBench(NINE_CORES, device, EVENTS), NINE_CORES.name, 0.75),
    timed(merged(device), `${MNIST_DVS.name}, first layer on two cores`, 0.5),
  ];
}

/** The MNIST-DVS network with twice the features in its first layer, split over two cores. */
function merged(device: DeviceSpec): { program: ChipProgram; input: Uint32Array } {
  const [first, ...others] = MNIST_DVS.layers;
  const { program, input } = buildBench(
    { ...MNIST_DVS, layers: [{ ...first!, features: 16 }, ...others] },
    device,
    EVENTS,
  );
  return { program: splitFirstLayer(program), input };
}

/** A network with time against the same without. */
function timed({ program, input }: { program: ChipProgram; input: Uint32Array }, name: string, atLeast?: number): Line {
  const candidates = [timedCandidate("timed", program, input), candidate("simd", program, input)];
  return line(`${name}: timed against not`, measure(candidates, ROUNDS, ROUND_MS), "timed", "simd", atLeast);
}

/** As `candidate`, with time: every portion of work is a whole run. */
function timedCandidate(name: string, program: ChipProgram, input: Uint32Array): Candidate {
  const engine = createTimedEngine(program);
  const times = Float64Array.from(input, (_, i) => i * GAP_PS);
  return {
    name,
    run() {
      const before = taps(engine);
      engine.startRun();
      for (let at = 0; at < input.length; at += SPAN) {
        const address = input.subarray(at, at + SPAN);
        engine.run({ length: address.length, address, timePs: times.subarray(at, at + SPAN) });
      }
      engine.flush();
      return taps(engine) - before;
    },
  };
}

/** A layer with stride 2 against the same without. */
function strided(device: DeviceSpec, layer: BenchLayer, shape: MapShape, atLeast?: number): Line {
  const candidates = [2, 1].map((stride) => {
    const network = singleLayer({ ...layer, stride }, shape);
    const { program, input } = buildBench(network, device, EVENTS);
    return candidate(network.name, program, input, "simd");
  });
  const rates = measure(candidates, ROUNDS, ROUND_MS);
  const what = `SIMD, ${layer.kernel}x${layer.kernel}, ${layer.features} features: stride 2 against stride 1`;
  return line(what, rates, "stride 2", "stride 1", atLeast);
}

function line(what: string, rates: readonly Rate[], name: string, to: string, atLeast?: number): Line {
  const [speed, against] = [name, to].map((wanted) => rates.find((rate) => rate.name === wanted) as Rate);
  const found = { what, speed: speed as Rate, against: against as Rate, ratio: ratio(rates, name, to) };
  return atLeast === undefined ? found : { ...found, atLeast };
}

/** An engine in its steady state that works through the input span by span. */
function candidate(name: string, program: ChipProgram, input: Uint32Array, kernel = name as KernelChoice): Candidate {
  const engine = createEngine(program, { kernel });
  engine.run({ length: input.length, address: input });
  return {
    name,
    run() {
      const before = taps(engine);
      for (let at = 0; at < input.length; at += SPAN) {
        const address = input.subarray(at, at + SPAN);
        engine.run({ length: address.length, address });
      }
      return taps(engine) - before;
    },
  };
}

function taps(engine: Engine | TimedEngine): number {
  return engine.counters().reduce((sum, core) => sum + core.taps, 0);
}
