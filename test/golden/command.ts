import { ChipError, messageOf } from "../../src/errors.ts";
import { type GoldenCase, readCases } from "./case.ts";
import { differences, PATHS } from "./check.ts";

const USAGE = "usage: npm run golden -- DIR (a folder with cases of the format snn-golden-1)\n";

/**
 * Runs every golden case of a folder through every path of timestep mode and prints a table.
 *
 * @returns the exit status: 0 all exact, 1 a difference or an unreadable case, 2 wrong usage
 */
export function goldenCommand(
  args: readonly string[],
  out: (text: string) => void,
  err: (text: string) => void,
): number {
  if (args.length !== 1) {
    err(USAGE);
    return 2;
  }
  try {
    return runCases(readCases(args[0]), out);
  } catch (error) {
    if (!(error instanceof ChipError)) throw error;
    err(`${messageOf(error)} [${error.code}]\n`);
    return 1;
  }
}

function runCases(cases: readonly GoldenCase[], out: (text: string) => void): number {
  const width = Math.max(...cases.map((golden) => golden.name.length));
  const ways = Math.max(...PATHS.map((path) => path.name.length));
  let different = 0;
  for (const golden of cases) {
    const spikes = sum(golden.spike_counts).toLocaleString("en-US").padStart(7);
    const synops = sum(golden.synops).toLocaleString("en-US").padStart(9);
    for (const path of PATHS) {
      const found = differences(golden, path);
      if (found.length > 0) different++;
      const verdict = found.length === 0 ? "exact" : "DIFFERENT";
      out(`${golden.name.padEnd(width)}  ${path.name.padEnd(ways)}  ${golden.layers.length} layers`);
      out(`  ${spikes} spikes  ${synops} synops  ${verdict}\n`);
      for (const difference of found) out(`  ${difference}\n`);
    }
  }
  const runs = cases.length * PATHS.length;
  out(`${cases.length} cases, ${runs} runs, ${runs - different} exact, ${different} different\n`);
  return different === 0 ? 0 : 1;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
