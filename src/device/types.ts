import type { Evidence, Sourced } from "../units.ts";

/** A choice (not a number) about a chip, with where it comes from. */
export interface SourcedChoice<T> {
  readonly value: T;
  readonly evidence: Evidence;
  readonly source: string;
}

/** One core: silicon that holds one layer. Memory sizes in words. */
export interface CoreSpec {
  readonly id: number;
  /** 8-bit words. */
  readonly kernelWords: Sourced;
  /** 16-bit words. */
  readonly neuronWords: Sourced;
  /** 16-bit words, one a feature that leaks. */
  readonly leakWords: Sourced;
  /** Parallel neuron units P (1 on a plain core). */
  readonly units: Sourced;
  /** Chip of the board that carries the core, from 0; absent on a device of one chip. Not in files: `expandBoard`. */
  readonly chip?: number;
}

/** Several chips of one kind, each of which reaches each other one over a link. */
export interface BoardSpec {
  readonly chips: number;
  readonly link: {
    /** Picoseconds that an event is on its way from chip to chip, beside the router's slot. */
    readonly delay: Sourced;
  };
}

/** What one layer may look like. */
export interface LimitSpec {
  /** Largest height and width of a layer's input. */
  readonly inputSize: Sourced;
  /** Largest height and width of the map after the convolution, before pooling. */
  readonly outputSize: Sourced;
  readonly features: Sourced;
  readonly kernelSize: Sourced;
  readonly kernelSquare: SourcedChoice<boolean>;
  readonly strides: SourcedChoice<readonly number[]>;
  readonly padding: Sourced;
  readonly pools: SourcedChoice<readonly number[]>;
  /** Destinations of a core. */
  readonly destinations: Sourced;
  /** Destinations of the input layer. */
  readonly inputDestinations: Sourced;
  readonly weightBits: Sourced;
  readonly stateBits: Sourced;
  readonly leakBits: Sourced;
  readonly readoutClasses: Sourced;
}

/** Arithmetic that the data sheet leaves open, as switches [R4] [R5]. */
export interface NumericSpec {
  /** ">=" fires at equality. */
  readonly comparator: SourcedChoice<">=" | ">">;
  /** True: the membrane stops at the top of its word; false: it wraps. */
  readonly upperSaturation: SourcedChoice<boolean>;
  /** True: zero weights are read and dropped before the neuron. */
  readonly zeroWeightSkip: SourcedChoice<boolean>;
}

/** Handshake-stage times. The chip has no clock: these are declared parameters, in picoseconds. */
export interface TimingSpec {
  readonly tIn: Sourced;
  readonly tMap: Sourced;
  readonly tKernel: Sourced;
  readonly tNeuron: Sourced;
  readonly tOut: Sourced;
  readonly padIn: Sourced;
  readonly padOut: Sourced;
  readonly routerSlot: Sourced;
  /** Events a core's input queue holds. */
  readonly fifoDepth: Sourced;
  /** "none": a core takes the next event when the last tap is written; "pipelined": when the last tap is issued. */
  readonly overlap: SourcedChoice<"none" | "pipelined">;
  /** Resolution of the board's time stamps. */
  readonly boardStamp: Sourced;
}

/**
 * Joules that each counted thing costs. What is absent costs nothing; what is present is added up, so that a preset
 * either prices a SynOp as a whole (`perTap`) or takes it apart (`perKernelRead` ... `perCompare`).
 */
export interface EnergyPreset {
  readonly title: string;
  /** Every tap, zero weights included: the literature's price of a SynOp. */
  readonly perTap?: Sourced;
  /** Every tap: one 8-bit kernel word read. */
  readonly perKernelRead?: Sourced;
  /** Every tap: one step of the address sweep. */
  readonly perSweepStep?: Sourced;
  /** Every tap whose weight is not zero. */
  readonly perNeuronUpdate?: Sourced;
  /** Every neuron update: one 16-bit neuron word read. */
  readonly perNeuronRead?: Sourced;
  /** Every neuron update: one 16-bit neuron word written. */
  readonly perNeuronWrite?: Sourced;
  /** Every neuron update: add and compare. */
  readonly perCompare?: Sourced;
  /** Every event that enters a core. */
  readonly perEventIn?: Sourced;
  readonly perSpike?: Sourced;
  /** Every copy that a core sends to a destination. */
  readonly perCopy?: Sourced;
  readonly perLeakUpdate?: Sourced;
  /** Every copy that goes to another chip of the board. */
  readonly perLinkEvent?: Sourced;
  /** Every event through the input layer. */
  readonly perInputEvent?: Sourced;
  /** Every event on the pads, in or out. */
  readonly perPadEvent?: Sourced;
  /** Names of the rails whose idle power is charged as static energy; empty: none. */
  readonly staticRails: readonly string[];
}

/** Everything that an energy preset can put a price on. */
export type PriceKey = Exclude<keyof EnergyPreset, "title" | "staticRails">;

/** A supply rail and its power when nothing happens, in watts. */
export interface RailSpec {
  readonly name: string;
  readonly idle: Sourced;
  readonly volts: Sourced;
}

/** Known faults of the silicon. The ids are a closed list, because each one changes what code does. */
export interface ErratumSpec {
  /**
   * `threshold-low-zero`: threshold_low = 0 does not work, use -1.
   * `readout-feature-spread`: output feature 0, 4, 8... arrives at readout class 1, 2, 3...
   */
  readonly id: "threshold-low-zero" | "readout-feature-spread";
  readonly title: string;
  readonly evidence: Evidence;
  readonly source: string;
}

/** What blocks the chip has beside its cores. */
export interface BlockSpec {
  readonly sensor: SourcedChoice<readonly [width: number, height: number] | null>;
  readonly readout: SourcedChoice<boolean>;
  readonly congestionBalancer: SourcedChoice<boolean>;
  /** Ratios by interval code; empty: no decimator. */
  readonly decimatorRatios: SourcedChoice<readonly number[]>;
  /** `2^d` raw input events make one internal slow-clock tick; allowed `d`. */
  readonly slowClockDividers: SourcedChoice<readonly number[]>;
  /** Hertz. */
  readonly slowClockMin: Sourced;
  readonly slowClockMax: Sourced;
}

/** A chip as data. `source` fields are keys of `sources`. */
export interface DeviceSpec {
  readonly schemaVersion: 1;
  readonly name: string;
  readonly title: string;
  readonly aliases: readonly string[];
  readonly description: string;
  /** False for devices that exist only as a file. */
  readonly silicon: boolean;
  readonly sources: Readonly<Record<string, string>>;
  /** Of one chip in a file; of the whole board once it is loaded, ids unique over the board. */
  readonly cores: readonly CoreSpec[];
  /** Absent: the device is one chip. */
  readonly board?: BoardSpec;
  readonly limits: LimitSpec;
  readonly numeric: NumericSpec;
  readonly errata: readonly ErratumSpec[];
  readonly blocks: BlockSpec;
  readonly timing: TimingSpec;
  readonly energy: {
    readonly defaultPreset: string;
    readonly presets: Readonly<Record<string, EnergyPreset>>;
    readonly rails: readonly RailSpec[];
    /** Names of the rails whose idle power the report shows beside the dynamic energy. */
    readonly idleRails: readonly string[];
  };
}

/** A device with the hash that artefacts record. */
export interface Device {
  readonly spec: DeviceSpec;
  /** SHA-256 of the file's canonical JSON (keys sorted, no white space, without `$schema`), hex. */
  readonly hash: string;
}
