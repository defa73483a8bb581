import { ChipError } from "../errors.ts";
import type { Network } from "../network/types.ts";
import type { BackendChoice } from "./backend/open-backend.ts";
import { checkBudgets, checkSets } from "./check-recipe.ts";
import { type BackendInfo, type Crew, type EvaluateOptions, openCrew } from "./crew.ts";
import { exportNetwork } from "./export-network.ts";
import { layOut, type ModelLayout } from "./layout.ts";
import type { Phase, Recipe } from "./recipe.ts";
import { addTallies, emptyTally, type StepPlan, type Tally } from "./replica.ts";
import { learningRateAt, placeOf, synOpLossAt, totalEpochs } from "./schedule.ts";
import { derivedRandom, derivedSeed } from "./seeds.ts";
import type { Batch, TrainingSets } from "./training-set.ts";
import {
  type Checkpoint,
  type EpochRecord,
  initialState,
  type Measured,
  measured,
  type TrainingState,
  type TrainingStore,
} from "./training-state.ts";
import { checkAlive, checkFinite, deadError, type StepPlace } from "./watch.ts";

/** How far a training has come. */
export interface TrainProgress {
  /** Samples trained on, out of all epochs' together. */
  readonly samples: number;
  readonly totalSamples: number;
  readonly epoch: number;
  readonly epochs: number;
}

export interface TrainOptions {
  readonly backend: BackendChoice;
  /** Threads that share every batch; the same number gives the same bytes. One is this thread. */
  readonly workers: number;
  readonly seed: number;
  /** False keeps to plain SIMD, whose results do not depend on the processor. Default true. */
  readonly relaxed?: boolean;
  /** Keeps checkpoints; a training goes on from the last one. */
  readonly store?: TrainingStore;
  /** Milliseconds between checkpoints within an epoch; there is one at the end of each in any case. Needs `now`. */
  readonly checkpointMs?: number;
  /** A clock in milliseconds; without one, wall times are 0. */
  readonly now?: () => number;
  /** Aborted: the step that runs is finished and kept in the store. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: TrainProgress) => void;
  readonly onEpoch?: (record: EpochRecord) => void;
}

export interface TrainResult {
  /** Threshold 1, subtract, no bias; it can be written as NIR, mapped and run as it is. */
  readonly network: Network;
  readonly layout: ModelLayout;
  /** The whole test set, weights as exported. */
  readonly test: Measured;
  readonly history: readonly EpochRecord[];
  readonly backend: BackendInfo;
  readonly epochs: number;
  readonly steps: number;
  readonly wallMs: number;
}

/**
 * Trains a network by a recipe: Adam on cross entropy plus SynOp loss, phase by phase.
 *
 * The same recipe, data, seed, number of workers, backend and kernels give the same network to the byte, interrupted or
 * not.
 *
 * @throws ChipError E_TRAINING for a target that cannot be reached, a loss that is no number, or a network that stopped
 *   spiking; E_DATASET, E_NETWORK, E_OPTION for what does not fit together; E_INTERRUPTED when the signal aborts
 */
export async function train(recipe: Recipe, sets: TrainingSets, options: TrainOptions): Promise<TrainResult> {
  const layout = layOut(recipe.network);
  checkSets(layout, sets);
  checkBudgets(recipe, layout, sets.train);
  const batch = Math.min(recipe.batch, sets.train.size);
  if (options.workers > batch) {
    throw new ChipError(
      "E_OPTION",
      `${options.workers} workers cannot share a batch of ${batch} samples; use at most ${batch}.`,
    );
  }
  const { backend, workers, seed, relaxed } = options;
  if (backend === "webgpu" && workers > 1) {
    throw new ChipError(
      "E_OPTION",
      "workers share a batch between processor cores, and webgpu computes on one device; use --workers 1 with it.",
    );
  }
  const crew = await openCrew(recipe.network, {
    backend,
    workers,
    seed,
    batch,
    weightDecay: recipe.weightDecay ?? 0,
    ...(relaxed === undefined ? {} : { relaxed }),
  });
  try {
    return await new Training(recipe, sets, options, layout, batch, crew).run();
  } finally {
    await crew.close();
  }
}

class Training {
  readonly #recipe: Recipe;
  readonly #sets: TrainingSets;
  readonly #options: TrainOptions;
  readonly #layout: ModelLayout;
  readonly #batch: number;
  readonly #crew: Crew;
  readonly #names: readonly string[];
  readonly #stepsAnEpoch: number;
  #state: TrainingState;
  /** When the clock was last read into the state's wall time, and when the last checkpoint was. */
  #clock: number;
  #saved: number;

  constructor(
    recipe: Recipe,
    sets: TrainingSets,
    options: TrainOptions,
    layout: ModelLayout,
    batch: number,
    crew: Crew,
  ) {
    this.#recipe = recipe;
    this.#sets = sets;
    this.#options = options;
    this.#layout = layout;
    this.#batch = batch;
    this.#crew = crew;
    this.#names = layout.sources.map(({ name }) => name);
    // Whole batches only: a small last one would weigh as much as the others.
    this.#stepsAnEpoch = Math.floor(sets.train.size / batch);
    this.#state = initialState(layout.layers.length);
    this.#clock = this.#now();
    this.#saved = this.#clock;
  }

  async run(): Promise<TrainResult> {
    const before = await this.#options.store?.load();
    if (before !== undefined) {
      checkSameBackend(before.backend, this.#crew.backend);
      this.#state = before.state;
      await this.#crew.restore(before.replica);
    }
    this.#tellProgress();
    const epochs = totalEpochs(this.#recipe);
    while (this.#state.epoch < epochs) await this.#epoch();
    const last = this.#recipe.phases.at(-1) as Phase;
    const test = this.#lastTest() ?? (await this.#evaluate(last, this.#sets.test.size));
    this.#refuseSilent(last, test);
    const weights = await this.#crew.weights(last.weights === "int8");
    this.#readClock();
    const { history, steps, wallMs } = this.#state;
    return {
      network: exportNetwork(this.#recipe.network, this.#layout, weights),
      layout: this.#layout,
      test,
      history,
      backend: this.#crew.backend,
      epochs,
      steps,
      wallMs,
    };
  }

  async #epoch(): Promise<void> {
    const state = this.#state;
    const { phase, epochInPhase } = placeOf(this.#recipe, state.epoch);
    const order = shuffled(this.#sets.train.size, derivedRandom(this.#options.seed, "order", state.epoch));
    if (epochInPhase === 0 && state.step === 0) await this.#startPhase(phase, order);
    // Empty after an interruption between the last step and the end of the evaluation.
    let next = this.#makeBatch(order, state.step);
    while (state.step < this.#stepsAnEpoch) {
      const plan = this.#plan(phase, epochInPhase);
      const running = this.#crew.step(next, plan);
      // Threads train while the next batch is made here.
      if (state.step + 1 < this.#stepsAnEpoch) next = this.#makeBatch(order, state.step + 1);
      this.#account(await running, phase, plan);
      await this.#pause();
    }
    await this.#endEpoch(phase, epochInPhase);
  }

  async #startPhase(phase: Phase, order: Int32Array): Promise<void> {
    const { equalize, scaleFirst, scaleLast } = phase;
    if (equalize !== undefined)
      await this.#crew.equalize(
        this.#sets.train.batch(order.subarray(0, this.#batch), null, this.#crew.room(this.#batch)),
        equalize,
      );
    await this.#crew.startPhase({
      ...(scaleFirst === undefined ? {} : { scaleFirst }),
      ...(scaleLast === undefined ? {} : { scaleLast }),
    });
    this.#state.startCost = null;
    this.#state.silent.fill(0);
  }

  #makeBatch(order: Int32Array, step: number): Batch {
    const indices = order.subarray(step * this.#batch, (step + 1) * this.#batch);
    const place = this.#state.epoch * this.#stepsAnEpoch + step;
    const random = derivedRandom(this.#options.seed, "augment", place);
    return this.#sets.train.batch(indices, random, this.#crew.room(indices.length));
  }

  #plan(phase: Phase, epochInPhase: number): StepPlan {
    const { step, steps, startCost } = this.#state;
    const { synOps } = phase;
    const progress = epochInPhase + step / this.#stepsAnEpoch;
    // Before the first step nobody knows what the network spends; from the second on its target can move.
    const startsNow = startCost === null;
    const loss = synOps && !startsNow ? synOpLossAt(synOps, progress, startCost, this.#names) : undefined;
    return {
      learningRate: learningRateAt(phase, epochInPhase),
      seed: derivedSeed(this.#options.seed, "dropout", steps),
      quantizeActivations: phase.activations !== "plain",
      quantizeWeights: phase.weights === "int8",
      synOps: loss ? { loss, weighting: synOps?.weighting ?? "fanOut" } : null,
    };
  }

  #account(tally: Tally, phase: Phase, plan: StepPlan): void {
    const state = this.#state;
    state.step++;
    state.steps++;
    const place: StepPlace = { phase, epoch: state.epoch + 1, step: state.step };
    checkFinite(tally, this.#names, place, plan.learningRate);
    checkAlive(tally, state.silent, this.#names, place, this.#stepsAnEpoch);
    if (state.startCost === null) {
      const costs = phase.synOps?.weighting === "none" ? tally.spikes : tally.synOps;
      state.startCost = costs.reduce((sum, cost) => sum + cost, 0) / tally.samples;
    }
    state.tally = addTallies(state.tally, tally);
    this.#tellProgress();
  }

  #tellProgress(): void {
    const { epoch, step } = this.#state;
    const epochs = totalEpochs(this.#recipe);
    const samplesAnEpoch = this.#stepsAnEpoch * this.#batch;
    this.#options.onProgress?.({
      samples: epoch * samplesAnEpoch + step * this.#batch,
      totalSamples: epochs * samplesAnEpoch,
      epoch: Math.min(epoch + 1, epochs),
      epochs,
    });
  }

  /** Between steps: sees a Ctrl-C, and keeps what is done now and then. */
  async #pause(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    const { checkpointMs, signal } = this.#options;
    if (signal?.aborted) await this.#interrupt();
    if (checkpointMs !== undefined && this.#now() - this.#saved >= checkpointMs) await this.#save();
  }

  /** @throws ChipError E_INTERRUPTED, always */
  async #interrupt(): Promise<never> {
    await this.#save();
    const { epoch, step } = this.#state;
    const kept = this.#options.store
      ? "what is done is kept, and the same command goes on from there"
      : "nothing is kept";
    throw new ChipError(
      "E_INTERRUPTED",
      `interrupted in epoch ${epoch + 1}, step ${step} of ${this.#stepsAnEpoch}; ${kept}.`,
    );
  }

  async #endEpoch(phase: Phase, epochInPhase: number): Promise<void> {
    const state = this.#state;
    const last = state.epoch + 1 === totalEpochs(this.#recipe);
    const { everyEpochs = 1, samples } = this.#recipe.evaluation ?? {};
    const due = last || (state.epoch + 1) % everyEpochs === 0;
    const size = last ? this.#sets.test.size : Math.min(samples ?? this.#sets.test.size, this.#sets.test.size);
    const test = due ? await this.#evaluate(phase, size) : null;
    this.#readClock();
    const { tally } = state;
    const target = this.#target(phase, epochInPhase);
    const record: EpochRecord = {
      epoch: state.epoch + 1,
      phase: phase.name,
      steps: state.steps,
      learningRate: learningRateAt(phase, epochInPhase),
      loss: (tally.crossEntropy + tally.penalty) / tally.samples,
      penalty: tally.penalty / tally.samples,
      target,
      train: measured(tally, this.#names),
      test,
      wallMs: state.wallMs,
    };
    state.history.push(record);
    state.epoch++;
    state.step = 0;
    state.tally = emptyTally(this.#names.length);
    await this.#save();
    this.#options.onEpoch?.(record);
  }

  /** The target of the epoch's last step. */
  #target(phase: Phase, epochInPhase: number): number | null {
    if (phase.synOps === undefined) return null;
    const progress = epochInPhase + (this.#stepsAnEpoch - 1) / this.#stepsAnEpoch;
    return synOpLossAt(phase.synOps, progress, this.#state.startCost ?? 0, this.#names).target ?? null;
  }

  async #evaluate(phase: Phase, size: number): Promise<Measured> {
    const options: EvaluateOptions = {
      quantizeActivations: phase.activations !== "plain",
      quantizeWeights: phase.weights === "int8",
    };
    const { test } = this.#sets;
    let tally = emptyTally(this.#names.length);
    for (let from = 0; from < size; from += this.#batch) {
      const count = Math.min(this.#batch, size - from);
      const indices = Int32Array.from({ length: count }, (_, i) => from + i);
      tally = addTallies(tally, await this.#crew.evaluate(test.batch(indices, null, this.#crew.room(count)), options));
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#options.signal?.aborted) await this.#interrupt();
    }
    return measured(tally, this.#names);
  }

  /** The result of the last epoch, which a resumed training that was already done finds in its history. */
  #lastTest(): Measured | null {
    return this.#state.history.at(-1)?.test ?? null;
  }

  #refuseSilent(phase: Phase, test: Measured): void {
    if (phase.activations === "plain") return;
    const silent = test.layers.slice(1).find(({ spikes }) => spikes === 0);
    const place: StepPlace = { phase, epoch: this.#state.epoch, step: this.#stepsAnEpoch };
    if (silent) throw deadError(silent.name, "for any sample of the test set", place);
  }

  async #save(): Promise<void> {
    this.#readClock();
    const { store } = this.#options;
    if (store) {
      const { name, kernels, version } = this.#crew.backend;
      await store.save({ state: this.#state, replica: await this.#crew.state(), backend: { name, kernels, version } });
    }
    this.#saved = this.#now();
  }

  #readClock(): void {
    const now = this.#now();
    this.#state.wallMs += now - this.#clock;
    this.#clock = now;
  }

  #now(): number {
    return this.#options.now?.() ?? 0;
  }
}

/** A training that goes on elsewhere than it began would give another network than either place. */
function checkSameBackend(before: Checkpoint["backend"], now: BackendInfo): void {
  if (before.name === now.name && before.kernels === now.kernels && before.version === now.version) return;
  const text = ({ name, kernels, version }: Checkpoint["backend"]): string =>
    `${name} ${version} with ${kernels} kernels`;
  throw new ChipError(
    "E_TRAINING",
    `the checkpoint was made on ${text(before)}; here is ${text(now)}, and the result would be that of neither. Go on where it began, or start again with --force.`,
    { details: { before, now } },
  );
}

/** All indices below `size` in a random order (Fisher-Yates). */
function shuffled(size: number, random: { below(bound: number): number }): Int32Array {
  const order = Int32Array.from({ length: size }, (_, i) => i);
  for (let i = size - 1; i > 0; i--) {
    const j = random.below(i + 1);
    const held = order[i] as number;
    order[i] = order[j] as number;
    order[j] = held;
  }
  return order;
}
