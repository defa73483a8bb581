import { afterAll, beforeAll, beforeEach, describe } from "vitest";
import { ChipError } from "../errors.ts";
import { type ChipBench, type OpenChipOptions, openChip } from "./open-chip.ts";

export interface DescribeOptions extends OpenChipOptions {
  /** How long opening and deploying may take, milliseconds; default 30,000. */
  readonly timeoutMs?: number;
}

/**
 * `describe` around a chip: opened and configured before the tests, reset before each of them, closed after them.
 *
 * On a board that cannot carry the configuration (E_UNSUPPORTED, E_DEVICE_MISMATCH) the tests are skipped, with its reason.
 *
 * @param body the tests; its argument may be used inside of them only
 */
export function describeChip(name: string, options: DescribeOptions, body: (bench: ChipBench) => void): void {
  const port = options.port ?? process.env.SPIKEWRIGHT_PORT ?? "emulator:";
  const { timeoutMs = 30_000 } = options;
  describe(`${name} on ${port}`, () => {
    let bench: ChipBench | undefined;
    let unable: string | undefined;

    beforeAll(async () => {
      try {
        bench = await openChip(options);
      } catch (error) {
        if (!(error instanceof ChipError && ["E_UNSUPPORTED", "E_DEVICE_MISMATCH"].includes(error.code))) throw error;
        unable = error.message;
      }
    }, timeoutMs);

    beforeEach(async (context) => {
      if (unable !== undefined) context.skip(unable);
      await bench?.chip.reset();
    });

    afterAll(async () => {
      await bench?.[Symbol.asyncDispose]();
    }, timeoutMs);

    body(
      later(() => {
        if (bench) return bench;
        throw new TypeError("the chip is only there inside of tests and hooks");
      }),
    );
  });
}

/** Stands for a bench that is made later. */
function later(get: () => ChipBench): ChipBench {
  return new Proxy({} as ChipBench, { get: (_, key) => Reflect.get(get(), key) });
}
