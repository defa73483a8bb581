import { closeSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import type { TimingObserver } from "../../emulator/timing/types.ts";
import { PerfettoTrace, VcdTrace } from "../../emulator/trace.ts";
import type { ChipConfig } from "../chip/config.ts";
import { ChipError } from "../errors.ts";
import { checkOutputFile, outputFileError, releaseTemporary, trackTemporary } from "../formats/atomic-file.ts";

export interface TraceFile {
  readonly observer: TimingObserver;
  /** Completes the file under its name. */
  commit(): Promise<void>;
  /** Removes what was not committed. */
  close(): Promise<void>;
}

/** A trace that is written while the run goes on: `.json` for Perfetto, `.vcd` for GTKWave and Surfer. */
export async function openTraceFile(file: string, config: ChipConfig, force: boolean): Promise<TraceFile> {
  const kind = /\.(json|vcd)$/i.exec(file)?.[1]?.toLowerCase();
  if (kind === undefined) {
    throw new ChipError(
      "E_OPTION",
      `--trace ${file}: the ending says the kind; use .json (Perfetto) or .vcd (GTKWave, Surfer).`,
    );
  }
  await checkOutputFile(file, { force });
  const temporary = `${file}.${process.pid}.tmp`;
  const orExplain = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw outputFileError(file, error);
    }
  };
  const descriptor = orExplain(() => openSync(temporary, "wx"));
  trackTemporary(temporary);
  const sink = (text: string): void => {
    orExplain(() => writeSync(descriptor, text));
  };
  const trace = kind === "vcd" ? new VcdTrace(config.cores, sink) : new PerfettoTrace(config.cores, sink);
  let open = true;
  /** Nothing is left to remove after a rename. */
  const remove = (): void => {
    rmSync(temporary, { force: true });
    releaseTemporary(temporary);
  };
  return {
    observer: trace,
    async commit() {
      trace.finish();
      closeSync(descriptor);
      open = false;
      try {
        orExplain(() => renameSync(temporary, file));
      } finally {
        remove();
      }
    },
    async close() {
      if (!open) return;
      open = false;
      closeSync(descriptor);
      remove();
    },
  };
}
