import { parentPort, workerData } from "node:worker_threads";
import * as tf from "@tensorflow/tfjs-core";
import { ChipError } from "../errors.ts";
import { shapeSize } from "../network/types.ts";
import { openBackend } from "./backend/open-backend.ts";
import { type Slot, viewSlot } from "./batch-slots.ts";
import { chipWeightsOf } from "./chip-weights.ts";
import { Replica, type StepPlan } from "./replica.ts";
import { derivedSeed } from "./seeds.ts";
import { joinTeam } from "./team.ts";
import type { Batch } from "./training-set.ts";
import type { Part, WorkerAnswers, WorkerMessage, WorkerRequest, WorkerStart } from "./worker-messages.ts";

// A worker thread of a training: a backend and a replica of its own, asked by messages.

const { spec, options, member, team, slots } = workerData as WorkerStart;
const sampleSize = shapeSize(spec.input);

function send(message: WorkerMessage): void {
  parentPort?.postMessage(message);
}

function fail(error: unknown): void {
  if (error instanceof ChipError) send({ error: error.toJSON() });
  else send({ failure: error instanceof Error ? (error.stack ?? error.message) : String(error) });
}

/** This worker's part of a batch: a copy where tfjs keeps what it is given, for the slot is filled again soon. */
function partOf({ slot, from, samples }: Part): Batch {
  const part = viewSlot(slots[slot] as Slot, from, samples, sampleSize);
  // The WASM backend copies into its own memory at once.
  return tf.getBackend() === "wasm" ? part : { x: part.x.slice(), labels: part.labels.slice() };
}

/** Members drop different values, as one replica drops different ones in different samples. */
function planOf(plan: StepPlan): StepPlan {
  return { ...plan, seed: derivedSeed(plan.seed, "dropout", member) };
}

async function answer(replica: Replica, request: WorkerRequest) {
  switch (request.type) {
    case "phase":
      replica.startPhase(request.scale);
      return null;
    case "equalize":
      await replica.equalize(partOf(request), request.level);
      return null;
    case "step":
      return replica.step(partOf(request), request.total, planOf(request.plan));
    case "evaluate":
      return replica.evaluate(partOf(request), request.options);
    case "state":
      return replica.state();
    case "restore":
      replica.restore(request.state);
      return null;
    case "weights":
      return request.quantized ? chipWeightsOf(replica.model) : replica.model.weights();
    case "memory": {
      const { numTensors, numBytes } = tf.memory();
      return { tensors: numTensors, bytes: numBytes };
    }
  }
}

try {
  const relaxed = options.relaxed === undefined ? {} : { relaxed: options.relaxed };
  const { name, kernels, version, reasons } = await openBackend(options.backend, relaxed);
  const replica = new Replica(spec, { ...options, team: joinTeam(team, member) });
  let queue = Promise.resolve();
  parentPort?.on("message", (request: WorkerRequest) => {
    queue = queue.then(async () => {
      try {
        send({ answer: (await answer(replica, request)) satisfies WorkerAnswers[WorkerRequest["type"]] });
      } catch (error) {
        fail(error);
      }
    });
  });
  send({ backend: { name, kernels, version, reasons } });
} catch (error) {
  fail(error);
}
