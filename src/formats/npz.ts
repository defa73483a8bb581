import { memorySource } from "./byte-source.ts";
import { type NpyArray, type NpyColumnToWrite, type NpyData, readNpy, writeNpy } from "./npy.ts";
import { readWholeMember, readZipDirectory, writeZip } from "./zip.ts";

/** A `.npz` file: the arrays under their names without `.npy`, and whatever else lies in the archive. */
export interface NpzContent {
  readonly arrays: ReadonlyMap<string, NpyArray>;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/**
 * Reads a `.npz` file (a ZIP of `.npy` members, stored or deflated).
 *
 * @param name how messages call the file
 * @throws ChipError E_DAMAGED when it cannot be unpacked or a checksum differs; what `readNpy` throws for its arrays
 */
export async function readNpz(bytes: Uint8Array, name: string): Promise<NpzContent> {
  const source = memorySource(bytes, name);
  const arrays = new Map<string, NpyArray>();
  const files = new Map<string, Uint8Array>();
  for (const [path, member] of await readZipDirectory(source)) {
    const content = await readWholeMember(source, member);
    if (path.endsWith(".npy")) arrays.set(path.slice(0, -".npy".length), readNpy(content, `${name}: ${path}`));
    else files.set(path, content);
  }
  return { arrays, files };
}

/**
 * A `.npz` file of plain one-dimensional arrays; the same content gives the same bytes.
 *
 * @param arrays by name, in this order
 * @param files further members, such as `meta.json`; text becomes UTF-8
 */
export function writeNpz(
  arrays: Readonly<Record<string, NpyData | NpyColumnToWrite>>,
  files: Readonly<Record<string, Uint8Array | string>> = {},
  { compress = false }: { readonly compress?: boolean } = {},
): Uint8Array {
  const members: Record<string, Uint8Array> = {};
  for (const [name, column] of Object.entries(arrays)) {
    const { data, type }: NpyColumnToWrite = ArrayBuffer.isView(column) ? { data: column } : column;
    members[`${name}.npy`] = writeNpy(data, type === undefined ? {} : { type });
  }
  for (const [name, content] of Object.entries(files)) {
    members[name] = typeof content === "string" ? new TextEncoder().encode(content) : content;
  }
  return writeZip(members, compress);
}
