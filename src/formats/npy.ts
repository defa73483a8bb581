import { ChipError } from "../errors.ts";
import { halfToNumber } from "./half-float.ts";
import { type NpyField, type NpyHeader, type NpyType, parseNpyHeader } from "./npy-header.ts";

/** Values of a `.npy` array. 64-bit integers come as Float64Array (exactly), truth values as 0 and 1, f2 as f4. */
export type NpyData =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array;

/** One array, row-major. */
export interface NpyColumn {
  readonly shape: readonly number[];
  readonly type: NpyType;
  readonly data: NpyData;
}

/** A `.npy` file: one array, or for a structured dtype one a field. */
export type NpyArray =
  | ({ readonly structured: false } & NpyColumn)
  | { readonly structured: true; readonly shape: readonly number[]; readonly fields: ReadonlyMap<string, NpyColumn> };

/**
 * Reads a `.npy` file.
 *
 * @param name how messages call the file
 * @throws ChipError E_FORMAT, E_VERSION or E_DAMAGED as `parseNpyHeader`; E_DAMAGED when bytes are missing or too many;
 *   E_INPUT for a 64-bit integer beyond 2^53
 */
export function readNpy(bytes: Uint8Array, name: string): NpyArray {
  const header = parseNpyHeader(bytes, name);
  const count = product(header.shape);
  checkNpyLength(header, bytes.length, name);
  const records = bytes.subarray(header.dataOffset);
  const columns = new Map<string, NpyColumn>();
  for (const field of header.fields) {
    const data = decodeNpyField(records, header, field, 0, count, name);
    columns.set(field.name, { shape: [...header.shape, ...field.shape], type: field.type, data });
  }
  if (header.structured) return { structured: true, shape: header.shape, fields: columns };
  const column = columns.get("")!;
  const data = header.fortranOrder ? rowMajor(column.data, header.shape) : column.data;
  return { structured: false, ...column, data };
}

/** @throws ChipError E_DAMAGED when a file of `length` bytes cannot hold just the array of its header */
export function checkNpyLength(header: NpyHeader, length: number, name: string): void {
  const need = header.dataOffset + product(header.shape) * header.itemSize;
  if (length === need) return;
  const fault = length < need ? "is cut short" : "has something behind its array";
  throw new ChipError(
    "E_DAMAGED",
    `${name} ${fault}: its header needs ${need} bytes, it has ${length}; copy or export it again.`,
    {
      details: { need, have: length },
    },
  );
}

/**
 * The values of one field for `count` records.
 *
 * @param records bytes that begin at record number `first` (which only messages use)
 */
export function decodeNpyField(
  records: Uint8Array,
  header: Pick<NpyHeader, "itemSize">,
  field: NpyField,
  first: number,
  count: number,
  name: string,
): NpyData {
  const width = product(field.shape);
  const size = Number(field.type.slice(1));
  const length = count * width;
  const contiguous =
    header.itemSize === size * width
      ? records.subarray(0, length * size)
      : gather(records, header.itemSize, field.offset, size * width, count);
  // Typed arrays read in the machine's order (little-endian wherever Node runs) and at multiples of their size.
  const bytes = contiguous.slice();
  if (!field.littleEndian && size > 1) swapBytes(bytes, size);
  const { buffer } = bytes;
  switch (field.type) {
    case "b1":
      return bytes.map((byte) => (byte === 0 ? 0 : 1));
    case "u1":
      return bytes;
    case "i1":
      return new Int8Array(buffer);
    case "u2":
      return new Uint16Array(buffer);
    case "i2":
      return new Int16Array(buffer);
    case "u4":
      return new Uint32Array(buffer);
    case "i4":
      return new Int32Array(buffer);
    case "u8":
    case "i8":
      return exactIntegers(new Uint32Array(buffer), field, first, width, name);
    case "f2":
      return Float32Array.from(new Uint16Array(buffer), halfToNumber);
    case "f4":
      return new Float32Array(buffer);
    case "f8":
      return new Float64Array(buffer);
  }
}

/** The bytes of one field, taken out of every record. */
function gather(records: Uint8Array, itemSize: number, offset: number, bytes: number, count: number): Uint8Array {
  const out = new Uint8Array(count * bytes);
  // A loop a byte of the field: each is simple enough to run at memory speed.
  for (let i = 0; i < bytes; i++) {
    for (let to = i, from = offset + i; to < out.length; to += bytes, from += itemSize) out[to] = records[from];
  }
  return out;
}

function swapBytes(bytes: Uint8Array, size: number): void {
  for (let at = 0; at < bytes.length; at += size) bytes.subarray(at, at + size).reverse();
}

/** 64-bit integers from pairs of 32-bit words, low word first; a BigInt a value would cost ten times as much. */
function exactIntegers(words: Uint32Array, field: NpyField, first: number, width: number, name: string): Float64Array {
  const signed = field.type === "i8";
  const out = new Float64Array(words.length / 2);
  for (let i = 0; i < out.length; i++) {
    const high = signed ? words[2 * i + 1] | 0 : words[2 * i + 1];
    out[i] = high * 4294967296 + words[2 * i];
    if (!Number.isSafeInteger(out[i])) {
      const where = `${name}: ${field.name || "element"} ${first + Math.floor(i / width)}`;
      throw new ChipError("E_INPUT", `${where} lies beyond the exact integers (2^53); count from a later origin.`, {
        details: { field: field.name, index: first + Math.floor(i / width) },
      });
    }
  }
  return out;
}

/** Column-major (Fortran) order to row-major. */
function rowMajor(data: NpyData, shape: readonly number[]): NpyData {
  const out = data.slice();
  const strides = shape.map((_, axis) => product(shape.slice(0, axis)));
  const index = shape.map(() => 0);
  for (let i = 0; i < out.length; i++) {
    out[i] = data[index.reduce((sum, n, axis) => sum + n * strides[axis], 0)];
    for (let axis = shape.length - 1; axis >= 0 && ++index[axis] === shape[axis]; axis--) index[axis] = 0;
  }
  return out;
}

/** A column to be written; `type` chooses a wider or narrower form than the array's own, such as i8 for whole numbers. */
export interface NpyColumnToWrite {
  readonly data: NpyData;
  readonly type?: NpyType;
}

/**
 * A plain array as a `.npy` file of version 1, little-endian, row-major.
 *
 * @param shape one dimension when absent
 * @throws RangeError when the values do not fill the shape or do not fit the type
 */
export function writeNpy(
  data: NpyData,
  { shape = [data.length], type = typeOf(data) }: { shape?: readonly number[]; type?: NpyType } = {},
): Uint8Array {
  if (product(shape) !== data.length) throw new RangeError(`${data.length} values do not fill ${shape.join("x")}`);
  return assemble(`'${descrOf(type)}'`, shape, encode(data, type));
}

/** Columns of one length as a structured array of packed records; fields in the order given. */
export function writeNpyRecords(columns: Readonly<Record<string, NpyColumnToWrite>>): Uint8Array {
  const fields = Object.entries(columns).map(([name, { data, type = typeOf(data) }]) => ({
    name,
    type,
    size: Number(type.slice(1)),
    bytes: encode(data, type),
    length: data.length,
  }));
  const count = fields[0]?.length ?? 0;
  if (fields.some(({ length }) => length !== count))
    throw new RangeError("columns of a structured array must have one length");
  const itemSize = fields.reduce((sum, { size }) => sum + size, 0);
  const records = new Uint8Array(count * itemSize);
  let offset = 0;
  for (const { size, bytes } of fields) {
    for (let i = 0, to = offset, from = 0; i < count; i++, to += itemSize) {
      for (let k = 0; k < size; k++) records[to + k] = bytes[from++];
    }
    offset += size;
  }
  const descr = fields.map(({ name, type }) => `('${name}', '${descrOf(type)}')`).join(", ");
  return assemble(`[${descr}]`, [count], records);
}

function assemble(descr: string, shape: readonly number[], data: Uint8Array): Uint8Array {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const dict = `{'descr': ${descr}, 'fortran_order': False, 'shape': (${sizes}), }`;
  const length = Math.ceil((10 + dict.length + 1) / 64) * 64 - 10;
  const header = new TextEncoder().encode(`${dict.padEnd(length - 1)}\n`);
  const out = new Uint8Array(10 + length + data.length);
  out.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, length & 255, length >> 8]);
  out.set(header, 10);
  out.set(data, 10 + length);
  return out;
}

function descrOf(type: NpyType): string {
  return `${type.endsWith("1") ? "|" : "<"}${type}`;
}

function typeOf(data: NpyData): NpyType {
  const kind =
    data instanceof Float32Array || data instanceof Float64Array ? "f" : /^U/.test(data.constructor.name) ? "u" : "i";
  return `${kind}${data.BYTES_PER_ELEMENT}` as NpyType;
}

const MAKERS = {
  b1: Uint8Array,
  u1: Uint8Array,
  i1: Int8Array,
  u2: Uint16Array,
  i2: Int16Array,
  u4: Uint32Array,
  i4: Int32Array,
  f4: Float32Array,
  f8: Float64Array,
} as const;

function encode(data: NpyData, type: NpyType): Uint8Array {
  if (type === "i8" || type === "u8") return encodeLong(data, type);
  if (type === "f2") throw new RangeError("16-bit floats are read, not written");
  const values = typeOf(data) === type ? data : new MAKERS[type](data);
  for (let i = 0; values !== data && i < values.length; i++) {
    if (values[i] !== data[i]) throw new RangeError(`${data[i]} does not fit ${type}`);
  }
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

function encodeLong(data: NpyData, type: "i8" | "u8"): Uint8Array {
  const words = new Int32Array(2 * data.length);
  for (let i = 0; i < data.length; i++) {
    const value = data[i];
    if (!Number.isSafeInteger(value) || (type === "u8" && value < 0))
      throw new RangeError(`${value} does not fit ${type}`);
    words[2 * i] = value | 0;
    words[2 * i + 1] = Math.floor(value / 4294967296);
  }
  return new Uint8Array(words.buffer);
}

function product(sizes: readonly number[]): number {
  return sizes.reduce((all, n) => all * n, 1);
}
