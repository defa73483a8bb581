import { Worker } from "node:worker_threads";
import { ChipError } from "../errors.ts";
import { shapeSize } from "../network/types.ts";
import { createSlots, type Slot, viewSlot } from "./batch-slots.ts";
import type { BackendInfo, Crew, CrewMemory, CrewOptions, EvaluateOptions } from "./crew.ts";
import { layOut } from "./layout.ts";
import { addTallies, type ReplicaState, type StepPlan, type Tally } from "./replica.ts";
import type { ModelSpec } from "./spec.ts";
import { createTeamMemory } from "./team.ts";
import type { Batch } from "./training-set.ts";
import type { Part, WorkerAnswers, WorkerMessage, WorkerRequest, WorkerStart } from "./worker-messages.ts";

/** Worker threads run what the build made of this file's neighbour; Node 20 runs no TypeScript there. */
const WORKER = new URL(import.meta.url.replace(/thread-crew(\.[jt]s)$/, "worker$1"));

/**
 * Starts worker threads, each with a tfjs backend and a replica of the model.
 *
 * @throws ChipError E_MISSING_PACKAGE, E_TRAINING of the first worker whose backend does not work
 */
export async function openThreadCrew(spec: ModelSpec, options: CrewOptions): Promise<Crew> {
  const { parameters, sources } = layOut(spec);
  const team = createTeamMemory(options.workers, Math.max(parameters, sources.length));
  const slots = createSlots(options.batch, shapeSize(spec.input), true);
  const threads = Array.from({ length: options.workers }, (_, member) => {
    return new Thread({ spec, options, member, team, slots });
  });
  try {
    const backends = await Promise.all(threads.map(({ ready }) => ready));
    return new ThreadCrew(spec, threads, backends[0] as BackendInfo, slots);
  } catch (error) {
    await Promise.all(threads.map((thread) => thread.close()));
    throw error;
  }
}

class ThreadCrew implements Crew {
  readonly workers: number;
  readonly backend: BackendInfo;
  readonly #threads: readonly Thread[];
  readonly #sampleSize: number;
  readonly #slots: readonly Slot[];
  #slot = 0;

  constructor(spec: ModelSpec, threads: readonly Thread[], backend: BackendInfo, slots: readonly Slot[]) {
    this.workers = threads.length;
    this.backend = backend;
    this.#threads = threads;
    this.#sampleSize = shapeSize(spec.input);
    this.#slots = slots;
  }

  room(samples: number): Batch {
    this.#slot = (this.#slot + 1) % this.#slots.length;
    return viewSlot(this.#slots[this.#slot] as Slot, 0, samples, this.#sampleSize);
  }

  async startPhase(scale: { readonly scaleFirst?: number; readonly scaleLast?: number }): Promise<void> {
    await this.#all({ type: "phase", scale });
  }

  async equalize(batch: Batch, level: number): Promise<void> {
    await this.#parts(batch, (part) => ({ ...part, type: "equalize", level }));
  }

  async step(batch: Batch, plan: StepPlan): Promise<Tally> {
    const total = batch.labels.length;
    return (await this.#parts(batch, (part) => ({ ...part, type: "step", total, plan }))).reduce(addTallies);
  }

  async evaluate(batch: Batch, options: EvaluateOptions): Promise<Tally> {
    return (await this.#parts(batch, (part) => ({ ...part, type: "evaluate", options }))).reduce(addTallies);
  }

  /** All replicas are alike; the first speaks for them. */
  state(): Promise<ReplicaState> {
    return this.#first().ask({ type: "state" });
  }

  async restore(state: ReplicaState): Promise<void> {
    await this.#all({ type: "restore", state });
  }

  weights(quantized: boolean): Promise<Float32Array[]> {
    return this.#first().ask({ type: "weights", quantized });
  }

  async memory(): Promise<CrewMemory> {
    const all = await Promise.all(this.#threads.map((thread) => thread.ask({ type: "memory" })));
    return {
      tensors: all.reduce((sum, { tensors }) => sum + tensors, 0),
      bytes: all.reduce((sum, { bytes }) => sum + bytes, 0),
    };
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }

  #first(): Thread {
    return this.#threads[0] as Thread;
  }

  async #all(request: WorkerRequest & { readonly type: "phase" | "restore" }): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.ask(request)));
  }

  /** Gives each worker its part of the batch, as equal as can be; the answers come in the workers' order. */
  #parts<R extends WorkerRequest & Part>(
    batch: Batch,
    request: (part: Part) => R,
  ): Promise<WorkerAnswers[R["type"]][]> {
    const slot = this.#slotOf(batch);
    const total = batch.labels.length;
    const answers: Promise<WorkerAnswers[R["type"]]>[] = [];
    for (const [i, thread] of this.#threads.entries()) {
      const from = Math.floor((i * total) / this.workers);
      const to = Math.floor(((i + 1) * total) / this.workers);
      // A last batch of an evaluation may have fewer samples than there are workers.
      if (from === to) continue;
      answers.push(thread.ask(request({ slot, from, samples: to - from })));
    }
    return Promise.all(answers);
  }

  /** Where the batch lies: in the room that it was made in, else in the next, to which it is copied. */
  #slotOf(batch: Batch): number {
    const made = this.#slots.findIndex(({ x, labels }) => x === batch.x.buffer && labels === batch.labels.buffer);
    if (made >= 0) return made;
    const room = this.room(batch.labels.length);
    room.x.set(batch.x);
    room.labels.set(batch.labels);
    return this.#slot;
  }
}

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

/** One worker thread, seen from the thread that leads. */
class Thread {
  readonly ready: Promise<BackendInfo>;
  readonly #worker: Worker;
  readonly #waiting: Waiting[] = [];
  #broken: Error | undefined;

  constructor(workerData: WorkerStart) {
    this.#worker = new Worker(WORKER, { workerData });
    this.ready = this.#promise();
    this.#worker.on("message", (message: WorkerMessage) => this.#receive(message));
    this.#worker.on("error", (error) => this.#break(error));
    this.#worker.on("exit", () => this.#break(new Error("a worker thread ended unexpectedly")));
  }

  ask<R extends WorkerRequest>(request: R): Promise<WorkerAnswers[R["type"]]> {
    const answer = this.#promise<WorkerAnswers[R["type"]]>();
    if (this.#broken) this.#break(this.#broken);
    else this.#worker.postMessage(request);
    return answer;
  }

  async close(): Promise<void> {
    this.#worker.removeAllListeners("exit");
    await this.#worker.terminate();
  }

  #promise<T>(): Promise<T> {
    return new Promise<T>((resolve, reject) =>
      this.#waiting.push({ resolve: resolve as (answer: never) => void, reject }),
    );
  }

  #receive(message: WorkerMessage): void {
    if ("error" in message) this.#break(ChipError.fromJSON(message.error));
    else if ("failure" in message) this.#break(new Error(message.failure));
    else this.#waiting.shift()?.resolve(("backend" in message ? message.backend : message.answer) as never);
  }

  /** Whoever waits learns of it; the others of the team would wait for this one for ever, so the crew has to be closed. */
  #break(error: Error): void {
    this.#broken = error;
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }
}
