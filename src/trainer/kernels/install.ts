import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { composedFilterGradient } from "./composed-filter-gradient.ts";
import { convolutionKernels } from "./convolution-kernels.ts";
import { elementKernels } from "./element-kernels.ts";
import { registerGradients } from "./gradients.ts";
import { BackendHeap } from "./heap.ts";
import { instantiateTraining, trainingModule } from "./module.ts";
import type { KernelFunction, KernelTable } from "./registry.ts";

/** Which kernels compute the heavy operations. */
export type InstalledKernels = "own-relaxed-simd" | "own-simd" | "stock";

/** The stock kernels that ours have taken the place of, by name; undefined where tfjs has none. */
const stock = new Map<string, tf.KernelConfig | undefined>();
/** What the installed kernels hold of the backend's memory. */
let held: BackendHeap | undefined;

/**
 * Puts our kernels in the place of stock ones in the current tfjs WASM backend, through tfjs' kernel registry. What they do
 * not compute (dilated convolutions, NCHW, pools other than 2x2) still goes to the stock kernel. May be called again, with
 * another choice.
 *
 * @param relaxed false keeps to plain SIMD even where the machine offers fused multiply-add
 */
export function installKernels(relaxed: boolean): InstalledKernels {
  uninstallKernels();
  const compiled = trainingModule(relaxed);
  if (compiled === null) return "stock";
  const heap = new BackendHeap(tf.backend() as BackendWasm);
  held = heap;
  const kernels = instantiateTraining(compiled.module, heap.memory);
  const table = { ...convolutionKernels(kernels, heap, stockKernel), ...elementKernels(kernels, heap, stockKernel) };
  registerGradients();
  register(table);
  return compiled.relaxed ? "own-relaxed-simd" : "own-simd";
}

/** Back to tfjs' own kernels, with the gradient that its WASM backend lacks. */
export function uninstallKernels(): void {
  for (const [name, config] of stock) {
    tf.unregisterKernel(name, "wasm");
    if (config !== undefined) tf.registerKernel(config);
  }
  stock.clear();
  held?.release();
  held = undefined;
  if (tf.getKernel(tf.Conv2DBackpropFilter, "wasm") === undefined)
    registerOne(tf.Conv2DBackpropFilter, (inputs, attributes) =>
      composedFilterGradient(
        inputs as Parameters<typeof composedFilterGradient>[0],
        tf.backend() as BackendWasm,
        attributes as unknown as Parameters<typeof composedFilterGradient>[2],
      ),
    );
}

function register(table: KernelTable): void {
  for (const [name, kernel] of Object.entries(table)) {
    stock.set(name, tf.getKernel(name, "wasm"));
    if (stock.get(name) !== undefined) tf.unregisterKernel(name, "wasm");
    registerOne(name, kernel);
  }
}

function registerOne(kernelName: string, kernel: KernelFunction): void {
  tf.registerKernel({
    kernelName,
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs }) => kernel(inputs as tf.NamedTensorInfoMap, (attrs ?? {}) as tf.NamedAttrMap),
  });
}

/** The stock kernel of that name, for what ours leaves to it. */
function stockKernel(name: string): KernelFunction {
  return (inputs, attrs) => {
    const config = stock.get(name);
    if (config === undefined) throw new Error(`tfjs' WASM backend has no ${name}`);
    return config.kernelFunc({ inputs, attrs, backend: tf.backend() });
  };
}
