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
/** Event queue, 32 bits each: 1 when the input's offered copy met a full queue; address of the keys. */
export const RUN_INPUT_STUCK = 88;
export const RUN_KEYS = 92;
export const RUN_BYTES = 96;

// A core's time. The first fields, up to `TIMED_STATE_BYTES`, start at zero in every run.

/** Global minus own time [D5]. */
export const TIMED_SHIFT = 0;
/** When the sweep is over, for the next event (put off by every copy that waits) and for the run's end (by those ready before). */
export const TIMED_FREE = 8;
export const TIMED_END = 16;
export const TIMED_LAST_DELIVERED = 24;
export const TIMED_SENDER_FREE = 32;
export const TIMED_LAST_WISH = 40;
export const TIMED_BUSY = 48;
export const TIMED_MAX_QUEUE = 56;
/** Input queue: events that wait, and the places (32 bits each) of the first of them and of the next to come. */
export const TIMED_WAITING = 60;
export const TIMED_HEAD = 64;
export const TIMED_TAIL = 68;
/** Outbox: first and next entry, counting on and on. */
export const TIMED_OUT_HEAD = 72;
export const TIMED_OUT_TAIL = 76;
/** Event queue: when the port is free; when the core's own first copy was offered; 1 when it is, or will be. */
export const TIMED_PORT_FREE = 80;
export const TIMED_OFFERED_AT = 88;
export const TIMED_SENDING = 96;
/** Senders that have offered a copy to the port. */
export const TIMED_OFFER_COUNT = 100;
/** Lazy: what all copies that have left had to wait. */
export const TIMED_SENT_SHIFT = 104;
/** [D8] The first waiting leak tick and the next to come, counting on and on. */
export const TIMED_TICK_HEAD = 112;
export const TIMED_TICK_TAIL = 116;
export const TIMED_STATE_BYTES = 120;
/** Events dropped by the balancer, and leak ticks served; they stay from run to run. */
export const TIMED_DROPPED = 120;
export const TIMED_LEAKS = 128;
/** 32 bits from here on; addresses in the linear memory. */
export const TIMED_CORE = 136;
export const TIMED_BALANCER = 140;
export const TIMED_QUEUE = 144;
export const TIMED_OUTBOX = 148;
export const TIMED_OUT_MASK = 152;
/** Neuron units; bits of x and feature together, and of the feature, in a neuron address. */
export const TIMED_UNITS = 156;
export const TIMED_ROW_BITS = 160;
export const TIMED_FEATURE_BITS = 164;
/** Units of the first tap that are told apart: 1 or `TIMED_UNITS`. */
export const TIMED_PHASES = 168;
/** Entries for sweep tables `[in][window y][window x][phase]`; their number. */
export const TIMED_TABLES = 172;
export const TIMED_TABLE_COUNT = 176;
/** Where tables are made: begin, next free byte, end. */
export const TIMED_ARENA = 180;
export const TIMED_ARENA_NEXT = 184;
export const TIMED_ARENA_END = 188;
/** Event queue: position of the core; senders that reach it; senders that have offered a copy (32 bits each), first come first. */
export const TIMED_INDEX = 192;
export const TIMED_SOURCES = 196;
export const TIMED_OFFERS = 200;
/** [D8] Waiting leak ticks: a ring of 64-bit times. */
export const TIMED_TICKS = 204;
export const TIMED_TICK_MASK = 208;
/** Event queue: 1 when the lazy method does for the core and all behind it. */
export const TIMED_FOLLOWED = 212;
export const TIMED_BYTES = 216;

// Entries of an input queue, one for each place: when the latest event that had it was taken; for the event queue also
// when the latest event came, its cause and its address (32 bits).

export const QUEUE_TAKEN = 0;
export const QUEUE_CAME = 8;
export const QUEUE_CAUSE = 16;
export const QUEUE_ADDRESS = 24;
export const QUEUE_BYTES = 32;

// Entries of an outbox: when ready, cause, address (32 bits), timed core that receives it (32 bits; 0: the monitor).

export const OUT_WISH = 0;
export const OUT_CAUSE = 8;
export const OUT_ADDRESS = 16;
export const OUT_TO = 20;
export const OUT_BYTES = 24;

// The lazy engine stores no copies; its outbox holds those that had to wait: when ready, when they left. Same size.

export const LATE_WISH = 0;
export const LATE_LEFT = 8;

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
