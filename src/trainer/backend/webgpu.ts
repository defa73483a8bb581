import type { LoadedBackend } from "./loaders.ts";

interface Dawn {
  readonly create: (options: readonly string[]) => object;
  readonly globals: Readonly<Record<string, unknown>>;
}

/**
 * tfjs' WebGPU backend on Dawn (npm package `webgpu`), which gives Node the `navigator.gpu` of a browser. Both packages
 * are the user's to install; this is written after their documentation.
 */
export async function loadWebGpu(): Promise<LoadedBackend> {
  // The names are not literals, since the packages are optional and TypeScript would look for their types.
  const [dawnName, backendName] = ["webgpu", "@tensorflow/tfjs-backend-webgpu"];
  const { create, globals } = (await import(dawnName)) as Dawn;
  Object.assign(globalThis, globals);
  const scope = globalThis as { navigator?: object; WorkerGlobalScope?: unknown };
  const gpu = { value: create([]), configurable: true };
  if (scope.navigator === undefined) Object.defineProperty(scope, "navigator", { value: {}, configurable: true });
  Object.defineProperty(scope.navigator, "gpu", gpu);
  // The backend registers itself only where it sees a window or a worker's scope.
  scope.WorkerGlobalScope ??= class {};
  const backend = (await import(backendName)) as { readonly version_webgpu?: string };
  return { tfName: "webgpu", version: backend.version_webgpu ?? "unknown" };
}
