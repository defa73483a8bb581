import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { ChipError } from "../../errors.ts";

/** What emscripten keeps in the backend's module, beyond what its types tell. */
interface EmscriptenModule {
  readonly asm: { readonly memory: WebAssembly.Memory };
  readonly HEAPU8: Uint8Array;
  _malloc(bytes: number): number;
  _free(address: number): void;
  readonly tfjs: {
    registerTensor(id: number, size: number, address: number): void;
    disposeData(id: number): void;
  };
}

const ALIGNMENT = 64;
/** Bytes that a WebAssembly memory can have; a larger size would wrap around on its way to malloc. */
const ADDRESSABLE = 2 ** 32 - 1;

function usedUp(bytes: number): ChipError {
  const megabytes = Math.ceil(bytes / 2 ** 20);
  return new ChipError(
    "E_TRAINING",
    `the memory of the wasm backend is used up: it holds ${Math.floor(tf.memory().numBytes / 2 ** 20)} MiB and has no ${megabytes} MiB more. Take a smaller batch`,
    { details: { bytes } },
  );
}

/** The memory of tfjs' WASM backend as our kernels use it: addresses of tensors, new tensors, and one scratch area. */
export class BackendHeap {
  readonly backend: BackendWasm;
  readonly memory: WebAssembly.Memory;
  readonly #module: EmscriptenModule;
  #scratch = 0;
  #scratchBytes = 0;

  constructor(backend: BackendWasm) {
    this.backend = backend;
    this.#module = backend.wasm as unknown as EmscriptenModule;
    this.memory = this.#module.asm.memory;
    if (!(this.memory instanceof WebAssembly.Memory)) throw new TypeError("tfjs' WASM backend shows no memory");
  }

  /** Where a tensor's numbers lie. */
  address(tensor: tf.TensorInfo): number {
    return this.backend.dataIdMap.get(tensor.dataId).memoryOffset;
  }

  /**
   * A new tensor, its numbers not set.
   *
   * @throws ChipError E_TRAINING when the memory is used up; tfjs itself would go on and write to address 0
   */
  output(shape: readonly number[], dtype: "float32" | "bool" = "float32"): tf.TensorInfo {
    const bytes = tf.util.bytesPerElement(dtype) * tf.util.sizeFromShape([...shape]);
    if (bytes > ADDRESSABLE) throw usedUp(bytes);
    const out = this.backend.makeOutput([...shape], dtype);
    if (this.address(out) !== 0) return out;
    this.backend.disposeData(out.dataId, true);
    throw usedUp(bytes);
  }

  /**
   * An area that lives until the next call, at least so large and aligned to a cache line. There is one for all kernels; it
   * grows and never shrinks, so that a training allocates in its first steps only.
   */
  scratch(floats: number): number {
    const bytes = 4 * floats + ALIGNMENT;
    if (bytes > this.#scratchBytes) {
      if (this.#scratch !== 0) this.#module._free(this.#scratch);
      this.#scratch = bytes > ADDRESSABLE ? 0 : this.#module._malloc(bytes) >>> 0;
      this.#scratchBytes = this.#scratch === 0 ? 0 : bytes;
      if (this.#scratch === 0) throw usedUp(bytes);
    }
    return Math.ceil(this.#scratch / ALIGNMENT) * ALIGNMENT;
  }

  /** Gives the scratch area back. */
  release(): void {
    if (this.#scratch !== 0) this.#module._free(this.#scratch);
    this.#scratch = 0;
    this.#scratchBytes = 0;
  }

  /** The memory as floats. Growth of the memory detaches it: ask again after anything that may allocate. */
  floats(tensor: tf.TensorInfo): Float32Array {
    const { buffer } = this.#module.HEAPU8;
    return new Float32Array(buffer, this.address(tensor), tf.util.sizeFromShape(tensor.shape));
  }

  copy(from: tf.TensorInfo, to: tf.TensorInfo): void {
    this.floats(to).set(this.floats(from));
  }

  /** True when no other tensor sees the same numbers, so that they may change in place. */
  isSole(tensor: tf.TensorInfo): boolean {
    return this.backend.refCount(tensor.dataId) === 1;
  }

  /**
   * Makes tfjs forget what it keeps about the numbers of a tensor: its convolutions and products pack weights once for a
   * tensor, and would go on with the old ones after a change in place.
   */
  forget(tensor: tf.TensorInfo): void {
    const { id, memoryOffset } = this.backend.dataIdMap.get(tensor.dataId);
    this.#module.tfjs.disposeData(id);
    this.#module.tfjs.registerTensor(id, tf.util.sizeFromShape(tensor.shape), memoryOffset);
  }
}
