import type { Progress } from "../log.ts";

const REDRAW_MS = 100;

export interface ProgressBar {
  /** The first call says where the job begins: what was done before (a resumed job) counts for no rate. */
  readonly update: Progress;
  /** A line that stays, above the bar. */
  note(text: string): void;
  /** Clears the line. */
  end(): void;
}

/** A line on stderr with count, rate and time left; nothing where stderr is no terminal or the user asked for quiet. */
export function createProgress(label: string, enabled: boolean): ProgressBar {
  if (!enabled || process.stderr.isTTY !== true) return { update: () => {}, note: () => {}, end: () => {} };
  const start = performance.now();
  let drawn = Number.NEGATIVE_INFINITY;
  let before: number | undefined;
  const clear = (): void => {
    if (drawn !== Number.NEGATIVE_INFINITY) process.stderr.write("\r\u001b[K");
  };
  return {
    update(done, total) {
      before ??= done;
      const now = performance.now();
      if (now - drawn < REDRAW_MS && done !== total) return;
      drawn = now;
      process.stderr.write(`\r\u001b[K${progressLine(label, done, total, (now - start) / 1000, before)}`);
    },
    note(text) {
      clear();
      process.stderr.write(`${text}\n`);
    },
    end: clear,
  };
}

/**
 * `evaluate  120/850  14%  95/s  8 s left`.
 *
 * @param before what was done before the seconds began
 */
export function progressLine(
  label: string,
  done: number,
  total: number | undefined,
  seconds: number,
  before = 0,
): string {
  const rate = seconds > 0 ? (done - before) / seconds : 0;
  const parts = [label, total === undefined ? `${done}` : `${done}/${total}`];
  if (total !== undefined && total > 0) parts.push(`${Math.floor((100 * done) / total)}%`);
  parts.push(`${rate >= 100 ? Math.round(rate) : rate.toFixed(1)}/s`);
  if (total !== undefined && rate > 0) parts.push(`${Math.ceil((total - done) / rate)} s left`);
  return parts.join("  ");
}
