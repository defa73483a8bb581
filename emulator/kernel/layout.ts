// Where the SIMD kernel keeps things in its linear memory: byte offsets. The only file that both TypeScript (which fills
// the memory) and AssemblyScript (which runs on it) read, so it holds nothing but integer constants.

// A core. Vectors first: eight equal 16-bit lanes unless said otherwise.

/** `fireAt - 1`: a lane above it spikes. */
export const CORE_BELOW_FIRE = 0;
/** What a spike takes off. */
export const CORE_THRESHOLD = 16;
/** All ones, or zero when a spike returns the neuron to zero. */
export const CORE_KEEP = 32;
export const CORE_FLOOR = 48;
/** The quick sweep counts lanes that fall below this value: the floor, or an alarm line above a deep floor. */
export const CORE_WATCH = 64;
/** Largest membrane to which any weight can be added without leaving 16 bits. */
export const CORE_CALM_TOP = 80;
/** All ones when zero weights reach the neuron; zero under the skip of rule R4. */
export const CORE_ZERO_REACHES = 96;
/** Two 64-bit lanes: clamps counted by the quick sweep. */
export const CORE_CLAMPED_LANES = 112;
/** 64-bit counters. */
export const CORE_SPIKES = 128;
export const CORE_SATURATED = 136;
/** Clamps counted by the careful sweep and by leak. */
export const CORE_CLAMPED = 144;
export const CORE_RESIDUES = 152;
export const CORE_DECIMATED = 160;
/** 64 bits: `2^40 / features`, rounded up, to divide by multiplication. */
export const CORE_RECIPROCAL = 168;
/** 32-bit words from here on (addresses are addresses in the linear memory). */
export const CORE_MEMBRANES = 176;
export const CORE_WEIGHTS = 180;
export const CORE_AXIS_Y = 184;
export const CORE_AXIS_X = 188;
/** How often each window was met: 64-bit counts `[in][window y][window x]`. */
export const CORE_WINDOWS = 192;
/** Bytes of `CORE_WINDOWS` and of the weights for one input feature. */
export const CORE_WINDOW_BYTES = 196;
export const CORE_WEIGHT_BYTES = 200;
/** Bytes from one output row to the next: membranes, weights. */
export const CORE_MEMBRANE_ROW = 204;
export const CORE_WEIGHT_ROW = 208;
export const CORE_FEATURES = 212;
export const CORE_HEIGHT = 216;
export const CORE_WIDTH = 220;
/** 1: some membrane may leave 16 bits or lies below the floor, so every event takes the careful sweep. */
export const CORE_CAREFUL = 224;
/** 1: the floor is so deep that `CORE_WATCH` is an alarm line. */
export const CORE_DEEP = 228;
/** 1: the 16-bit word wraps at the top [R5]. */
export const CORE_WRAPS = 232;
/** Spikes of the latest sweep: pairs of address and tap. */
export const CORE_EMITTED = 236;
/** Most spikes of one event. */
export const CORE_WORST = 240;
/** Input queue: pairs of address and cause, a ring of `mask + 1` entries; head and tail count on and on. */
export const CORE_RING = 244;
export const CORE_RING_MASK = 248;
export const CORE_HEAD = 252;
export const CORE_TAIL = 256;
export const CORE_ROUTES = 260;
export const CORE_ROUTES_END = 264;
export const CORE_INDEX = 268;
export const CORE_MONITOR = 272;
export const CORE_DECIMATOR = 276;
/** Spikes since the decimator last let one pass. */
export const CORE_SINCE_PASSED = 280;
/** One output row of 16-bit leaks, or 0. */
export const CORE_LEAK = 284;
export const CORE_BYTES = 288;

// What one input row (or column) reaches along its axis. Of the fields that are added, that of the row counts rows and
// that of the column columns.

/** To be added: addresses of the first membrane and of the first weight of input feature 0. */
export const AXIS_MEMBRANE = 0;
export const AXIS_WEIGHT = 4;
/** To be added: bytes into `CORE_WINDOWS`. */
export const AXIS_WINDOW = 8;
/** To be added: output row and column of the first neuron, as in an address. */
export const AXIS_FIRST = 12;
/**
 * To be added: 16 times the rows reached, plus the place of the vectors of a row in `BLOCK_VECTORS` (simd-memory.ts), where
 * as/quick.ts has code of its own for such a block; else a number that it has none for.
 */
export const AXIS_SHAPE = 16;
/** Rows reached; of a column: lanes of a row. */
export const AXIS_SIZE = 20;
/** Rows (columns) reached. */
export const AXIS_COUNT = 24;
export const AXIS_BYTES = 32;

// A route to a destination.

export const ROUTE_CORE = 0;
export const ROUTE_SHIFT = 4;
/** Feature shift, in the place of the feature in an address. */
export const ROUTE_FEATURES = 8;
export const ROUTE_HEIGHT = 12;
export const ROUTE_WIDTH = 16;
/** The time record of `ROUTE_CORE`, in timed runs. */
export const ROUTE_TIMED = 20;
export const ROUTE_COPIES = 24;
export const ROUTE_DROPPED = 32;
export const ROUTE_BYTES = 40;

// Records of pairs: queue entries (address, cause) and emitted spikes (address, tap). Records of the monitor's sink.

export const PAIR_BYTES = 8;
export const SINK_ADDRESS = 0;
export const SINK_CORE = 4;
export const SINK_CAUSE = 8;
export const SINK_BYTES = 12;
