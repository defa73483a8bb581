import { setFlagsFromString } from "node:v8";
import { relaxedBase64, simdBase64 } from "./generated/training.ts";

/** What as/training.as.ts exports. Numbers are addresses in the imported memory, sizes in floats, or plain numbers. */
export interface TrainingExports {
  packWeights(w: number, out: number, k: number, m: number, p: number): void;
  packTurned(...args: readonly number[]): void;
  convolve(...args: readonly number[]): void;
  convolveReluPool(...args: readonly number[]): number;
  filterGradient(...args: readonly number[]): void;
  convolveRows(...args: readonly number[]): void;
  filterGradientRows(...args: readonly number[]): void;
  rowsScratch(c: number, oh: number, ow: number, m: number, kh: number, p: number): number;
  winogradConvolve(...args: readonly number[]): void;
  winogradFilterGradient(...args: readonly number[]): void;
  winogradScratch(c: number, m: number, s: number, block: number, p: number): number;
  quantizedRelu(x: number, y: number, n: number): number;
  quantizedReluGradient(x: number, dy: number, dx: number, n: number, dsum: number): void;
  quantizedReluPool(x: number, y: number, signs: number, n: number, h: number, w: number, c: number): number;
  quantizedReluPoolGradient(...args: readonly number[]): void;
  /** `signs, dy, dsum, dx, image, h, w, c`; returns dx */
  throughPool(...args: readonly number[]): number;
  averagePool2(x: number, y: number, n: number, h: number, w: number, c: number): void;
  averagePool2Gradient(dy: number, dx: number, n: number, h: number, w: number, c: number): void;
  scaleFeatures(x: number, mask: number, y: number, n: number, places: number, c: number): void;
  fakeQuantize(x: number, y: number, n: number): void;
  adam(...args: readonly number[]): void;
}

export interface TrainingModule {
  readonly module: WebAssembly.Module;
  readonly relaxed: boolean;
}

/** Behind this flag, V8 of Node 20 already has what newer versions offer without: fused multiply-add in relaxed SIMD. */
const RELAXED_FLAG = "--experimental-wasm-relaxed-simd";

/** The kernels, with fused multiply-add if wanted and offered; null where this machine has no WebAssembly SIMD. */
export function trainingModule(relaxed: boolean): TrainingModule | null {
  if (relaxed) {
    const bytes = decode(relaxedBase64);
    if (!WebAssembly.validate(bytes)) setFlagsFromString(RELAXED_FLAG);
    if (WebAssembly.validate(bytes)) return { module: new WebAssembly.Module(bytes), relaxed: true };
  }
  const bytes = decode(simdBase64);
  return WebAssembly.validate(bytes) ? { module: new WebAssembly.Module(bytes), relaxed: false } : null;
}

/** The kernels, working in `memory`. */
export function instantiateTraining(module: WebAssembly.Module, memory: WebAssembly.Memory): TrainingExports {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as TrainingExports;
}

function decode(base64: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(base64, "base64"));
}
