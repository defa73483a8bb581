// npm run golden -- DIR: runs every golden case through the emulator's timestep mode and compares every number.
import { ChipError, messageOf } from "../../src/errors.ts";
import { readCases } from "./case.ts";
import { differences, PATHS } from "./check.ts";

function main(args: readonly string[]): number {
  const [folder] = args;
  if (folder === undefined || args.length > 1) {
    process.stderr.write("usage: npm run golden -- DIR (a folder with cases of the format snn-golden-1)\n");
    return 2;
  }
  const cases = readCases(folder);
  const width = Math.max(...cases.map((golden) => golden.name.length));
  const ways = Math.max(...PATHS.map((path) => path.name.length));
  let different = 0;
  for (const golden of cases) {
    const spikes = golden.spike_counts.reduce((sum, count) => sum + count, 0);
    const synops = golden.synops.reduce((sum, count) => sum + count, 0);
    for (const path of PATHS) {
      const found = differences(golden, path);
      const size = `${golden.layers.length} layers ${String(spikes).padStart(6)} spikes ${String(synops).padStart(8)} synops`;
      const verdict = found.length === 0 ? "exact" : "DIFFERENT";
      process.stdout.write(`${golden.name.padEnd(width)}  ${path.name.padEnd(ways)}  ${size}  ${verdict}\n`);
      for (const difference of found) process.stdout.write(`  ${difference}\n`);
      if (found.length > 0) different++;
    }
  }
  const runs = cases.length * PATHS.length;
  process.stdout.write(`${cases.length} cases, ${runs} runs, ${runs - different} exact, ${different} different\n`);
  return different === 0 ? 0 : 1;
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof ChipError)) throw error;
  process.stderr.write(`${messageOf(error)} [${error.code}]\n`);
  process.exitCode = 1;
}
