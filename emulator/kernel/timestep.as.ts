// Timestep mode on 128-bit vectors: the same numbers as timestep/reference.ts, bit for bit, with work in proportion to
// spikes. Inputs and touched neurons are found through bit maps, which also puts them into the one order that the
// reference defines [T2]. The host (timestep/simd.ts) lays the structures below out in memory; no memory is allocated
// here. T is i32 or f32.

/** Where spikes come from: the input, or a layer. Lists hold packAddress and a count. */
@unmanaged
class Source {
  address!: usize;
  count!: usize;
  length!: u32;
  routes!: usize;
  routeCount!: u32;
  spare!: u32;
  copies!: f64;
  poolDropped!: f64;
}

/** One destination of a source. Tables hold first (u16) and count (u16) of the pooled rows or columns. */
@unmanaged
class Route {
  layer!: usize;
  rows!: usize;
  columns!: usize;
  featureShift!: u32;
  /** i32 or f32. */
  factor!: u32;
}

@unmanaged
class Layer {
  v!: usize;
  z!: usize;
  /** What z starts from in every step; 0: zeros. */
  base!: usize;
  weights!: usize;
  x!: usize;
  /** One bit an input address, 64 a word. */
  active!: usize;
  activeWords!: u32;
  /** One bit a map position (all its features), 64 a word. */
  touched!: usize;
  touchedWords!: u32;
  /** packAddress of each input address. */
  decode!: usize;
  /** Taps with a weight that is not zero, per input address. */
  nonZero!: usize;
  /** first (u16), count (u16), tap (u16), spare (u16) per input row and column. */
  rows!: usize;
  columns!: usize;
  inFeatures!: u32;
  inWidth!: u32;
  features!: u32;
  width!: u32;
  positions!: u32;
  kernelY!: u32;
  kernelX!: u32;
  single!: u32;
  returnToZero!: u32;
  /** Visit every neuron in the coming step. */
  dense!: u32;
  /** i32 or f32. */
  threshold!: u32;
  floor!: u32;
  vMax!: u32;
  vMin!: u32;
  divisor!: u32;
  /** An input of this size is one spike for NeuroBench: 1, or the integer scale of an average pool. */
  unit!: u32;
  source!: usize;
  spare!: u32;
  load!: f64;
  eventsIn!: f64;
  taps!: f64;
  neuronUpdates!: f64;
  spikes!: f64;
  residues!: f64;
  clamped!: f64;
  effectiveAcs!: f64;
  effectiveMacs!: f64;
}

/** Sizes and places of the structures, so that the host need not guess them. */
export function sizeOfSource(): u32 {
  return offsetof<Source>();
}
export function sizeOfRoute(): u32 {
  return offsetof<Route>();
}
export function sizeOfLayer(): u32 {
  return offsetof<Layer>();
}
export function offsetOfLayerCounters(): u32 {
  return offsetof<Layer>("load");
}
export function heapBase(): usize {
  return __heap_base;
}

function get<T>(field: usize): T {
  return load<T>(field);
}

/** Sends a source's list to all its destinations [T3]. */
function send<T>(source: Source): void {
  for (let r: u32 = 0; r < source.routeCount; r++) {
    sendRoute<T>(source, changetype<Route>(source.routes + r * offsetof<Route>()));
  }
}

function sendRoute<T>(source: Source, route: Route): void {
  const layer = changetype<Layer>(route.layer);
  const factor = get<T>(changetype<usize>(route) + offsetof<Route>("factor"));
  const inWidth = layer.inWidth;
  const inFeatures = layer.inFeatures;
  const features = layer.features;
  let eventsIn: f64 = 0;
  let taps: f64 = 0;
  let updates: f64 = 0;
  let sum: f64 = layer.load;
  for (let i: u32 = 0; i < source.length; i++) {
    const n = load<T>(source.count + (i << 2));
    let events = Math.abs(<f64>n);
    if (isFloat<T>()) {
      if (Math.trunc(events) != events) events = 1;
    }
    const packed = load<u32>(source.address + (i << 2));
    const row = route.rows + (((packed >>> 10) & 1023) << 2);
    const column = route.columns + ((packed & 1023) << 2);
    const firstRow = <u32>load<u16>(row);
    const rowCount = <u32>load<u16>(row, 2);
    const firstColumn = <u32>load<u16>(column);
    const columnCount = <u32>load<u16>(column, 2);
    const hits = rowCount * columnCount;
    if (hits == 0) {
      source.poolDropped += events;
      continue;
    }
    source.copies += events * <f64>hits;
    const amount = <T>(n * factor);
    const feature = (packed >>> 20) + route.featureShift;
    for (let py = firstRow; py < firstRow + rowCount; py++) {
      const tapRows = <u32>load<u16>(layer.rows + (py << 3), 2);
      for (let px = firstColumn; px < firstColumn + columnCount; px++) {
        const at = (py * inWidth + px) * inFeatures + feature;
        const cell = layer.x + (at << 2);
        store<T>(cell, load<T>(cell) + amount);
        const word = layer.active + ((at >> 6) << 3);
        store<u64>(word, load<u64>(word) | ((<u64>1) << (at & 63)));
        sum += Math.abs(<f64>amount);
        eventsIn += events;
        taps += events * <f64>(tapRows * <u32>load<u16>(layer.columns + (px << 3), 2) * features);
        updates += events * <f64>load<u32>(layer.nonZero + (at << 2));
      }
    }
  }
  layer.load = sum;
  layer.eventsIn += eventsIn;
  layer.taps += taps;
  layer.neuronUpdates += updates;
}

/** z += weights * value along one run of memory. */
// @ts-ignore: decorator
@inline
function multiplyAdd<T>(z: usize, weights: usize, value: T, lanes: u32): void {
  const end = z + (lanes << 2);
  const factor = v128.splat<T>(value);
  while (z + 64 <= end) {
    v128.store(z, v128.add<T>(v128.load(z), v128.mul<T>(v128.load(weights), factor)));
    v128.store(z, v128.add<T>(v128.load(z, 16), v128.mul<T>(v128.load(weights, 16), factor)), 16);
    v128.store(z, v128.add<T>(v128.load(z, 32), v128.mul<T>(v128.load(weights, 32), factor)), 32);
    v128.store(z, v128.add<T>(v128.load(z, 48), v128.mul<T>(v128.load(weights, 48), factor)), 48);
    z += 64;
    weights += 64;
  }
  while (z + 16 <= end) {
    v128.store(z, v128.add<T>(v128.load(z), v128.mul<T>(v128.load(weights), factor)));
    z += 16;
    weights += 16;
  }
  while (z < end) {
    store<T>(z, load<T>(z) + load<T>(weights) * value);
    z += 4;
    weights += 4;
  }
}

/** z += weights along one run: a single spike, the common case, needs no product. */
// @ts-ignore: decorator
@inline
function add<T>(z: usize, weights: usize, lanes: u32): void {
  const end = z + (lanes << 2);
  while (z + 64 <= end) {
    v128.store(z, v128.add<T>(v128.load(z), v128.load(weights)));
    v128.store(z, v128.add<T>(v128.load(z, 16), v128.load(weights, 16)), 16);
    v128.store(z, v128.add<T>(v128.load(z, 32), v128.load(weights, 32)), 32);
    v128.store(z, v128.add<T>(v128.load(z, 48), v128.load(weights, 48)), 48);
    z += 64;
    weights += 64;
  }
  while (z + 16 <= end) {
    v128.store(z, v128.add<T>(v128.load(z), v128.load(weights)));
    z += 16;
    weights += 16;
  }
  while (z < end) {
    store<T>(z, load<T>(z) + load<T>(weights));
    z += 4;
    weights += 4;
  }
}

/** Marks map positions [from, from + count). */
// @ts-ignore: decorator
@inline
function mark(touched: usize, from: u32, count: u32): void {
  while (count > 0) {
    const bit = from & 63;
    const here = min<u32>(count, 64 - bit);
    const word = touched + ((from >> 6) << 3);
    store<u64>(word, load<u64>(word) | ((~(<u64>0) >>> (64 - here)) << bit));
    from += here;
    count -= here;
  }
}

/** z += conv(x): inputs ascending by address; x and its bit map are empty again afterwards. */
function convolve<T>(layer: Layer): void {
  const self = changetype<usize>(layer);
  const divisor = get<T>(self + offsetof<Layer>("divisor"));
  const unit = get<T>(self + offsetof<Layer>("unit"));
  const features = layer.features;
  const dense = layer.dense | (layer.base != 0 ? 1 : 0);
  let effective: f64 = 0;
  let graded = false;
  for (let w: u32 = 0; w < layer.activeWords; w++) {
    const word = layer.active + (w << 3);
    let bits = load<u64>(word);
    if (bits == 0) continue;
    store<u64>(word, 0);
    while (bits != 0) {
      const at = (w << 6) + <u32>ctz(bits);
      bits &= bits - 1;
      const cell = layer.x + (at << 2);
      let value = load<T>(cell);
      // Values of opposite sign can cancel: then nothing came.
      if (value == <T>0) continue;
      store<T>(cell, <T>0);
      if (isFloat<T>()) {
        if (divisor != <T>1) value = <T>(value / divisor);
      }
      if (value != unit && value != <T>(-unit)) graded = true;
      effective += <f64>load<u32>(layer.nonZero + (at << 2));
      const packed = load<u32>(layer.decode + (at << 2));
      const row = layer.rows + (((packed >>> 10) & 1023) << 3);
      const column = layer.columns + ((packed & 1023) << 3);
      const columnCount = <u32>load<u16>(column, 2);
      const lanes = columnCount * features;
      let weights =
        layer.weights +
        (((((packed >>> 20) * layer.kernelY + <u32>load<u16>(row, 4)) * layer.kernelX + <u32>load<u16>(column, 4)) *
          features) <<
          2);
      let position = <u32>load<u16>(row) * layer.width + <u32>load<u16>(column);
      const rowCount = <u32>load<u16>(row, 2);
      for (let i: u32 = 0; i < rowCount; i++) {
        const z = layer.z + ((position * features) << 2);
        if (value == <T>1) add<T>(z, weights, lanes);
        else multiplyAdd<T>(z, weights, value, lanes);
        if (!dense) mark(layer.touched, position, columnCount);
        weights += (layer.kernelX * features) << 2;
        position += layer.width;
      }
    }
  }
  layer.load = 0;
  if (graded) layer.effectiveMacs += effective;
  else layer.effectiveAcs += effective;
}

/** One neuron at or above threshold: notes its spikes, returns the membrane after the reset. */
function fire<T>(layer: Layer, value: T, neuron: u32, threshold: T): T {
  let n: T = <T>1;
  if (!layer.single) {
    n = <T>(value / threshold);
    if (isFloat<T>()) n = <T>trunc<T>(n);
  }
  let rest: T = <T>0;
  if (!layer.returnToZero) {
    const taken = <T>(n * threshold);
    rest = <T>(value - taken);
  }
  const position = neuron / layer.features;
  if (rest >= threshold) {
    layer.residues += 1;
    // It may fire again without input, so the next step looks at it.
    mark(layer.touched, position, 1);
  }
  const y = position / layer.width;
  const source = changetype<Source>(layer.source);
  const at = source.length << 2;
  store<u32>(
    source.address + at,
    ((neuron - position * layer.features) << 20) | (y << 10) | (position - y * layer.width),
  );
  store<T>(source.count + at, n);
  source.length++;
  layer.spikes += <f64>n;
  return rest;
}

/** v += z, spikes, reset, lower bound for the map positions [from, from + count). */
function visit<T>(layer: Layer, from: u32, count: u32): void {
  const self = changetype<usize>(layer);
  const threshold = get<T>(self + offsetof<Layer>("threshold"));
  const floor = get<T>(self + offsetof<Layer>("floor"));
  let high = get<T>(self + offsetof<Layer>("vMax"));
  let low = get<T>(self + offsetof<Layer>("vMin"));
  const thresholds = v128.splat<T>(threshold);
  const floors = v128.splat<T>(floor);
  let highs = v128.splat<T>(high);
  let lows = v128.splat<T>(low);
  const base = layer.base;
  let lane = from * layer.features;
  const end = lane + count * layer.features;
  for (; lane + 4 <= end; lane += 4) {
    const offset = lane << 2;
    const v = layer.v + offset;
    const z = layer.z + offset;
    let value = v128.add<T>(v128.load(v), v128.load(z));
    v128.store(z, base ? v128.load(base + offset) : i32x4.splat(0));
    highs = v128.bitselect(value, highs, v128.gt<T>(value, highs));
    lows = v128.bitselect(value, lows, v128.lt<T>(value, lows));
    const fires = v128.bitmask<i32>(v128.ge<T>(value, thresholds));
    if (fires) {
      v128.store(v, value);
      for (let i: u32 = 0; i < 4; i++) {
        if ((fires >> i) & 1) {
          const one = v + (i << 2);
          store<T>(one, fire<T>(layer, load<T>(one), lane + i, threshold));
        }
      }
      value = v128.load(v);
    }
    const below = v128.lt<T>(value, floors);
    const clamped = v128.bitmask<i32>(below);
    if (clamped) {
      layer.clamped += <f64>popcnt(clamped);
      value = v128.bitselect(floors, value, below);
    }
    v128.store(v, value);
  }
  for (; lane < end; lane++) {
    const offset = lane << 2;
    let value = <T>(load<T>(layer.v + offset) + load<T>(layer.z + offset));
    store<i32>(layer.z + offset, base ? load<i32>(base + offset) : 0);
    if (value > high) high = value;
    if (value < low) low = value;
    if (value >= threshold) value = fire<T>(layer, value, lane, threshold);
    if (value < floor) {
      value = floor;
      layer.clamped += 1;
    }
    store<T>(layer.v + offset, value);
  }
  high = max<T>(high, max<T>(max<T>(v128.extract_lane<T>(highs, 0), v128.extract_lane<T>(highs, 1)), max<T>(v128.extract_lane<T>(highs, 2), v128.extract_lane<T>(highs, 3))));
  low = min<T>(low, min<T>(min<T>(v128.extract_lane<T>(lows, 0), v128.extract_lane<T>(lows, 1)), min<T>(v128.extract_lane<T>(lows, 2), v128.extract_lane<T>(lows, 3))));
  store<T>(self + offsetof<Layer>("vMax"), high);
  store<T>(self + offsetof<Layer>("vMin"), low);
}

/** Visits all neurons, or runs of touched positions, ascending. */
function visitLayer<T>(layer: Layer): void {
  changetype<Source>(layer.source).length = 0;
  if (layer.dense || layer.base) {
    memory.fill(layer.touched, 0, layer.touchedWords << 3);
    visit<T>(layer, 0, layer.positions);
    return;
  }
  for (let w: u32 = 0; w < layer.touchedWords; w++) {
    const word = layer.touched + (w << 3);
    let bits = load<u64>(word);
    if (bits == 0) continue;
    store<u64>(word, 0);
    while (bits != 0) {
      const start = ctz(bits);
      // All ones from `start` on wrap to zero below, so ctz gives 64 and the run ends with the word.
      const run = ctz(~(bits >> start));
      visit<T>(layer, (w << 6) + <u32>start, <u32>run);
      if (start + run >= 64) break;
      bits &= ~(<u64>0) << (start + run);
    }
  }
}

/**
 * One step of `count` layers whose structures start at `layers`.
 *
 * @returns -1, or the position of the layer whose integers left the safe range before its step was done
 */
function step<T>(layers: usize, count: u32, largestWeights: usize, limit: f64): i32 {
  for (let i: u32 = 0; i < count; i++) {
    const layer = changetype<Layer>(layers + i * offsetof<Layer>());
    if (isInteger<T>()) {
      if (layer.load * <f64>load<i32>(largestWeights + (i << 2)) > limit) return i;
    }
    convolve<T>(layer);
    visitLayer<T>(layer);
    if (isInteger<T>()) {
      if (<f64>(<i32>layer.vMax) > limit || <f64>(<i32>layer.vMin) < -limit) return i;
    }
    send<T>(changetype<Source>(layer.source));
  }
  return -1;
}

export function sendI32(source: usize): void {
  send<i32>(changetype<Source>(source));
}
export function sendF32(source: usize): void {
  send<f32>(changetype<Source>(source));
}
export function stepI32(layers: usize, count: u32, largestWeights: usize, limit: f64): i32 {
  return step<i32>(layers, count, largestWeights, limit);
}
export function stepF32(layers: usize, count: u32): i32 {
  return step<f32>(layers, count, 0, 0);
}
