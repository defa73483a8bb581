import type { TimingObserver } from "./timing/types.ts";

/** Takes the trace piece by piece; pieces put together are the file. */
export type TraceSink = (text: string) => void;

/** What a trace shows of a core; in the order of the configuration. */
export interface TracedCore {
  readonly core: number;
  readonly layer: string;
}

/** A tracer watches one timed run and is finished after it. */
export interface Trace extends TimingObserver {
  /** Completes the file. */
  finish(): void;
}

/** Text is handed on in pieces of about this many characters. */
const PIECE = 1 << 16;

/** Gathers small strings into pieces for the sink. */
class Writer {
  readonly #sink: TraceSink;
  #text = "";

  constructor(sink: TraceSink) {
    this.#sink = sink;
  }

  write(text: string): void {
    this.#text += text;
    if (this.#text.length >= PIECE) this.flush();
  }

  flush(): void {
    if (this.#text !== "") this.#sink(this.#text);
    this.#text = "";
  }
}

/**
 * Trace in Chrome's JSON format, which Perfetto (ui.perfetto.dev) shows: one track a core with its sweeps and leak ticks
 * as slices, stalls as slices inside them, spikes and drops as instants, and a counter for its queue. Times are those
 * of the chip, in microseconds with all picoseconds.
 */
export class PerfettoTrace implements Trace {
  readonly #cores: readonly TracedCore[];
  readonly #out: Writer;
  #first = true;

  constructor(cores: readonly TracedCore[], sink: TraceSink) {
    this.#cores = cores;
    this.#out = new Writer(sink);
    this.#out.write('{"displayTimeUnit":"ns","traceEvents":[\n');
    this.#event({ ph: "M", name: "process_name", pid: 1, args: { name: "chip" } });
    for (const { core, layer } of cores) {
      this.#event({ ph: "M", name: "thread_name", pid: 1, tid: core, args: { name: `core ${core}: ${layer}` } });
      this.#event({ ph: "M", name: "thread_sort_index", pid: 1, tid: core, args: { sort_index: core } });
    }
  }

  begin(core: number, timePs: number, address: number | null): void {
    if (address === null) this.#at(core, timePs, { ph: "B", name: "leak tick" });
    else this.#at(core, timePs, { ph: "B", name: "sweep", args: addressArgs(address) });
  }

  end(core: number, timePs: number): void {
    this.#at(core, timePs, { ph: "E" });
  }

  stall(core: number, timePs: number, on: boolean): void {
    this.#at(core, timePs, on ? { ph: "B", name: "stall" } : { ph: "E" });
  }

  send(core: number, timePs: number, address: number, to: number | null): void {
    const name = to === null ? "to monitor" : `to core ${this.#core(to).core}`;
    this.#at(core, timePs, { ph: "i", s: "t", name, args: addressArgs(address) });
  }

  queue(core: number, timePs: number, length: number): void {
    const name = `queue of core ${this.#core(core).core}`;
    this.#event({ ph: "C", name, pid: 1, ts: timePs / 1e6, args: { events: length } });
  }

  drop(core: number, timePs: number, address: number): void {
    this.#at(core, timePs, { ph: "i", s: "t", name: "dropped", args: addressArgs(address) });
  }

  finish(): void {
    this.#out.write("\n]}\n");
    this.#out.flush();
  }

  #core(index: number): TracedCore {
    return this.#cores[index] as TracedCore;
  }

  #at(core: number, timePs: number, event: object): void {
    this.#event({ ...event, pid: 1, tid: this.#core(core).core, ts: timePs / 1e6 });
  }

  #event(event: object): void {
    this.#out.write(`${this.#first ? "" : ",\n"}${JSON.stringify(event)}`);
    this.#first = false;
  }
}

function addressArgs(address: number): object {
  return { feature: address >>> 20, y: (address >>> 10) & 1023, x: address & 1023 };
}

/** Bits of the queue's variable in a VCD file. */
const QUEUE_BITS = 16;

/**
 * Trace as a value change dump (IEEE 1364), for GTKWave and Surfer, in picoseconds: busy, stall and queue length of each
 * core.
 */
export class VcdTrace implements Trace {
  readonly #out: Writer;
  #now = 0;

  constructor(cores: readonly TracedCore[], sink: TraceSink) {
    this.#out = new Writer(sink);
    this.#out.write("$version Spikewright $end\n$timescale 1 ps $end\n$scope module chip $end\n");
    cores.forEach(({ core, layer }, i) => {
      this.#out.write(`$scope module core${core}_${layer.replace(/[^A-Za-z0-9_]/g, "_")} $end\n`);
      this.#out.write(`$var wire 1 b${i} busy $end\n$var wire 1 s${i} stall $end\n`);
      this.#out.write(`$var wire ${QUEUE_BITS} q${i} queue $end\n$upscope $end\n`);
    });
    this.#out.write("$upscope $end\n$enddefinitions $end\n#0\n$dumpvars\n");
    cores.forEach((_, i) => {
      this.#out.write(`0b${i}\n0s${i}\nb0 q${i}\n`);
    });
    this.#out.write("$end\n");
  }

  begin(core: number, timePs: number): void {
    this.#change(timePs, `1b${core}\n`);
  }

  end(core: number, timePs: number): void {
    this.#change(timePs, `0b${core}\n`);
  }

  stall(core: number, timePs: number, on: boolean): void {
    this.#change(timePs, `${on ? 1 : 0}s${core}\n`);
  }

  queue(core: number, timePs: number, length: number): void {
    this.#change(timePs, `b${length.toString(2)} q${core}\n`);
  }

  finish(): void {
    this.#out.flush();
  }

  #change(timePs: number, text: string): void {
    this.#out.write(timePs === this.#now ? text : `#${timePs}\n${text}`);
    this.#now = timePs;
  }
}
