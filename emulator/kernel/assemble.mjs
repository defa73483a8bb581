// What both kernel builds (this folder's and the trainer's) share: AssemblyScript to bytes, and a stamp over the sources
// that tells whether what was generated before still holds.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

const FLAGS = ["--optimizeLevel", "3", "--shrinkLevel", "0", "--converge", "--noAssert", "--runtime", "stub"];

/** A comment line that changes with any of the files. */
export function sourcesStamp(files) {
  const hash = createHash("sha256").update(readFileSync(new URL(import.meta.url)));
  for (const file of [...files].sort()) hash.update(basename(file)).update(readFileSync(file));
  return `// Sources: sha256 ${hash.digest("hex")}\n`;
}

/** Every AssemblyScript file directly in a folder. */
export function filesIn(folder, ending = ".ts") {
  return readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name));
}

/** True when a generated file carries the stamp. */
export function isFresh(generated, stamp) {
  return existsSync(generated) && readFileSync(generated, "utf8").includes(stamp);
}

/** The bytes of one module; the compiler's messages and exit code 1 where a source is wrong. */
export async function assemble(source, features, more = []) {
  // Loaded only where something is stale: it takes most of a second.
  const { default: asc } = await import("assemblyscript/asc");
  const wasm = join(tmpdir(), `spikewright-${process.pid}.wasm`);
  const enable = features.flatMap((feature) => ["--enable", feature]);
  const { error, stderr } = await asc.main([source, "--outFile", wasm, ...FLAGS, ...more, ...enable]);
  if (error) {
    process.stderr.write(stderr.toString());
    process.exit(1);
  }
  const bytes = readFileSync(wasm);
  rmSync(wasm);
  return bytes;
}
