import type { Progress } from "../log.ts";

const REDRAW_MS = 100;

export interface ProgressBar {
  readonly update: Progress;
  /** Clears the line. */
  end(): void;
}

/** A line on stderr with count, rate and time left; nothing where stderr is no terminal or the user asked for quiet. */
export function createProgress(label: string, enabled: boolean): ProgressBar {
  if (!enabled || process.stderr.isTTY !== true) return { update: () => {}, end: () => {} };
  const start = performance.now();
  let drawn = Number.NEGATIVE_INFINITY;
  return {
    update(done, total) {
      const now = performance.now();
      if (now - drawn < REDRAW_MS && done !== total) return;
      drawn = now;
      process.stderr.write(`\r\u001b[K${progressLine(label, done, total, (now - start) / 1000)}`);
    },
    end() {
      if (drawn !== Number.NEGATIVE_INFINITY) process.stderr.write("\r\u001b[K");
    },
  };
}

/** `evaluate  120/850  14%  95/s  8 s left`. */
export function progressLine(label: string, done: number, total: number | undefined, seconds: number): string {
  const rate = seconds > 0 ? done / seconds : 0;
  const parts = [label, total === undefined ? `${done}` : `${done}/${total}`];
  if (total !== undefined && total > 0) parts.push(`${Math.floor((100 * done) / total)}%`);
  parts.push(`${rate >= 100 ? Math.round(rate) : rate.toFixed(1)}/s`);
  if (total !== undefined && rate > 0) parts.push(`${Math.ceil((total - done) / rate)} s left`);
  return parts.join("  ");
}
