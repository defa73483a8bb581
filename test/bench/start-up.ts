// Run in a process of its own by `main.ts`: how long a chip takes from its file to the first event, cold.
import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { EmulatedChip } from "../../emulator/emulated-chip.ts";
import { loadDevice } from "../../src/device/catalogue.ts";
import { decodeChip } from "../../src/wire/chip-codec.ts";

const [file] = process.argv.slice(2);
if (file === undefined) throw new TypeError("give the chip file");
const device = await loadDevice("virtual");
const start = performance.now();
const config = decodeChip(readFileSync(file), file);
const decoded = performance.now();
await new EmulatedChip(device).configure(config);
const ready = performance.now();
process.stdout.write(JSON.stringify({ decodeMs: decoded - start, engineMs: ready - decoded }));
