/** What kernel/timestep.as.ts exports. Addresses are bytes in its memory. */
export interface KernelExports {
  readonly memory: WebAssembly.Memory;
  sizeOfSource(): number;
  sizeOfRoute(): number;
  sizeOfLayer(): number;
  offsetOfLayerCounters(): number;
  heapBase(): number;
  sendI32(source: number): void;
  sendF32(source: number): void;
  stepI32(layers: number, count: number, largestWeights: number, limit: number): number;
  stepF32(layers: number, count: number): number;
}

const modules = new Map<string, WebAssembly.Module>();

/** Compiles embedded WebAssembly, once a process. `atob` exists in browsers, workers and Node alike. */
export function kernelModule(base64: string): WebAssembly.Module {
  const known = modules.get(base64);
  if (known) return known;
  const module = new WebAssembly.Module(bytesOf(base64));
  modules.set(base64, module);
  return module;
}

/** False where WebAssembly or its SIMD instructions are missing. */
export function canRun(base64: string): boolean {
  return modules.has(base64) || (typeof WebAssembly === "object" && WebAssembly.validate(bytesOf(base64)));
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

const PAGE = 65536;
/** Every region starts at a multiple of this, for vectors. */
const ALIGNMENT = 16;

/** Hands out the kernel's memory from the bottom up; nothing is ever given back. Fresh memory is zero. */
export class Arena {
  readonly #memory: WebAssembly.Memory;
  #top: number;
  u32!: Uint32Array;
  i32!: Int32Array;
  f32!: Float32Array;
  f64!: Float64Array;

  constructor(memory: WebAssembly.Memory, base: number) {
    this.#memory = memory;
    this.#top = base;
    this.#view();
  }

  /** @throws RangeError when the host has no more memory */
  reserve(bytes: number): number {
    const at = Math.ceil(this.#top / ALIGNMENT) * ALIGNMENT;
    this.#top = at + bytes;
    const missing = this.#top - this.#memory.buffer.byteLength;
    if (missing > 0) {
      this.#memory.grow(Math.ceil(missing / PAGE));
      this.#view();
    }
    return at;
  }

  copy(values: Uint16Array | Uint32Array | Int32Array | Float32Array): number {
    const at = this.reserve(values.byteLength);
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    new Uint8Array(this.#memory.buffer).set(bytes, at);
    return at;
  }

  /** Growing detaches the buffer, so the views are made anew. */
  #view(): void {
    const { buffer } = this.#memory;
    this.u32 = new Uint32Array(buffer);
    this.i32 = new Int32Array(buffer);
    this.f32 = new Float32Array(buffer);
    this.f64 = new Float64Array(buffer);
  }
}
