/** Why bytes are no FlatBuffer; the caller says which ones they are. */
export class FlatBufferError extends Error {}

/**
 * A table of a FlatBuffer, read in place with every offset checked (FlatBuffers internals: a table begins with the
 * distance back to its vtable, which lists where each field lies).
 */
export class FlatTable {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #at: number;
  readonly #vtable: number;
  readonly #vtableSize: number;

  private constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#at = at;
    this.#check(at, 4);
    this.#vtable = at - this.#view.getInt32(at, true);
    this.#check(this.#vtable, 4);
    this.#vtableSize = this.#view.getUint16(this.#vtable, true);
    this.#check(this.#vtable, this.#vtableSize);
  }

  /**
   * The root table of a buffer.
   *
   * @param from where the buffer begins: behind a size prefix
   * @param identifier four letters that the buffer must carry
   */
  static root(bytes: Uint8Array, from: number, identifier: string): FlatTable {
    if (bytes.length < from + 8) throw new FlatBufferError("it is cut short");
    const carried = String.fromCharCode(...bytes.subarray(from + 4, from + 8));
    if (carried !== identifier) throw new FlatBufferError(`it carries no ${identifier} mark`);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return new FlatTable(bytes, from + view.getUint32(from, true));
  }

  int32(field: number, otherwise: number): number {
    const at = this.#field(field, 4);
    return at < 0 ? otherwise : this.#view.getInt32(at, true);
  }

  int64(field: number, otherwise: number): number {
    const at = this.#field(field, 8);
    return at < 0 ? otherwise : Number(this.#view.getBigInt64(at, true));
  }

  string(field: number): string | undefined {
    const bytes = this.structs(field, 1);
    return bytes && new TextDecoder().decode(bytes);
  }

  /** The bytes of a vector of structs of `size` bytes. */
  structs(field: number, size: number): Uint8Array | undefined {
    const at = this.#field(field, 4);
    if (at < 0) return undefined;
    const vector = at + this.#view.getUint32(at, true);
    this.#check(vector, 4);
    const length = this.#view.getUint32(vector, true) * size;
    this.#check(vector + 4, length);
    return this.#bytes.subarray(vector + 4, vector + 4 + length);
  }

  #field(field: number, size: number): number {
    const entry = 4 + 2 * field;
    if (entry + 2 > this.#vtableSize) return -1;
    const offset = this.#view.getUint16(this.#vtable + entry, true);
    if (offset === 0) return -1;
    this.#check(this.#at + offset, size);
    return this.#at + offset;
  }

  #check(at: number, size: number): void {
    if (at < 0 || at + size > this.#bytes.length) throw new FlatBufferError("it points outside itself");
  }
}
