import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Line } from "./event-mode.ts";
import { median, type Rate, ratio } from "./measure.ts";

/** Python that may have PyTorch: Debian's python3-torch is what the promises compare with. */
const PYTHON = "/usr/bin/python3";
/**
 * PyTorch on glibc has two states. As it comes, malloc returns the memory of its large buffers to the system within most steps,
 * and fetches it again page by page: at batch 64 of the MNIST-DVS net some 25 calls of brk, 9,600 page faults and 15 ms of system
 * time a step. About one process in ten is spared by the layout of its heap. A plain training loop is measured as it comes, in a
 * fresh process each round. With this setting the heap keeps its memory, and every process is in the fast state.
 */
const HEAP_KEPT = { MALLOC_TOP_PAD_: `${2 ** 30}` };

interface Net {
  readonly recipe: string;
  readonly batches: readonly number[];
  /** Steps a round. */
  readonly steps: number;
  readonly rounds: number;
  readonly againstStock: number;
  readonly againstTorch: number;
}

const NETS: readonly Net[] = [
  { recipe: "mnist-dvs", batches: [64, 256], steps: 8, rounds: 7, againstStock: 4, againstTorch: 2 },
  {
    recipe: "cifar10-all-convnet",
    batches: [32, 64],
    steps: 1,
    rounds: 5,
    againstStock: 1.8,
    againstTorch: 0.45,
  },
];
const WORKERS_PAY = 1.7;
/** Seconds before the first round, which do not count: V8 compiles beside the first few hundred steps. */
const WARM_UP_S = 3;
const FRESH_WARM_UP_S = 1;

/** Lines of training steps (forward, loss with SynOp term, backward, Adam), and what could not be measured here. */
export interface TrainingLines {
  readonly lines: readonly Line[];
  readonly skipped: readonly string[];
}

/**
 * Images a second in training steps, ours on one thread against tfjs' stock WASM kernels and against PyTorch: every trainer a process
 * of its own, in turn, in processor time. Then two workers against one, in time that passes.
 */
export async function benchTraining(): Promise<TrainingLines> {
  const torch = torchVersion();
  const lines: Line[] = [];
  for (const net of NETS) {
    for (const batch of net.batches) {
      const trainers = [
        new Trainer("own", ...ours(net, batch, "own", 1)),
        new Trainer("stock", ...ours(net, batch, "stock", 1)),
      ];
      trainers.push(new Trainer("simd", ...ours(net, batch, "simd", 1)));
      if (torch !== null) {
        const args = [script("training-step.py"), net.recipe, `${batch}`];
        trainers.push(new Trainer("torch", PYTHON, args, { fresh: true }));
        trainers.push(new Trainer("torchHeapKept", PYTHON, args, { env: HEAP_KEPT }));
      }
      const rates = await measureTrainers(trainers, net, batch, "processor");
      const line = (speed: string, against: string, what: string, atLeast?: number): void => {
        lines.push({
          what: `${net.recipe}, batch ${batch}: ${what}`,
          ...pair(rates, speed, against),
          ...(atLeast ? { atLeast } : {}),
        });
      };
      line("own", "stock", "training step against stock tfjs-wasm", net.againstStock);
      line("simd", "stock", "the same without fused multiply-add");
      if (torch !== null) {
        line("own", "torch", `training step against PyTorch ${torch}, one thread`, net.againstTorch);
        line("own", "torchHeapKept", "the same, glibc told to keep the heap's memory");
      }
    }
  }
  lines.push(await twoWorkers());
  const skipped = torch === null ? ["training against PyTorch: skipped, python3-torch is not installed"] : [];
  return { lines, skipped };
}

async function twoWorkers(): Promise<Line> {
  const [net] = NETS as [Net];
  const batch = 256;
  const trainers = [1, 2].map((workers) => new Trainer(`${workers}`, ...ours(net, batch, "own", workers)));
  // Time that passes is noisier than a processor's: longer rounds.
  const rates = await measureTrainers(trainers, { ...net, steps: 40, rounds: 9 }, batch, "wall");
  return {
    what: `${net.recipe}, batch ${batch}: two workers against one`,
    ...pair(rates, "2", "1"),
    atLeast: WORKERS_PAY,
  };
}

function pair(rates: readonly Rate[], speed: string, against: string): Pick<Line, "speed" | "against" | "ratio"> {
  const find = (name: string): Rate => rates.find((rate) => rate.name === name) as Rate;
  return { speed: find(speed), against: find(against), ratio: ratio(rates, speed, against) };
}

function ours(net: Net, batch: number, kernels: string, workers: number): [string, string[]] {
  return [process.execPath, [script("training-step.js"), net.recipe, `${batch}`, kernels, `${workers}`]];
}

function script(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

/** Images a second of each trainer in each round. */
async function measureTrainers(
  trainers: readonly Trainer[],
  { steps, rounds }: Net,
  batch: number,
  clock: "processor" | "wall",
): Promise<Rate[]> {
  const seconds = trainers.map(() => [] as number[]);
  try {
    for (const trainer of trainers) if (!trainer.fresh) await trainer.start(WARM_UP_S);
    for (let round = 0; round < rounds; round++) {
      for (const [i, trainer] of trainers.entries()) {
        if (trainer.fresh) await trainer.start(FRESH_WARM_UP_S);
        seconds[i]?.push((await trainer.run(steps))[clock]);
        if (trainer.fresh) trainer.end();
      }
    }
  } finally {
    for (const trainer of trainers) trainer.end();
  }
  return trainers.map(({ name }, i) => {
    const rates = (seconds[i] as number[]).map((time) => (steps * batch) / time);
    return { name, rounds: rates, median: median(rates) };
  });
}

interface Took {
  readonly processor: number;
  readonly wall: number;
}

/** A process that runs training steps when told to. */
class Trainer {
  readonly name: string;
  /** Every round in a process of its own. */
  readonly fresh: boolean;
  readonly #start: () => ChildProcess;
  #process: ChildProcess | undefined;
  #answers: AsyncIterator<string> | undefined;

  constructor(
    name: string,
    program: string,
    args: readonly string[],
    { fresh = false, env = {} }: { readonly fresh?: boolean; readonly env?: Readonly<Record<string, string>> } = {},
  ) {
    this.name = name;
    this.fresh = fresh;
    this.#start = () => spawn(program, args, { stdio: ["pipe", "pipe", "inherit"], env: { ...process.env, ...env } });
  }

  async start(warmUpS: number): Promise<void> {
    this.#process = this.#start();
    const output = this.#process.stdout as NodeJS.ReadableStream;
    this.#answers = createInterface({ input: output })[Symbol.asyncIterator]();
    await this.#answer();
    for (let wall = 0; wall < warmUpS; ) wall += (await this.run(1)).wall;
  }

  async run(steps: number): Promise<Took> {
    this.#process?.stdin?.write(`${steps}\n`);
    return JSON.parse(await this.#answer()) as Took;
  }

  end(): void {
    this.#process?.stdin?.end();
  }

  async #answer(): Promise<string> {
    const { value, done } = (await this.#answers?.next()) ?? { done: true };
    if (done) throw new Error(`the trainer ${this.name} ended before its time`);
    return value;
  }
}

function torchVersion(): string | null {
  try {
    const code = "import torch; print(torch.__version__)";
    return execFileSync(PYTHON, ["-c", code], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return null;
  }
}
