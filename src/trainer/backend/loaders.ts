import * as tf from "@tensorflow/tfjs-core";
import { type InstalledKernels, installKernels } from "../kernels/install.ts";
import type { BackendName } from "./open-backend.ts";
import { loadWebGpu } from "./webgpu.ts";

/** A backend that tfjs can now make current. */
export interface LoadedBackend {
  /** The name under which it is registered with tfjs. */
  readonly tfName: string;
  readonly version: string;
  /** Puts our kernels in place of stock ones, once the backend is current; absent where there are none. */
  install?(relaxed: boolean): InstalledKernels;
}

export interface BackendLoader {
  /** Imports what registers the backend; rejects where that is missing or broken. */
  load(): Promise<LoadedBackend>;
  /** What a user can do about a backend that will not work: a sentence. */
  readonly remedy: string;
}

export type BackendLoaders = Readonly<Record<BackendName, BackendLoader>>;

interface NativeTfjs {
  readonly version?: Readonly<Record<string, string>>;
}

/** The real ones. Each package is imported only when its backend is tried. */
export const BACKEND_LOADERS: BackendLoaders = {
  node: {
    load: async () => {
      // The name is not a literal, since the package is optional and TypeScript would look for its types.
      const name = "@tensorflow/tfjs-node";
      const native = (await import(name)) as NativeTfjs & { readonly default?: NativeTfjs };
      const version = (native.version ?? native.default?.version)?.["tfjs-node"];
      return { tfName: "tensorflow", version: version ?? "unknown" };
    },
    remedy:
      "Install @tensorflow/tfjs-node 4.22 and let its install script fetch the native library (it needs Node 22 or older), or use --backend wasm",
  },
  wasm: {
    load: async () => {
      const { version_wasm: version } = await import("@tensorflow/tfjs-backend-wasm");
      await withoutProcessHooks(() => tf.setBackend("wasm"));
      return { tfName: "wasm", version, install: installKernels };
    },
    remedy: "Install spikewright's dependencies again, or use --backend cpu",
  },
  cpu: {
    load: async () => {
      const { version_cpu: version } = await import("@tensorflow/tfjs-backend-cpu");
      return { tfName: "cpu", version };
    },
    remedy: "Install spikewright's dependencies again",
  },
  webgpu: {
    load: loadWebGpu,
    remedy: "Install webgpu (Dawn) and @tensorflow/tfjs-backend-webgpu beside spikewright, or use --backend wasm",
  },
};

/**
 * The WASM backend's loader hooks the process' `uncaughtException` and `unhandledRejection` for good, and so changes how
 * every error of the program around it ends; those hooks are taken off again.
 */
async function withoutProcessHooks<T>(work: () => Promise<T>): Promise<T> {
  const events = ["uncaughtException", "unhandledRejection"] as const;
  const before = events.map((event) => new Set<unknown>(process.listeners(event as "uncaughtException")));
  try {
    return await work();
  } finally {
    for (const [i, event] of events.entries()) {
      for (const listener of process.listeners(event as "uncaughtException")) {
        if (!before[i]?.has(listener)) process.removeListener(event, listener);
      }
    }
  }
}
