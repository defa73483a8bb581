import { ChipError } from "../../src/errors.ts";
import { crc32 } from "../../src/wire/crc.ts";

/** A chip.pb while it is uploaded, apart from the configuration in use. */
export class Staging {
  readonly #limit: number;
  #upload: { readonly bytes: Uint8Array; readonly crc: number; length: number; fault?: string } | undefined;

  /** @param limit largest chip.pb, bytes */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Drops what was staged and makes room. Returns false when there is none for so many bytes. */
  begin(bytes: number, crc: number): boolean {
    this.#upload = undefined;
    if (bytes > this.#limit) return false;
    this.#upload = { bytes: new Uint8Array(bytes), crc, length: 0 };
    return true;
  }

  add(offset: number, data: Uint8Array): void {
    const upload = this.#upload;
    if (upload === undefined || upload.fault !== undefined) return;
    if (offset !== upload.length || offset + data.length > upload.bytes.length) {
      upload.fault = `a piece of ${data.length} bytes came for byte ${offset}, expected was byte ${upload.length} of ${upload.bytes.length}`;
      return;
    }
    upload.bytes.set(data, offset);
    upload.length += data.length;
  }

  /**
   * The whole file, checked; staging is empty afterwards.
   *
   * @throws ChipError E_DAMAGED unless everything arrived as announced
   */
  finish(): { readonly bytes: Uint8Array; readonly crc: number } {
    const upload = this.#upload;
    this.#upload = undefined;
    if (upload === undefined) throw damaged("nothing is staged");
    if (upload.fault !== undefined) throw damaged(upload.fault);
    const { bytes, crc, length } = upload;
    if (length < bytes.length) throw damaged(`${length} of ${bytes.length} bytes arrived`);
    if (crc32(bytes) !== crc) throw damaged("its CRC-32 is not the announced one");
    return { bytes, crc };
  }

  clear(): void {
    this.#upload = undefined;
  }
}

function damaged(how: string): ChipError {
  return new ChipError("E_DAMAGED", `the upload is damaged: ${how}; upload again.`);
}
