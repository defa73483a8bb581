import { ChipError, messageOf } from "../errors.ts";

/** Pixels as a camera file has them. */
export interface Picture {
  /** 1 for grey, 3 for colour. */
  readonly features: 1 | 3;
  readonly height: number;
  readonly width: number;
  /** `[feature][y][x]`. */
  readonly values: Uint8Array;
}

export type PictureReader = (bytes: Uint8Array, name: string) => Picture;

/** Larger pictures are refused before they take memory: nothing that a chip sees is near it. */
const LARGEST_SIDE = 4096;
const LARGEST_PIXELS = 2 ** 22;

/** True for the first bytes of a PNG or JPEG file. */
export function isPicture(head: Uint8Array): boolean {
  return isPng(head) || isJpeg(head);
}

/** Loads the decoders once; the reader it gives works without waiting. */
export async function pictureReader(): Promise<PictureReader> {
  const [{ PNG }, jpeg] = await Promise.all([import("pngjs").then(moduleOf), import("jpeg-js").then(moduleOf)]);
  return (bytes, name) => {
    if (isPng(bytes)) {
      const head = checkHead(pngHead(bytes), name);
      return guarded(name, () => {
        const { width, height, data } = PNG.sync.read(Buffer.from(bytes), { checkCRC: true });
        return fromRgba(data, width, height, head.grey);
      });
    }
    if (isJpeg(bytes)) {
      const head = checkHead(jpegHead(bytes), name);
      return guarded(name, () => {
        const options = {
          useTArray: true,
          tolerantDecoding: false,
          maxResolutionInMP: 5,
          maxMemoryUsageInMB: 256,
        } as const;
        const { width, height, data } = jpeg.decode(bytes, options);
        return fromRgba(data, width, height, head.grey);
      });
    }
    throw new ChipError("E_FORMAT", `${name} is neither PNG nor JPEG.`);
  };
}

/** Packages in the old module format come as `default`. */
function moduleOf<T extends object>(module: T): T {
  return "default" in module ? (module.default as T) : module;
}

function guarded(name: string, read: () => Picture): Picture {
  try {
    return read();
  } catch (error) {
    if (error instanceof ChipError) throw error;
    throw new ChipError("E_DAMAGED", `${name} cannot be decoded: ${messageOf(error)}; copy it again.`, {
      cause: error,
    });
  }
}

/** Transparency is left out. */
function fromRgba(data: Uint8Array, width: number, height: number, grey: boolean): Picture {
  const pixels = width * height;
  const features = grey ? 1 : 3;
  const values = new Uint8Array(features * pixels);
  for (let f = 0; f < features; f++) for (let i = 0; i < pixels; i++) values[f * pixels + i] = data[4 * i + f];
  return { features, height, width, values };
}

/** What the head of a file says about its pixels. */
interface PictureHead {
  readonly width: number;
  readonly height: number;
  readonly grey: boolean;
}

function checkHead(head: PictureHead | undefined, name: string): PictureHead {
  if (head === undefined) throw new ChipError("E_DAMAGED", `${name} says no size: it is cut short; copy it again.`);
  const { width, height } = head;
  if (width >= 1 && height >= 1 && Math.max(width, height) <= LARGEST_SIDE && width * height <= LARGEST_PIXELS)
    return head;
  throw new ChipError(
    "E_INPUT",
    `${name} is ${width}x${height}; up to ${LARGEST_SIDE} a side and ${LARGEST_PIXELS} pixels are read.`,
  );
}

function isPng(bytes: Uint8Array): boolean {
  return [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a].every((byte, i) => bytes[i] === byte);
}

function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
}

/** Colour types 0 and 4 are grey, the second with transparency. */
function pngHead(bytes: Uint8Array): PictureHead | undefined {
  if (bytes.length < 26) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { width: view.getUint32(16), height: view.getUint32(20), grey: bytes[25] === 0 || bytes[25] === 4 };
}

/** From the first frame header (SOF0 to SOF15, without DHT, JPG and DAC); one component is grey. */
function jpegHead(bytes: Uint8Array): PictureHead | undefined {
  for (let at = 2; at + 10 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1];
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      const [height, width] = [bytes[at + 5] * 256 + bytes[at + 6], bytes[at + 7] * 256 + bytes[at + 8]];
      return { width, height, grey: bytes[at + 9] === 1 };
    }
    at += 2 + bytes[at + 2] * 256 + bytes[at + 3];
  }
  return undefined;
}
