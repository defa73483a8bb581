import { ChipError } from "../../errors.ts";
import { type Shape, shapeSize } from "../../network/types.ts";
import type { Random } from "../../random.ts";
import { formatSi } from "../../units.ts";
import type { Batch, TrainingSet } from "../training-set.ts";

/** What the numbers of a sample become, and how samples are varied while training. */
export interface PackedMeaning {
  /** `counts`: events, as they are; `0..1` and `-1..1`: pixels of 0 to 255, brought to that range. */
  readonly values: "counts" | "0..1" | "-1..1";
  /** Width of the border of zeros (black) around a sample from which a random crop of its own size is taken. */
  readonly crop?: number;
  /** Whether half of the samples, at random, are mirrored left to right. */
  readonly flip?: boolean;
}

type Block = Uint8Array | Uint16Array | Float32Array;

/** Everything a `PackedSet` is made of: plain data in shared memory, so that worker threads open it without a copy. */
export interface PackedSamples {
  readonly shape: Shape;
  readonly classes: number;
  readonly size: number;
  readonly meaning: PackedMeaning;
  /** Samples a block; the last may hold fewer. */
  readonly blockSize: number;
  /** Samples one after the other, each `[y][x][feature]`. */
  readonly blocks: readonly Block[];
  readonly labels: Int32Array;
}

/** Samples in memory, a byte a value wherever bytes are enough; about a gigabyte for 250,000 frames of 64x64. */
export class PackedSet implements TrainingSet {
  readonly samples: PackedSamples;
  readonly #table: Float32Array;

  constructor(samples: PackedSamples) {
    this.samples = samples;
    this.#table = Float32Array.from({ length: 256 }, (_, raw) => meaningOf(raw, samples.meaning));
  }

  get shape(): Shape {
    return this.samples.shape;
  }

  get classes(): number {
    return this.samples.classes;
  }

  get size(): number {
    return this.samples.size;
  }

  /** Class of every sample. */
  get labels(): Int32Array {
    return this.samples.labels;
  }

  /** @throws RangeError for an index outside the set */
  batch(indices: Int32Array, augment: Random | null, into?: Batch): Batch {
    const { shape, meaning, labels, size } = this.samples;
    const length = shapeSize(shape);
    const { x, labels: classes } = into ?? {
      x: new Float32Array(indices.length * length),
      labels: new Int32Array(indices.length),
    };
    for (const [place, index] of indices.entries()) {
      if (!(index >= 0 && index < size)) throw new RangeError(`sample ${index} of a set of ${size}`);
      classes[place] = labels[index];
      const sample = x.subarray(place * length, (place + 1) * length);
      const varied = augment !== null && ((meaning.crop ?? 0) > 0 || meaning.flip === true);
      if (varied) this.#vary(index, sample, augment);
      else this.#copy(index, sample);
    }
    return { x, labels: classes };
  }

  #copy(index: number, into: Float32Array): void {
    const { values, at } = this.#place(index);
    if (values instanceof Uint8Array) for (let i = 0; i < into.length; i++) into[i] = this.#table[values[at + i]];
    else for (let i = 0; i < into.length; i++) into[i] = meaningOf(values[at + i], this.samples.meaning);
  }

  /** Crop and mirror; three draws whatever the settings, so that one setting does not change what the other draws. */
  #vary(index: number, into: Float32Array, random: Random): void {
    const { shape, meaning } = this.samples;
    const [features, height, width] = shape;
    const crop = meaning.crop ?? 0;
    const down = random.below(2 * crop + 1) - crop;
    const right = random.below(2 * crop + 1) - crop;
    const mirror = random.below(2) === 1 && meaning.flip === true;
    const { values, at } = this.#place(index);
    const black = meaningOf(0, meaning);
    for (let y = 0, i = 0; y < height; y++) {
      const fromY = y + down;
      for (let x = 0; x < width; x++) {
        const fromX = (mirror ? width - 1 - x : x) + right;
        const inside = fromY >= 0 && fromY < height && fromX >= 0 && fromX < width;
        const from = at + (fromY * width + fromX) * features;
        for (let f = 0; f < features; f++, i++) into[i] = inside ? meaningOf(values[from + f], meaning) : black;
      }
    }
  }

  #place(index: number): { readonly values: Block; readonly at: number } {
    const { blocks, blockSize, shape } = this.samples;
    return { values: blocks[Math.floor(index / blockSize)], at: (index % blockSize) * shapeSize(shape) };
  }
}

function meaningOf(raw: number, { values }: PackedMeaning): number {
  return values === "counts" ? raw : values === "0..1" ? raw / 255 : raw / 127.5 - 1;
}

/** About how many bytes a block takes. */
const BLOCK_BYTES = 2 ** 24;
/** What a set may take in memory unless the caller says otherwise. */
const DEFAULT_LIMIT = 2 ** 32;

export interface PackerOptions {
  readonly shape: Shape;
  readonly classes: number;
  readonly meaning: PackedMeaning;
  /** Bytes that the set may take; default 4 GiB. */
  readonly limitBytes?: number;
}

/** Collects samples into blocks; a block becomes wider than bytes only once a value in it asks for that. */
export class Packer {
  readonly #options: PackerOptions;
  readonly #blockSize: number;
  readonly #blocks: Block[] = [];
  readonly #labels: number[] = [];
  #bytes = 0;

  constructor(options: PackerOptions) {
    this.#options = options;
    this.#blockSize = Math.max(1, Math.floor(BLOCK_BYTES / shapeSize(options.shape)));
  }

  get size(): number {
    return this.#labels.length;
  }

  /**
   * @param values `[feature][y][x]`, as everything outside the trainer has them
   * @throws ChipError E_DATASET when the set grows beyond its limit
   */
  add(values: ArrayLike<number>, label: number): void {
    const [features, height, width] = this.#options.shape;
    const pixels = height * width;
    const nth = this.#labels.length % this.#blockSize;
    if (nth === 0) this.#blocks.push(this.#block(Uint8Array));
    const last = this.#blocks.length - 1;
    const kind = kindOf(values);
    if (kind.BYTES_PER_ELEMENT > this.#blocks[last].BYTES_PER_ELEMENT) {
      const wider = this.#block(kind);
      wider.set(this.#blocks[last].subarray(0, nth * pixels * features));
      this.#bytes -= this.#blocks[last].byteLength;
      this.#blocks[last] = wider;
    }
    const block = this.#blocks[last];
    const at = nth * pixels * features;
    for (let f = 0; f < features; f++) {
      for (let i = 0; i < pixels; i++) block[at + i * features + f] = values[f * pixels + i];
    }
    this.#labels.push(label);
  }

  finish(): PackedSet {
    const { shape, classes, meaning } = this.#options;
    const labels = new Int32Array(new SharedArrayBuffer(4 * this.#labels.length));
    labels.set(this.#labels);
    return new PackedSet({
      shape,
      classes,
      size: labels.length,
      meaning,
      blockSize: this.#blockSize,
      blocks: this.#blocks,
      labels,
    });
  }

  #block(kind: BlockKind): Block {
    const { shape, limitBytes = DEFAULT_LIMIT } = this.#options;
    const length = this.#blockSize * shapeSize(shape);
    const bytes = length * kind.BYTES_PER_ELEMENT;
    this.#bytes += bytes;
    if (this.#bytes > limitBytes) {
      throw new ChipError(
        "E_DATASET",
        `the training set needs more than ${formatSi(limitBytes, "B")} of memory after ${this.#labels.length} samples of ${shape.join("x")}; ` +
          "take fewer recordings, more events a frame, or a higher downsampling.",
        { details: { samples: this.#labels.length, limitBytes } },
      );
    }
    const memory = new SharedArrayBuffer(bytes);
    return kind === Uint8Array
      ? new Uint8Array(memory)
      : kind === Uint16Array
        ? new Uint16Array(memory)
        : new Float32Array(memory);
  }
}

type BlockKind = typeof Uint8Array | typeof Uint16Array | typeof Float32Array;

/** The narrowest numbers that hold the values exactly. */
function kindOf(values: ArrayLike<number>): BlockKind {
  let most = 0;
  for (let i = 0; i < values.length; i++) {
    if (!Number.isInteger(values[i]) || values[i] < 0) return Float32Array;
    if (values[i] > most) most = values[i];
  }
  return most < 256 ? Uint8Array : most < 65536 ? Uint16Array : Float32Array;
}
