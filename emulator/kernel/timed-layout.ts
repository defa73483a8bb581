// Where the timed kernel keeps things beside those of layout.ts: byte offsets. Read by TypeScript and AssemblyScript,
// so it holds nothing but integer constants. Times are 64-bit integers of picoseconds.

// The run: one record, before the cores.

export const RUN_T_START = 0; // t_in + t_map
export const RUN_T_KERNEL = 8;
export const RUN_T_NEURON = 16;
export const RUN_T_OUT = 24;
export const RUN_PAD_IN = 32;
export const RUN_SLOT = 40;
/** When the input layer is free to send; when its latest copy was ready; the longest wait; copies that met a full queue. */
export const RUN_INPUT_FREE = 48;
export const RUN_INPUT_WISH = 56;
export const RUN_INPUT_WAIT = 64;
export const RUN_INPUT_BLOCKED = 72;
/** 32 bits. */
export const RUN_PIPELINED = 80;
export const RUN_DEPTH = 84;
export const RUN_BYTES = 96;

// A core's time. The first fields, up to `TIMED_STATE_BYTES`, start at zero in every run.

/** Global minus own time [D5]. */
export const TIMED_SHIFT = 0;
/** Own time at which the sweep is over; global time of it. */
export const TIMED_FREE = 8;
export const TIMED_END = 16;
export const TIMED_LAST_DELIVERED = 24;
export const TIMED_SENDER_FREE = 32;
export const TIMED_LAST_WISH = 40;
export const TIMED_BUSY = 48;
export const TIMED_MAX_QUEUE = 56;
/** Place of the next event in the input queue. */
export const TIMED_TAIL = 68;
/** Outbox: first and next entry, counting on and on. */
export const TIMED_OUT_HEAD = 72;
export const TIMED_OUT_TAIL = 76;
export const TIMED_STATE_BYTES = 80;
/** Events dropped by the balancer; stays from run to run. */
export const TIMED_DROPPED = 80;
/** 32 bits from here on; addresses in the linear memory. */
export const TIMED_CORE = 88;
export const TIMED_BALANCER = 92;
export const TIMED_QUEUE = 96;
export const TIMED_OUTBOX = 100;
export const TIMED_OUT_MASK = 104;
/** Neuron units; bits of x and feature together, and of the feature, in a neuron address. */
export const TIMED_UNITS = 108;
export const TIMED_ROW_BITS = 112;
export const TIMED_FEATURE_BITS = 116;
/** Units of the first tap that are told apart: 1 or `TIMED_UNITS`. */
export const TIMED_PHASES = 120;
/** Entries for sweep tables `[in][window y][window x][phase]`; their number. */
export const TIMED_TABLES = 124;
export const TIMED_TABLE_COUNT = 128;
/** Where tables are made: begin, next free byte, end. */
export const TIMED_ARENA = 132;
export const TIMED_ARENA_NEXT = 136;
export const TIMED_ARENA_END = 140;
export const TIMED_BYTES = 144;

// Entries of an input queue, one for each place: when the latest event that had it was taken.

export const QUEUE_BYTES = 8;

// Entries of an outbox: when ready, cause, address (32 bits), timed core that receives it (32 bits; 0: the monitor).

export const OUT_WISH = 0;
export const OUT_CAUSE = 8;
export const OUT_ADDRESS = 16;
export const OUT_TO = 20;
export const OUT_BYTES = 24;

// An entry for a sweep table, 32 bits each: address of the times (32 bits each) at which the taps are done, 0 until first
// met; when the core is free again. Both from the start of the sweep.

export const ENTRY_DONE = 0;
export const ENTRY_FREE = 4;
export const ENTRY_BYTES = 8;

// The sink of monitored spikes: time and cause as 64-bit floats, address and core as 32-bit words.

export const SPIKE_TIME = 0;
export const SPIKE_CAUSE = 8;
export const SPIKE_ADDRESS = 16;
export const SPIKE_CORE = 20;
export const SPIKE_BYTES = 24;
