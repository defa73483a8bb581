import type { Dataset, Group, Metadata } from "h5wasm";
import { ChipError, messageOf } from "../errors.ts";
import { halfToNumber } from "./half-float.ts";
import { findHeapFault } from "./hdf5-heap.ts";

/** Numbers of a data set in row-major order. Integers of 64 bits come as Float64Array, exactly. */
export interface Hdf5Numbers {
  readonly shape: readonly number[];
  readonly values:
    | Float64Array
    | Float32Array
    | Int32Array
    | Uint32Array
    | Int16Array
    | Uint16Array
    | Int8Array
    | Uint8Array;
}

/** Texts of a data set in row-major order. */
export interface Hdf5Texts {
  readonly shape: readonly number[];
  readonly values: readonly string[];
}

type H5 = typeof import("h5wasm");

const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
/** How far the library's memory may grow for one file: a damaged size field must not take gigabytes. */
const SPARE_MEMORY = 64 * 1024 * 1024;

/** Deflate, shuffle, Fletcher32, n-bit, scale-offset. */
const OWN_FILTERS = [1, 2, 3, 5, 6];

let files = 0;

/**
 * Opens an HDF5 file in memory and hands its root group to `use`, which must be synchronous (so that calls at the same
 * time cannot meet inside the library).
 *
 * @param name how messages call the file
 * @throws ChipError E_FORMAT when it is not HDF5, E_DAMAGED when it cannot be read; whatever ChipError `use` throws
 */
export async function readHdf5<T>(bytes: Uint8Array, name: string, use: (root: Hdf5Group) => T): Promise<T> {
  checkSignature(bytes, name);
  const fault = findHeapFault(bytes);
  if (fault >= 0) throw damaged(name, `its table of texts is broken at byte ${fault}`);
  const h5 = await loadHdf5();
  return inQuietLibrary(h5, SPARE_MEMORY + 4 * bytes.length, (path) => {
    h5.FS!.writeFile(path, bytes);
    let file: InstanceType<H5["File"]> | undefined;
    try {
      file = new h5.File(path, "r");
      if (file.file_id < 0n) throw damaged(name, "HDF5 cannot open it");
      return use(new Hdf5Group(h5, file, name, bytes.length));
    } catch (error) {
      if (error instanceof ChipError) throw error;
      throw damaged(name, messageOf(error), error);
    } finally {
      if (file !== undefined && file.file_id >= 0n) file.close();
    }
  });
}

/**
 * Makes an HDF5 file: `fill` writes below the root group. The same content gives the same bytes.
 *
 * @throws whatever `fill` throws
 */
export async function writeHdf5(fill: (root: Hdf5Writer) => void): Promise<Uint8Array> {
  const h5 = await loadHdf5();
  return inQuietLibrary(h5, Number.POSITIVE_INFINITY, (path) =>
    atTimeZero(() => {
      const file = new h5.File(path, "w");
      try {
        fill(new Hdf5Writer(file));
      } finally {
        file.close();
      }
      return h5.FS!.readFile(path).slice();
    }),
  );
}

/** A group of an open file. Only valid inside `readHdf5`. */
export class Hdf5Group {
  readonly path: string;
  readonly #h5: H5;
  readonly #group: Group;
  readonly #name: string;
  readonly #fileLength: number;

  constructor(h5: H5, group: Group, name: string, fileLength: number) {
    this.#h5 = h5;
    this.#group = group;
    this.#name = name;
    this.#fileLength = fileLength;
    this.path = group.path;
  }

  /** Names of all members, groups and data sets, in the library's order (by name). */
  keys(): readonly string[] {
    return this.#group.keys();
  }

  group(name: string): Hdf5Group | undefined {
    const entity = this.#group.get(name);
    if (!(entity instanceof this.#h5.Group)) return undefined;
    return new Hdf5Group(this.#h5, entity, this.#name, this.#fileLength);
  }

  /** Whether there is a data set of that name. */
  has(name: string): boolean {
    return this.#dataset(name) !== undefined;
  }

  /** One text, or undefined when there is no such data set or it holds something else. */
  text(name: string): string | undefined {
    const texts = this.texts(name);
    return texts?.values.length === 1 ? texts.values[0] : undefined;
  }

  /** Texts, or undefined when there is no such data set or it holds no texts. */
  texts(name: string): Hdf5Texts | undefined {
    const dataset = this.#dataset(name);
    if (dataset === undefined) return undefined;
    const { metadata } = dataset;
    if (metadata.type !== this.#h5.Module.H5T_class_t.H5T_STRING.value) return undefined;
    return { shape: metadata.shape ?? [0], values: this.#read(dataset, (raw) => decodeTexts(this.#h5, raw, metadata)) };
  }

  /**
   * Numbers, or undefined when there is no such data set or it holds no numbers.
   *
   * @throws ChipError E_FORMAT when an integer lies beyond 2^53
   */
  numbers(name: string): Hdf5Numbers | undefined {
    const dataset = this.#dataset(name);
    if (dataset === undefined) return undefined;
    const { metadata } = dataset;
    const { H5T_INTEGER, H5T_FLOAT, H5T_ENUM } = this.#h5.Module.H5T_class_t;
    const kinds: readonly number[] = [H5T_INTEGER.value, H5T_FLOAT.value, H5T_ENUM.value];
    if (!kinds.includes(metadata.type)) return undefined;
    const where = `${this.#name}: ${dataset.path}`;
    const values = this.#read(dataset, (raw) => decodeNumbers(raw, metadata, metadata.type === H5T_FLOAT.value, where));
    return { shape: metadata.shape ?? [0], values };
  }

  /** The text attribute of this group, or undefined when there is none of that name or it holds something else. */
  attribute(name: string): string | undefined {
    const { Module } = this.#h5;
    const { file_id, path } = this.#group;
    if (!Module.get_attribute_names(file_id, path).includes(name)) return undefined;
    const metadata = Module.get_attribute_metadata(file_id, path, name);
    if (metadata.type !== Module.H5T_class_t.H5T_STRING.value || metadata.total_size !== 1) return undefined;
    const where = `attribute "${name}" of ${path}`;
    return this.#readRaw(
      metadata,
      where,
      (at) => Module.get_attribute_data(file_id, path, name, at),
      (at) => Module.reclaim_vlen_memory(file_id, path, name, at),
      (raw) => decodeTexts(this.#h5, raw, metadata)[0],
    );
  }

  /** Numbers by member of a data set of compound values, or undefined when there is no such data set. */
  members(name: string): ReadonlyMap<string, Hdf5Numbers["values"]> | undefined {
    const dataset = this.#dataset(name);
    const { compound_type: compound, size = 0 } = dataset?.metadata ?? {};
    if (dataset === undefined || compound === undefined) return undefined;
    const { H5T_FLOAT } = this.#h5.Module.H5T_class_t;
    return this.#read(dataset, (raw) => {
      const count = size > 0 ? raw.length / size : 0;
      return new Map(
        compound.members.map((member) => [
          member.name,
          decodeNumbers(
            pickColumn(raw, size, member.offset, member.size, count),
            member,
            member.type === H5T_FLOAT.value,
            `${this.#name}: ${dataset.path}.${member.name}`,
          ),
        ]),
      );
    });
  }

  /** Filters that pack a data set and that this library does not know, by number and name. */
  foreignFilters(name: string): readonly { readonly id: number; readonly name: string }[] {
    return (this.#dataset(name)?.filters ?? []).filter(({ id }) => !OWN_FILTERS.includes(id));
  }

  #dataset(name: string): Dataset | undefined {
    const entity = this.#group.get(name);
    return entity instanceof this.#h5.Dataset ? entity : undefined;
  }

  /**
   * The raw values of a data set. The package's own getter ignores the library's verdict and would hand out memory that
   * was never filled when a file is damaged.
   */
  #read<T>(dataset: Dataset, decode: (raw: Uint8Array) => T): T {
    const { Module } = this.#h5;
    const { metadata, path, file_id } = dataset;
    return this.#readRaw(
      metadata,
      path,
      (at) => Module.get_dataset_data(file_id, path, null, null, null, at),
      (at) => Module.reclaim_vlen_memory(file_id, path, "", at),
      decode,
    );
  }

  #readRaw<T>(
    metadata: Metadata,
    where: string,
    fill: (at: bigint) => number,
    reclaim: (at: bigint) => void,
    decode: (raw: Uint8Array) => T,
  ): T {
    const { Module } = this.#h5;
    const bytes = metadata.shape === null ? 0 : metadata.size * metadata.total_size;
    // gzip packs at most about 1:1030, so a larger claim is a lie.
    if (!(bytes <= 4096 + 1100 * this.#fileLength)) {
      throw damaged(this.#name, `${where} claims ${bytes} bytes in a file of ${this.#fileLength}`);
    }
    if (bytes === 0) return decode(new Uint8Array(0));
    const at = Module._malloc(bytes);
    if (at === 0) throw damaged(this.#name, `${where} claims ${bytes} bytes`);
    try {
      if (fill(BigInt(at)) < 0) throw damaged(this.#name, `${where} cannot be read`);
      const result = decode(Module.HEAPU8.slice(at, at + bytes));
      if (metadata.vlen) reclaim(BigInt(at));
      return result;
    } finally {
      Module._free(at);
    }
  }
}

/** Writes below a group of a new file. Names must not be empty, ".", or contain "/". */
export class Hdf5Writer {
  readonly #group: Group;

  constructor(group: Group) {
    this.#group = group;
  }

  group(name: string): Hdf5Writer {
    return new Hdf5Writer(this.#group.create_group(name));
  }

  text(name: string, value: string): void {
    // h5wasm spells variable-length UTF-8 text, which is what h5py writes for str, as "S" without a length.
    this.#group.create_dataset({ name, data: value, shape: [], dtype: "S" });
  }

  texts(name: string, values: readonly string[], shape: readonly number[]): void {
    this.#group.create_dataset({ name, data: [...values], shape: [...shape], dtype: "S" });
  }

  /** Integers of 64 bits, as NumPy's default; a scalar without a shape. */
  integers(name: string, values: readonly number[], shape: readonly number[] = [values.length]): void {
    const data = BigInt64Array.from(values, BigInt);
    this.#group.create_dataset({ name, data, shape: [...shape], dtype: "<q" });
  }

  /** A list of numbers of the array's own type, packed with gzip in pieces of 65,536. */
  list(name: string, data: Uint8Array | Uint16Array | BigInt64Array): void {
    const dtype = data instanceof Uint8Array ? "<B" : data instanceof Uint16Array ? "<H" : "<q";
    const packed = data.length > 0 ? { chunks: [Math.min(data.length, 65_536)], compression: 4 } : {};
    this.#group.create_dataset({ name, data, shape: [data.length], dtype, ...packed });
  }

  /** 32-bit floats, packed with gzip where that pays. */
  floats(name: string, values: Float32Array, shape: readonly number[]): void {
    this.#group.create_dataset({ name, data: values, shape: [...shape], dtype: "<f", ...packing(shape) });
  }

  /** One real number in every place, with 32 bits when these hold it exactly, else with 64. */
  reals(name: string, value: number, shape: readonly number[]): void {
    const length = shape.reduce((product, n) => product * n, 1);
    const exact = Math.fround(value) === value;
    const data = exact ? new Float32Array(length).fill(value) : new Float64Array(length).fill(value);
    this.#group.create_dataset({ name, data, shape: [...shape], dtype: exact ? "<f" : "<d", ...packing(shape) });
  }
}

function packing(shape: readonly number[]): { chunks?: number[]; compression?: number } {
  const length = shape.reduce((product, n) => product * n, 1);
  return length >= 256 ? { chunks: [...shape], compression: 4 } : {};
}

/** Loaded on first use: the package is 4 MB and takes about 0.15 s. */
async function loadHdf5(): Promise<H5> {
  const h5 = await import("h5wasm");
  await h5.ready;
  return h5;
}

function checkSignature(bytes: Uint8Array, name: string): void {
  if (bytes.length === 0) throw new ChipError("E_DAMAGED", `${name} is empty; export it again.`);
  const wrong = SIGNATURE.findIndex((byte, i) => bytes[i] !== byte);
  if (wrong < 0) return;
  if (wrong === bytes.length) throw damaged(name, `it ends after ${bytes.length} bytes`);
  throw new ChipError("E_FORMAT", `${name} is not an HDF5 file: it does not begin with the HDF5 signature.`);
}

function damaged(name: string, why: string, cause?: unknown): ChipError {
  return new ChipError("E_DAMAGED", `${name} is damaged or cut short (${why}); copy or export it again.`, { cause });
}

/**
 * Runs `work` with a file name of its own in the library's memory, with the library's own error print-outs going
 * nowhere and its memory bounded; everything is as before afterwards.
 */
function inQuietLibrary<T>(h5: H5, memory: number, work: (path: string) => T): T {
  const FS = h5.FS!;
  const path = `/spikewright-${++files}.h5`;
  // Emscripten's table of open files, which its types leave out; 2 is the standard error output.
  const { streams } = FS as unknown as { streams: unknown[] };
  const stderr = streams[2];
  const nothing = FS.open("/dev/null", "w", 0);
  streams[2] = nothing;
  const restoreMemory = boundMemory(h5.Module.HEAPU8.length + memory);
  try {
    return work(path);
  } finally {
    restoreMemory();
    streams[2] = stderr;
    FS.close(nothing);
    if (FS.analyzePath(path, false).exists) FS.unlink(path);
  }
}

/**
 * Lets no WebAssembly memory grow beyond `limit` bytes until the returned function is called. The package keeps its
 * memory to itself, so this stands in front of `grow`; all that runs in between is synchronous and ours.
 */
function boundMemory(limit: number): () => void {
  const prototype = WebAssembly.Memory.prototype;
  const grow = prototype.grow;
  prototype.grow = function (this: WebAssembly.Memory, pages: number): number {
    if (this.buffer.byteLength + pages * 65536 > limit) throw new RangeError("memory bound reached");
    return grow.call(this, pages);
  };
  return () => {
    prototype.grow = grow;
  };
}

/** HDF5 stamps every object with the time of its making; a clock that stands still makes equal content equal bytes. */
function atTimeZero<T>(work: () => T): T {
  const now = Date.now;
  Date.now = () => 0;
  try {
    return work();
  } finally {
    Date.now = now;
  }
}

function decodeTexts(h5: H5, raw: Uint8Array, { vlen, size }: Metadata): string[] {
  if (vlen) return Array.from(new Uint32Array(raw.buffer), (pointer) => h5.Module.UTF8ToString(pointer));
  const decoder = new TextDecoder();
  const count = size > 0 ? Math.floor(raw.length / size) : 0;
  return Array.from({ length: count }, (_, i) => {
    const bytes = raw.subarray(i * size, (i + 1) * size);
    const end = bytes.indexOf(0);
    return decoder.decode(end < 0 ? bytes : bytes.subarray(0, end));
  });
}

function decodeNumbers(
  raw: Uint8Array,
  { size, signed }: Metadata,
  float: boolean,
  where: string,
): Hdf5Numbers["values"] {
  const { buffer } = raw;
  if (float) {
    if (size === 4) return new Float32Array(buffer);
    if (size === 8) return new Float64Array(buffer);
    if (size === 2) return Float32Array.from(new Uint16Array(buffer), halfToNumber);
  } else if (size === 1) return signed ? new Int8Array(buffer) : raw;
  else if (size === 2) return signed ? new Int16Array(buffer) : new Uint16Array(buffer);
  else if (size === 4) return signed ? new Int32Array(buffer) : new Uint32Array(buffer);
  else if (size === 8) return exactNumbers(signed ? new BigInt64Array(buffer) : new BigUint64Array(buffer), where);
  throw new ChipError("E_FORMAT", `${where} holds numbers of ${size} bytes; 1, 2, 4 and 8 are read.`);
}

/** Bytes `offset` to `offset + width` of every record, end to end. */
function pickColumn(raw: Uint8Array, size: number, offset: number, width: number, count: number): Uint8Array {
  const column = new Uint8Array(count * width);
  for (let record = 0, to = 0; record < count; record++) {
    for (let i = 0; i < width; i++) column[to++] = raw[record * size + offset + i];
  }
  return column;
}

function exactNumbers(values: BigInt64Array | BigUint64Array, where: string): Float64Array {
  const exact = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    exact[i] = Number(values[i]);
    if (!Number.isSafeInteger(exact[i]))
      throw new ChipError("E_FORMAT", `${where} holds ${values[i]}, beyond the exact integers (2^53).`);
  }
  return exact;
}
