import * as tf from "@tensorflow/tfjs-core";
// tfjs-core's Node bundle comes without gradients; importing the layers registers all of them.
import "@tensorflow/tfjs-layers";
import { ChipError, messageOf, oneLine } from "../../errors.ts";
import type { InstalledKernels } from "../kernels/install.ts";
import { BACKEND_LOADERS, type BackendLoaders } from "./loaders.ts";
import { tryComputing } from "./trial.ts";

export const BACKEND_NAMES = ["node", "wasm", "cpu", "webgpu"] as const;
export type BackendName = (typeof BACKEND_NAMES)[number];
export type BackendChoice = "auto" | BackendName;

/** What a training runs on; all of it belongs into the artefacts of that training. */
export interface Backend {
  readonly name: BackendName;
  /**
   * Which convolutions, pools and optimiser run: tfjs' own (`stock`), or ours on tfjs' WASM backend, with or without fused
   * multiply-add. The last bits of a result differ between the three.
   */
  readonly kernels: InstalledKernels;
  /** Version of the tfjs package that computes. */
  readonly version: string;
  readonly tf: typeof import("@tensorflow/tfjs-core");
  /** One sentence for each faster backend that was tried and not taken; empty when the first would do. */
  readonly reasons: readonly string[];
}

export interface OpenBackendOptions {
  /** How each backend gets loaded; injected by tests. */
  readonly loaders?: Partial<BackendLoaders>;
  /** False keeps to plain SIMD, whose results do not depend on whether the machine can fuse a multiply with an add. */
  readonly relaxed?: boolean;
}

/** `auto` never takes webgpu: its results depend on the driver, so one has to ask for it. */
const AUTO: readonly BackendName[] = ["node", "wasm", "cpu"];

/**
 * Makes a tfjs backend current, after one trial computation with known results.
 *
 * `auto` takes the first of node, wasm and cpu that loads and computes, and says in `reasons` why others were not taken.
 *
 * @throws ChipError E_MISSING_PACKAGE when the backend asked for does not load, E_TRAINING when it computes wrongly
 */
export async function openBackend(choice: BackendChoice, options: OpenBackendOptions = {}): Promise<Backend> {
  // Production mode: no advice on the terminal, no check of every kernel's result for NaN.
  tf.enableProdMode();
  const loaders = { ...BACKEND_LOADERS, ...options.loaders };
  const relaxed = options.relaxed ?? true;
  if (choice !== "auto") return tryBackend(choice, loaders, relaxed, []);
  const reasons: string[] = [];
  for (const name of AUTO) {
    try {
      return await tryBackend(name, loaders, relaxed, [...reasons]);
    } catch (error) {
      if (!(error instanceof ChipError)) throw error;
      reasons.push(error.message);
    }
  }
  throw new ChipError("E_TRAINING", `no backend can train here: ${oneLine(reasons)}`, { details: { reasons } });
}

async function tryBackend(
  name: BackendName,
  loaders: BackendLoaders,
  relaxed: boolean,
  reasons: readonly string[],
): Promise<Backend> {
  const { load, remedy } = loaders[name];
  let loaded: Awaited<ReturnType<typeof load>>;
  try {
    loaded = await load();
  } catch (error) {
    const reason = messageOf(error).replace(/ imported from .*/, "");
    throw new ChipError("E_MISSING_PACKAGE", `backend ${name} does not load: ${reason}. ${remedy}`, {
      details: { backend: name },
      cause: error,
    });
  }
  const { tfName, version } = loaded;
  try {
    if (!(await tf.setBackend(tfName))) throw new Error("its start failed");
    const kernels = loaded.install?.(relaxed) ?? "stock";
    await tryComputing();
    return { name, kernels, version, tf, reasons };
  } catch (error) {
    throw new ChipError("E_TRAINING", `backend ${name} loads but does not compute: ${messageOf(error)}. ${remedy}`, {
      details: { backend: name },
      cause: error,
    });
  }
}
