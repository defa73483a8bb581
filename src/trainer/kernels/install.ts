import { registerComposedFilterGradient } from "./composed-filter-gradient.ts";

/** Which kernels compute the heavy operations. */
export type InstalledKernels = "own-relaxed-simd" | "own-simd" | "stock";

/** Installs our kernels into the current tfjs WASM backend. */
export function installKernels(_relaxed: boolean): InstalledKernels {
  registerComposedFilterGradient();
  return "stock";
}
