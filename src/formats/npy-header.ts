import { ChipError, messageOf } from "../errors.ts";
import { type PythonValue, parsePythonLiteral } from "./python-literal.ts";

/** Kind and size in bytes of one number, as NumPy writes it: b1 is a truth value, u, i, f unsigned, signed, real. */
export const NPY_TYPES = ["b1", "u1", "i1", "u2", "i2", "u4", "i4", "u8", "i8", "f2", "f4", "f8"] as const;
export type NpyType = (typeof NPY_TYPES)[number];

/** One named column of a structured array; of a plain array the only one, with the name "". */
export interface NpyField {
  readonly name: string;
  readonly type: NpyType;
  readonly littleEndian: boolean;
  /** Bytes from the start of a record. */
  readonly offset: number;
  /** Sizes of a field that is itself an array; empty for one number. */
  readonly shape: readonly number[];
}

/** How the bytes of a `.npy` file are to be read. */
export interface NpyHeader {
  readonly shape: readonly number[];
  /** True when the first index runs fastest; structured arrays never have it here. */
  readonly fortranOrder: boolean;
  readonly structured: boolean;
  readonly fields: readonly NpyField[];
  /** Bytes a record, padding included. */
  readonly itemSize: number;
  /** Where the records begin. */
  readonly dataOffset: number;
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]; // \x93NUMPY
/** Headers of real files have some hundred bytes; more than this is damage. */
const LONGEST_HEADER = 1 << 20;

export function isNpy(head: Uint8Array): boolean {
  return MAGIC.every((byte, i) => head[i] === byte);
}

/**
 * Bytes from the start of the file to the first record, or undefined when `head` (12 bytes are enough) is too short to
 * say.
 *
 * @throws ChipError E_FORMAT when it is no `.npy` file, E_VERSION when its version is not 1, 2 or 3, E_DAMAGED when the
 *   header would be absurdly long
 */
export function npyDataOffset(head: Uint8Array, name: string): number | undefined {
  const wrong = MAGIC.findIndex((byte, i) => i < head.length && head[i] !== byte);
  if (wrong >= 0)
    throw new ChipError("E_FORMAT", `${name} is not a NumPy file (.npy): it does not begin with its signature.`);
  if (head.length < 8) return undefined;
  const major = head[6];
  if (major < 1 || major > 3) {
    throw new ChipError("E_VERSION", `${name} has version ${major} of the .npy format; versions 1, 2 and 3 are read.`);
  }
  const start = major === 1 ? 10 : 12;
  if (head.length < start) return undefined;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > LONGEST_HEADER) throw damagedHeader(name, `it claims ${length} bytes`);
  return start + length;
}

/**
 * Reads the header of a `.npy` file (documentation of numpy.lib.format, versions 1.0 to 3.0).
 *
 * @param bytes the file or at least its header
 * @param name how messages call the file
 * @throws ChipError E_FORMAT for element types that are not numbers and for structured arrays in Fortran order,
 *   E_DAMAGED for a header that is cut short or makes no sense, E_VERSION
 */
export function parseNpyHeader(bytes: Uint8Array, name: string): NpyHeader {
  const dataOffset = npyDataOffset(bytes, name);
  if (dataOffset === undefined || bytes.length < dataOffset) throw damagedHeader(name, "the file ends inside it");
  const major = bytes[6];
  const text = new TextDecoder(major === 3 ? "utf-8" : "latin1").decode(
    bytes.subarray(major === 1 ? 10 : 12, dataOffset),
  );
  let header: PythonValue;
  try {
    header = parsePythonLiteral(text);
  } catch (error) {
    throw damagedHeader(name, messageOf(error));
  }
  if (!(header instanceof Map)) throw damagedHeader(name, "it is no dict");
  const fortranOrder = header.get("fortran_order");
  const shape = sizesOf(header.get("shape"));
  if (shape === undefined || typeof fortranOrder !== "boolean")
    throw damagedHeader(name, "shape or fortran_order is wrong");
  const layout = layoutOf(header.get("descr"), name);
  if (layout.structured && fortranOrder && shape.length > 1) {
    throw new ChipError(
      "E_FORMAT",
      `${name} is a structured array in Fortran order; save it with numpy.ascontiguousarray.`,
    );
  }
  return { shape, fortranOrder: fortranOrder && shape.length > 1, dataOffset, ...layout };
}

type Layout = Pick<NpyHeader, "structured" | "fields" | "itemSize">;

function layoutOf(descr: PythonValue | undefined, name: string): Layout {
  if (typeof descr === "string") {
    const { type, littleEndian, size } = elementOf(descr, name);
    if (type === undefined) throw unreadable(name, descr);
    return { structured: false, itemSize: size, fields: [{ name: "", type, littleEndian, offset: 0, shape: [] }] };
  }
  if (descr instanceof Map) return dictLayout(descr, name);
  if (!Array.isArray(descr)) throw damagedHeader(name, "descr is wrong");
  let offset = 0;
  const fields: NpyField[] = [];
  for (const entry of descr) {
    if (!Array.isArray(entry) || entry.length < 2) throw damagedHeader(name, "descr is wrong");
    const { field, bytes } = fieldOf(entry[0], entry[1], entry[2], offset, name);
    if (field !== undefined) fields.push(field);
    offset += bytes;
  }
  return checkLayout({ structured: true, itemSize: offset, fields }, name);
}

/** `{'names': [...], 'formats': [...], 'offsets': [...], 'itemsize': n}`. */
function dictLayout(descr: ReadonlyMap<string, PythonValue>, name: string): Layout {
  const [names, formats, offsets] = ["names", "formats", "offsets"].map((key) => descr.get(key));
  const itemSize = descr.get("itemsize");
  if (!Array.isArray(names) || !Array.isArray(formats) || !Array.isArray(offsets) || typeof itemSize !== "number") {
    throw damagedHeader(name, "descr is wrong");
  }
  const fields = names.flatMap((field: PythonValue, i) => {
    const offset = offsets[i];
    if (typeof offset !== "number") throw damagedHeader(name, "descr is wrong");
    const format = formats[i];
    const [type, shape] = Array.isArray(format) ? format : [format, undefined];
    return fieldOf(field, type, shape, offset, name).field ?? [];
  });
  return checkLayout({ structured: true, itemSize, fields }, name);
}

function fieldOf(title: PythonValue, type: PythonValue, sizes: PythonValue | undefined, offset: number, name: string) {
  // A field with a title is named by a pair (title, name).
  const field = Array.isArray(title) ? title[1] : title;
  const shape = sizes === undefined ? [] : typeof sizes === "number" ? sizesOf([sizes]) : sizesOf(sizes);
  if (typeof field !== "string" || shape === undefined) throw damagedHeader(name, "descr is wrong");
  if (typeof type !== "string") {
    throw new ChipError("E_FORMAT", `${name}: field ${field} is itself a structure; flatten the array's dtype.`);
  }
  const element = elementOf(type, name);
  const bytes = element.size * shape.reduce((product, n) => product * n, 1);
  if (element.type === undefined) return { field: undefined, bytes };
  return { field: { name: field, type: element.type, littleEndian: element.littleEndian, offset, shape }, bytes };
}

/** `type` is undefined for padding (`|V3`). */
function elementOf(text: string, name: string): { type: NpyType | undefined; littleEndian: boolean; size: number } {
  const match = /^([<>|=]?)([a-zA-Z?])(\d*)$/.exec(text);
  if (match === null) throw unreadable(name, text);
  const [, order, kind, digits] = match;
  const size = kind === "?" ? 1 : Number(digits);
  if (kind === "V") return { type: undefined, littleEndian: true, size };
  const type = NPY_TYPES.find((known) => known === (kind === "?" ? "b1" : kind + digits));
  if (type === undefined) throw unreadable(name, text);
  return { type, littleEndian: order !== ">", size };
}

function checkLayout(layout: Layout, name: string): Layout {
  const { fields, itemSize } = layout;
  const names = fields.map((field) => field.name);
  const outside = fields.some(({ type, offset, shape }) => {
    const bytes = Number(type.slice(1)) * shape.reduce((product, n) => product * n, 1);
    return !(Number.isSafeInteger(offset) && offset >= 0 && offset + bytes <= itemSize);
  });
  if (!Number.isSafeInteger(itemSize) || itemSize < 1 || outside || new Set(names).size !== names.length) {
    throw damagedHeader(name, "its fields do not fit together");
  }
  return layout;
}

function sizesOf(value: PythonValue | undefined): readonly number[] | undefined {
  if (!Array.isArray(value) || value.length > 32) return undefined;
  const sizes = value as readonly PythonValue[];
  const product = sizes.reduce<number>(
    (all, n) => (typeof n === "number" && Number.isInteger(n) && n >= 0 ? all * n : Number.NaN),
    1,
  );
  return Number.isSafeInteger(product) ? (sizes as readonly number[]) : undefined;
}

function unreadable(name: string, type: string): ChipError {
  const what = type.includes("O") ? "Python objects, which only Python can load" : `elements of type "${type}"`;
  return new ChipError("E_FORMAT", `${name} holds ${what}; save numbers (${NPY_TYPES.join(", ")}).`, {
    details: { type },
  });
}

function damagedHeader(name: string, why: string): ChipError {
  return new ChipError("E_DAMAGED", `${name} has a damaged NumPy header (${why}); copy or export it again.`);
}
