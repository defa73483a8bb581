import type { LoadedBackend } from "./loaders.ts";

interface Dawn {
  readonly create: (options: readonly string[]) => object;
  readonly globals: Readonly<Record<string, unknown>>;
}

/**
 * tfjs' WebGPU backend on Dawn (npm package `webgpu`), which gives Node the `navigator.gpu` of a browser. Both packages
 * are the user's to install.
 */
export async function loadWebGpu(): Promise<LoadedBackend> {
  // The names are not literals, since the packages are optional and TypeScript would look for their types.
  const [dawnName, backendName] = ["webgpu", "@tensorflow/tfjs-backend-webgpu"];
  const { create, globals } = (await import(dawnName)) as Dawn;
  Object.assign(globalThis, globals);
  const scope = globalThis as { navigator?: object };
  if (scope.navigator === undefined) Object.defineProperty(scope, "navigator", { value: {}, configurable: true });
  Object.defineProperty(scope.navigator, "gpu", { value: create([]), configurable: true });
  // It registers itself when imported, and only where it sees navigator.gpu.
  const backend = (await import(backendName)) as { readonly version_webgpu?: string };
  return { tfName: "webgpu", version: backend.version_webgpu ?? "unknown" };
}
