import type { SerializedChipError } from "../errors.ts";
import type { Slot } from "./batch-slots.ts";
import type { BackendInfo, CrewMemory, CrewOptions, EvaluateOptions } from "./crew.ts";
import type { ReplicaState, StepPlan, Tally } from "./replica.ts";
import type { ModelSpec } from "./spec.ts";
import type { TeamMemory } from "./team.ts";

/** What a worker thread is started with. */
export interface WorkerStart {
  readonly spec: ModelSpec;
  readonly options: CrewOptions;
  readonly member: number;
  readonly team: TeamMemory;
  /** Where batches lie. */
  readonly slots: readonly Slot[];
}

/** Where a worker finds its part of a batch. */
export interface Part {
  readonly slot: number;
  readonly from: number;
  readonly samples: number;
}

export type WorkerRequest =
  | { readonly type: "phase"; readonly scale: { readonly scaleFirst?: number; readonly scaleLast?: number } }
  | (Part & { readonly type: "equalize"; readonly level: number })
  | (Part & { readonly type: "step"; readonly total: number; readonly plan: StepPlan })
  | (Part & { readonly type: "evaluate"; readonly options: EvaluateOptions })
  | { readonly type: "state" }
  | { readonly type: "restore"; readonly state: ReplicaState }
  | { readonly type: "weights"; readonly quantized: boolean }
  | { readonly type: "memory" };

/** What each request is answered with. */
export interface WorkerAnswers {
  readonly phase: null;
  readonly equalize: null;
  readonly step: Tally;
  readonly evaluate: Tally;
  readonly state: ReplicaState;
  readonly restore: null;
  readonly weights: Float32Array[];
  readonly memory: CrewMemory;
}

/** Answers come in the order of the requests; the first message is the backend, or why there is none. */
export type WorkerMessage =
  | { readonly backend: BackendInfo }
  | { readonly answer: unknown }
  | { readonly error: SerializedChipError }
  | { readonly failure: string };
