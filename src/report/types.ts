/** What the drawings of this room take. Others fill it in, so that a picture depends on no file format. */

/** Words that a layer takes of a memory, and words that its core has. */
export interface MemoryUse {
  readonly need: number;
  readonly have: number;
}

/** One core of the device, with or without a layer on it. */
export interface FloorplanCore {
  readonly id: number;
  /** Chip of the board, 0 on a device of one chip. */
  readonly chip: number;
  /** Parallel neuron units. */
  readonly units: number;
}

/** A layer, or a part of one, on its core. */
export interface FloorplanLayer {
  readonly core: number;
  readonly name: string;
  /** Layer before a split; layers of one group stand in one row. */
  readonly group: string;
  /** `32x16x16`, before pooling. */
  readonly output: string;
  /** `3x3, stride 1`. */
  readonly kernel: string;
  readonly kernelWords: MemoryUse;
  readonly neuronWords: MemoryUse;
  readonly leakWords: MemoryUse;
  /** Taps, in whatever unit `loadTitle` says. */
  readonly load: number;
  readonly isOutput: boolean;
}

/** Spikes go `from` a group (or `input`) `to` another. */
export interface FloorplanRoute {
  readonly from: string;
  readonly to: string;
  /** `/2`, `+16` and the like; empty for a plain route. */
  readonly label: string;
}

export interface Floorplan {
  readonly device: string;
  readonly cores: readonly FloorplanCore[];
  /** A layer after its sources. */
  readonly layers: readonly FloorplanLayer[];
  /** `2x34x34`. */
  readonly input: string;
  readonly routes: readonly FloorplanRoute[];
  /** What `load` is: "SynOps a sample, measured", "SynOps an input event, estimated". */
  readonly loadTitle: string;
}

export interface PageTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  /** Columns whose cells stand at the right, from 0. */
  readonly numbers?: readonly number[];
}

/** One part of a page; what is absent is left out. */
export interface PageSection {
  readonly title: string;
  readonly text?: readonly string[];
  /** Name and value, side by side. */
  readonly figures?: readonly (readonly [name: string, value: string])[];
  readonly svg?: string;
  readonly table?: PageTable;
}

export interface Page {
  readonly title: string;
  readonly subtitle: string;
  readonly sections: readonly PageSection[];
}

/** What the bars of one colour show. */
export interface BarSeries {
  readonly name: string;
  readonly colour: string;
}

/** Bars that stand together, one a series, none below zero. */
export interface BarGroup {
  readonly name: string;
  readonly values: readonly number[];
}
