import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import type { BackendLoader } from "../../../../src/trainer/backend/loaders.ts";
import { BACKEND_LOADERS } from "../../../../src/trainer/backend/loaders.ts";
import { openBackend } from "../../../../src/trainer/backend/open-backend.ts";

const remedy = "Install it.";

function missing(): Promise<never> {
  const error = new Error("Cannot find package '@tensorflow/tfjs-node'");
  return Promise.reject(Object.assign(error, { code: "ERR_MODULE_NOT_FOUND" }));
}

/** A backend made of the CPU's kernels, one of them replaced: what a half-working native library looks like. */
async function cpuUnder(tfName: string, replace: Record<string, tf.KernelFunc> = {}): Promise<BackendLoader> {
  await BACKEND_LOADERS.cpu.load();
  for (const kernel of tf.getKernelsForBackend("cpu")) {
    if (tf.getKernel(kernel.kernelName, tfName) !== undefined) continue;
    const kernelFunc = replace[kernel.kernelName] ?? kernel.kernelFunc;
    tf.registerKernel({ ...kernel, backendName: tfName, kernelFunc });
  }
  if (tf.findBackendFactory(tfName) === null)
    tf.registerBackend(tfName, tf.findBackendFactory("cpu") as () => tf.KernelBackend);
  return { load: async () => ({ tfName, version: "1.2.3" }), remedy };
}

describe("openBackend", () => {
  it("leaves the process' handling of errors as it was", async () => {
    const hooks = () => [process.listenerCount("uncaughtException"), process.listenerCount("unhandledRejection")];
    const before = hooks();
    await openBackend("wasm");
    expect(hooks()).toEqual(before);
  });

  it("takes the native backend when it loads and computes", async () => {
    const backend = await openBackend("auto", { loaders: { node: await cpuUnder("native-sound") } });
    expect(backend).toMatchObject({ name: "node", kernels: "stock", version: "1.2.3", reasons: [] });
    expect(backend.tf.getBackend()).toBe("native-sound");
  });

  it("falls back to wasm when the native package is missing", async () => {
    const backend = await openBackend("auto", { loaders: { node: { load: missing, remedy } } });
    expect(backend.name).toBe("wasm");
    expect(backend.tf.getBackend()).toBe("wasm");
    expect(backend.reasons).toEqual([
      "backend node does not load: Cannot find package '@tensorflow/tfjs-node'. Install it.",
    ]);
  });

  it("falls back when the import throws, as it does without the native library", async () => {
    const load = (): Promise<never> => Promise.reject(new Error("The Node.js native addon module can not be found"));
    const backend = await openBackend("auto", { loaders: { node: { load, remedy } } });
    expect(backend.name).toBe("wasm");
    expect(backend.reasons[0]).toContain("native addon module");
  });

  it("falls back when the native backend loads and fails at its first kernel, as on Node 23", async () => {
    const fails = (): never => {
      throw new TypeError("(0, util_1.isNullOrUndefined) is not a function");
    };
    const node = await cpuUnder("native-late", { [tf.Conv2D]: fails });
    const backend = await openBackend("auto", { loaders: { node } });
    expect(backend.name).toBe("wasm");
    expect(backend.reasons[0]).toContain("isNullOrUndefined) is not a function");
  });

  it("falls back when the native backend computes wrongly", async () => {
    await BACKEND_LOADERS.cpu.load();
    const ceil = tf.getKernel(tf.Ceil, "cpu").kernelFunc;
    const node = await cpuUnder("native-wrong", { [tf.Floor]: ceil });
    const backend = await openBackend("auto", { loaders: { node } });
    expect(backend.name).toBe("wasm");
    expect(backend.reasons).toEqual([
      "backend node loads but does not compute: floor gives 0 where -1 is right. Install it.",
    ]);
  });

  it("ends at the CPU when neither works", async () => {
    const broken = { load: missing, remedy };
    const backend = await openBackend("auto", { loaders: { node: broken, wasm: broken } });
    expect(backend).toMatchObject({ name: "cpu", kernels: "stock" });
    expect(backend.reasons).toHaveLength(2);
  });

  it("says in one error why nothing works", async () => {
    const broken = { load: missing, remedy };
    const opened = openBackend("auto", { loaders: { node: broken, wasm: broken, cpu: broken } });
    await expect(opened).rejects.toMatchObject({ code: "E_TRAINING" });
    await expect(opened).rejects.toThrow(/no backend can train here: backend node .*; backend wasm .*; backend cpu /);
  });

  it("refuses an explicit choice that does not load, with the remedy", async () => {
    const opened = openBackend("node", { loaders: { node: { load: missing, remedy: BACKEND_LOADERS.node.remedy } } });
    await expect(opened).rejects.toMatchObject({ code: "E_MISSING_PACKAGE", details: { backend: "node" } });
    await expect(opened).rejects.toThrow("Install @tensorflow/tfjs-node 4.22");
  });

  it("refuses an explicit choice that computes wrongly", async () => {
    const zeros = tf.getKernel(tf.ZerosLike, "cpu").kernelFunc;
    const product = (args: Parameters<tf.KernelFunc>[0]): ReturnType<tf.KernelFunc> =>
      zeros({ ...args, inputs: { x: args.inputs.a as tf.TensorInfo } });
    const webgpu = await cpuUnder("gpu-wrong", { [tf.BatchMatMul]: product });
    const opened = openBackend("webgpu", { loaders: { webgpu } });
    await expect(opened).rejects.toMatchObject({ code: "E_TRAINING" });
    await expect(opened).rejects.toThrow("backend webgpu loads but does not compute: matrix product gives 0");
  });

  it("does not take webgpu unasked", async () => {
    const webgpu = await cpuUnder("gpu-sound");
    const backend = await openBackend("auto", { loaders: { webgpu, node: { load: missing, remedy } } });
    expect(backend.name).toBe("wasm");
    expect((await openBackend("webgpu", { loaders: { webgpu } })).name).toBe("webgpu");
  });

  it("trains on the real @tensorflow/tfjs-node", async (context) => {
    const loaded = await BACKEND_LOADERS.node.load().catch((error: unknown) => error as Error);
    if (loaded instanceof Error) return context.skip(`tfjs-node does not load here: ${loaded.message.split("\n")[0]}`);
    expect((await openBackend("node")).name).toBe("node");
  });
});
