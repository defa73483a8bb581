import type { ChipProgram, CoreProgram, RouteProgram } from "../program.ts";
import { type Axis, createWindows, type Windows, weightsPerFeature, writePhaseKernels } from "./axis.ts";
import * as at from "./layout.ts";
import type { EventExports } from "./module.ts";

/** Where one core lies in the kernel's memory. Addresses and lengths are bytes unless a name says otherwise. */
export interface CorePlace {
  readonly program: CoreProgram;
  readonly windows: Windows;
  readonly core: number;
  readonly membranes: number;
  readonly neurons: number;
  readonly weights: number;
  readonly axisY: number;
  readonly axisX: number;
  readonly counts: number;
  readonly emitted: number;
  readonly ring: number;
  readonly ringEntries: number;
  readonly leak: number;
  readonly routes: number;
  /** Most spikes of one event, or of one row of a leak tick. */
  readonly worst: number;
}

/** A whole program in the kernel's memory. */
export interface Layout {
  readonly cores: readonly CorePlace[];
  /** The first core; the others follow. */
  readonly firstCore: number;
  /** Pseudo core that holds the input's routes. */
  readonly source: number;
  readonly sourceRoutes: number;
  readonly input: number;
  /** First byte of the sink of monitored spikes, which is last, because it grows. */
  readonly sink: number;
}

/** Input events of one call into the kernel. */
export const INPUT_EVENTS = 8192;
/** Queue entries, unless one event can make more spikes than a quarter of this: big batches, yet small enough to stay in the cache. */
const RING_ENTRIES = 1024;
/** Vectors at the end of an array reach beyond it. */
const SLACK = 64;
const PAGE = 65536;

/** Gives every array of a program its place, from `base` on. */
export function planLayout(program: ChipProgram, base: number): Layout {
  let next = base;
  const place = (bytes: number): number => {
    const here = (next + 63) & ~63;
    next = here + bytes + SLACK;
    return here;
  };
  const firstCore = place(at.CORE_BYTES * program.cores.length);
  const source = place(at.CORE_BYTES);
  const sourceRoutes = place(at.ROUTE_BYTES * program.inputRoutes.length);
  const input = place(4 * INPUT_EVENTS);
  const allWindows = program.cores.map(createWindows);
  const worstOf = program.cores.map((core, index) => worstSpikes(core, allWindows[index] as Windows));
  const cores = program.cores.map((core, index): CorePlace => {
    const windows = allWindows[index] as Windows;
    const { y, x } = windows;
    const row = core.features * core.width;
    const worst = worstOf[index] as number;
    const incoming = worstOf.filter((_, from) => program.cores[from]?.routes.some((route) => route.index === index));
    const ringEntries = 2 ** Math.ceil(Math.log2(Math.max(RING_ENTRIES, ...incoming.map((spikes) => 4 * spikes))));
    return {
      program: core,
      windows,
      core: firstCore + index * at.CORE_BYTES,
      neurons: row * core.height,
      worst,
      ringEntries,
      axisY: place(at.AXIS_BYTES * core.inHeight),
      axisX: place(at.AXIS_BYTES * core.inWidth),
      routes: place(at.ROUTE_BYTES * core.routes.length),
      ring: place(at.PAIR_BYTES * ringEntries),
      emitted: place(at.PAIR_BYTES * worst),
      leak: core.leak ? place(2 * row) : 0,
      counts: place(8 * core.inFeatures * y.windows.length * x.windows.length),
      weights: place(core.inFeatures * weightsPerFeature(core, windows)),
      membranes: place(2 * row * core.height),
    };
  });
  return { cores, firstCore, source, sourceRoutes, input, sink: place(0) };
}

/** Most spikes of one event, or of one row of a leak tick. */
function worstSpikes(core: CoreProgram, { y, x }: Windows): number {
  const perEvent = core.features * Math.min(y.rows, core.height) * Math.min(x.rows, core.width);
  return core.leak ? Math.max(perEvent, core.features * core.width) : perEvent;
}

/** Grows the memory to hold the layout and writes everything that a run does not change. */
export function writeLayout(program: ChipProgram, layout: Layout, { memory }: EventExports): void {
  const missing = Math.ceil((layout.sink + PAGE) / PAGE) - memory.buffer.byteLength / PAGE;
  if (missing > 0) memory.grow(missing);
  const view = new DataView(memory.buffer);
  for (const place of layout.cores) writeCore(place, layout, view);
  view.setUint32(layout.source + at.CORE_ROUTES, layout.sourceRoutes, true);
  view.setUint32(
    layout.source + at.CORE_ROUTES_END,
    layout.sourceRoutes + at.ROUTE_BYTES * program.inputRoutes.length,
    true,
  );
  writeRoutes(program.inputRoutes, layout.sourceRoutes, layout, view);
}

/** The lines that decide between the quick and the careful sweep (as/sweep.ts). */
export interface Calm {
  /** No membrane above it: nothing can leave 16 bits at the top. */
  readonly top: number;
  /** No membrane below it: neither lower bound nor 16 bits can be passed unseen. */
  readonly bottom: number;
  /** True when `bottom` lies above a floor so deep that the word ends before it can be passed safely. */
  readonly deep: boolean;
  /** False when no state is calm. */
  readonly possible: boolean;
}

/** Lanes of the quick sweep's 16-bit clamp counts; no event of it may touch more. */
const MOST_QUICK_TAPS = 8 * 32767;

/** From the range of 8-bit weights, not from the layer's own: nothing to search through, and hardly ever a difference. */
export function calmOf(core: CoreProgram): Calm {
  const top = 32767 - 127;
  const deep = core.floor - 128 < -32768;
  return {
    top,
    bottom: deep ? core.floor + 128 : core.floor,
    deep,
    possible:
      core.floor <= 0 && core.fireAt - 1 <= top && core.features * core.kernelY * core.kernelX <= MOST_QUICK_TAPS,
  };
}

function writeCore(place: CorePlace, layout: Layout, view: DataView): void {
  const { program, windows, core, routes } = place;
  const { y, x } = windows;
  const calm = calmOf(program);
  const lanes = (offset: number, value: number): void => {
    for (let i = 0; i < 8; i++) view.setInt16(core + offset + 2 * i, value, true);
  };
  const word = (offset: number, value: number): void => view.setUint32(core + offset, value, true);
  lanes(at.CORE_BELOW_FIRE, program.fireAt - 1);
  lanes(at.CORE_THRESHOLD, program.threshold);
  lanes(at.CORE_KEEP, program.returnToZero ? 0 : -1);
  lanes(at.CORE_FLOOR, program.floor);
  lanes(at.CORE_WATCH, calm.bottom);
  lanes(at.CORE_CALM_TOP, calm.top);
  lanes(at.CORE_ZERO_REACHES, program.zeroSkip ? 0 : -1);
  view.setBigUint64(core + at.CORE_RECIPROCAL, BigInt(Math.ceil(2 ** 40 / program.features)), true);
  word(at.CORE_MEMBRANES, place.membranes);
  word(at.CORE_WEIGHTS, place.weights);
  word(at.CORE_AXIS_Y, place.axisY);
  word(at.CORE_AXIS_X, place.axisX);
  word(at.CORE_WINDOWS, place.counts);
  word(at.CORE_WINDOW_BYTES, 8 * y.windows.length * x.windows.length);
  word(at.CORE_WEIGHT_BYTES, weightsPerFeature(program, windows));
  word(at.CORE_MEMBRANE_ROW, 2 * program.features * program.width);
  word(at.CORE_WEIGHT_ROW, program.features * x.rows);
  word(at.CORE_FEATURES, program.features);
  word(at.CORE_HEIGHT, program.height);
  word(at.CORE_WIDTH, program.width);
  word(at.CORE_DEEP, calm.deep ? 1 : 0);
  word(at.CORE_WRAPS, program.saturate ? 0 : 1);
  word(at.CORE_EMITTED, place.emitted);
  word(at.CORE_WORST, place.worst);
  word(at.CORE_RING, place.ring);
  word(at.CORE_RING_MASK, place.ringEntries - 1);
  word(at.CORE_ROUTES, routes);
  word(at.CORE_ROUTES_END, routes + at.ROUTE_BYTES * program.routes.length);
  word(at.CORE_INDEX, program.index);
  word(at.CORE_MONITOR, program.monitor ? 1 : 0);
  word(at.CORE_DECIMATOR, program.decimator);
  word(at.CORE_LEAK, place.leak);
  const row = program.features * program.width;
  const weightRow = x.rows * program.features;
  const phaseKernel = y.rows * weightRow;
  writeAxis(y, place.axisY, view, {
    membranes: place.membranes,
    membrane: 2 * row,
    weights: place.weights,
    phase: x.phases * phaseKernel,
    weight: weightRow,
    window: 8 * x.windows.length,
    first: 1 << 10,
    size: 1,
    shape: (rows) => (rows <= BLOCK_ROWS ? rows << 4 : NO_SHAPE),
  });
  writeAxis(x, place.axisX, view, {
    membranes: 0,
    membrane: 2 * program.features,
    weights: 0,
    phase: phaseKernel,
    weight: program.features,
    window: 8,
    first: 1,
    size: program.features,
    shape: (columns) => runShape(columns * program.features),
  });
  writePhaseKernels(
    program,
    windows,
    new Int8Array(view.buffer, place.weights, program.inFeatures * weightsPerFeature(program, windows)),
  );
  if (program.leak) {
    for (let i = 0; i < program.features * program.width; i++) {
      view.setInt16(place.leak + 2 * i, program.leak[i % program.features] as number, true);
    }
  }
  writeRoutes(program.routes, routes, layout, view);
}

/** Blocks that as/quick.ts has code of their own for have at most so many rows, each of so many vectors: any, or full ones. */
const BLOCK_ROWS = 3;
const BLOCK_VECTORS = [1, 2, 3, 4, 5, 6, 8, 12, 24];
const MOST_VECTORS_WITH_TAIL = 8;
/** Any `AXIS_SHAPE` outside of these. */
const NO_SHAPE = 1 << 8;

/** The column's part of `AXIS_SHAPE`. */
function runShape(lanes: number): number {
  const vectors = Math.ceil(lanes / 8);
  const index = BLOCK_VECTORS.indexOf(vectors);
  return index < 0 || (vectors > MOST_VECTORS_WITH_TAIL && lanes % 8 !== 0) ? NO_SHAPE : index;
}

/** Where an axis table's addresses begin, and by how much one step along the axis moves them. */
interface Steps {
  readonly membranes: number;
  readonly weights: number;
  /** Bytes of one output row. */
  readonly membrane: number;
  /** Bytes of one phase, of one kernel row, and of one window. */
  readonly phase: number;
  readonly weight: number;
  readonly window: number;
  /** One output row in an address. */
  readonly first: number;
  /** Lanes of a column; 1 for rows. */
  readonly size: number;
  /** This axis' part of `AXIS_SHAPE`. */
  readonly shape: (count: number) => number;
}

function writeAxis(axis: Axis, table: number, view: DataView, steps: Steps): void {
  axis.reach.forEach(({ first, phase, from, window, count }, i) => {
    const word = (offset: number, value: number): void =>
      view.setUint32(table + i * at.AXIS_BYTES + offset, value, true);
    word(at.AXIS_MEMBRANE, steps.membranes + first * steps.membrane);
    word(at.AXIS_WEIGHT, steps.weights + phase * steps.phase + from * steps.weight);
    word(at.AXIS_WINDOW, window * steps.window);
    word(at.AXIS_FIRST, first * steps.first);
    word(at.AXIS_SHAPE, steps.shape(count));
    word(at.AXIS_SIZE, count * steps.size);
    word(at.AXIS_COUNT, count);
  });
}

function writeRoutes(routes: readonly RouteProgram[], table: number, layout: Layout, view: DataView): void {
  routes.forEach((route, i) => {
    const entry = table + i * at.ROUTE_BYTES;
    view.setUint32(entry + at.ROUTE_CORE, (layout.cores[route.index] as CorePlace).core, true);
    view.setUint32(entry + at.ROUTE_SHIFT, route.shift, true);
    view.setUint32(entry + at.ROUTE_FEATURES, route.featureShift << 20, true);
    view.setUint32(entry + at.ROUTE_HEIGHT, route.height, true);
    view.setUint32(entry + at.ROUTE_WIDTH, route.width, true);
  });
}
