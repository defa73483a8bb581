import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { Worker } from "node:worker_threads";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EmulatedChip } from "../../emulator/emulated-chip.ts";
import type { RunResult } from "../../src/chip/chip.ts";
import type { ChipConfig } from "../../src/chip/config.ts";
import { loadDevice } from "../../src/device/catalogue.ts";
import { Random } from "../../src/random.ts";
import { eventsOf, tinyConfig, tinyCore } from "../support/tiny-chip.ts";

// The emulator without Node: built as for a release, with no Node types in sight, then loaded as an ES module by a bare
// worker and by a browser. Both must give what this process gives.

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));
const CHROMIUM = process.env.SPIKEWRIGHT_CHROMIUM ?? "/usr/bin/chromium";
const KERNELS = ["reference", "auto"] as const;

/** A two-layer network with a filter and a readout, as JSON: typed arrays as `{typed, values}`. */
const random = new Random(11);
const config: ChipConfig = (() => {
  const weights = (length: number) => Int8Array.from({ length }, () => random.integer(-3, 5));
  const chip = tinyConfig(
    [
      tinyCore({
        inputShape: [2, 16, 16],
        outputShape: [9, 16, 16],
        kernelSize: [3, 3],
        padding: [1, 1],
        weights: weights(9 * 2 * 9),
        leak: Int16Array.from({ length: 9 }, () => random.integer(-2, 1)),
        thresholdHigh: 9,
        thresholdLow: -9,
        destinations: [{ core: 5, pooling: 2, featureShift: 0 }],
      }),
      tinyCore({
        core: 5,
        inputShape: [9, 8, 8],
        outputShape: [10, 1, 1],
        kernelSize: [8, 8],
        weights: weights(10 * 9 * 64),
        thresholdHigh: 40,
        thresholdLow: -40,
      }),
    ],
    { slowClock: { source: "external", periodUs: 1000 } },
  );
  return {
    ...chip,
    input: { ...chip.input, filter: { mode: "noise", size: [5, 5], threshold: 1 } },
    readout: {
      core: 5,
      classes: 3,
      layout: "1x1y16f",
      average: 16,
      threshold: 0,
      overrideThresholdMax: true,
      outputMode: "max",
    },
  };
})();
const rows = Array.from(
  { length: 3000 },
  (_, i) => [i * 7, random.below(2), random.below(16), random.below(16)] as const,
);

const device = await loadDevice("speck2f");
let folder = "";

/** What of a result must be equal everywhere. */
function essence({ events, perCore, input, readout }: RunResult): string {
  const rows = events
    ? Array.from(events.t, (t, i) => [t, events.core[i], events.feature[i], events.y[i], events.x[i]])
    : [];
  return JSON.stringify({ rows, perCore, input, readout });
}

function asJson(): string {
  return JSON.stringify({ device, config, rows }, (_, value) =>
    ArrayBuffer.isView(value)
      ? { typed: value.constructor.name, values: Array.from(value as Int8Array) }
      : (value as unknown),
  );
}

/** Runs in the browser and in the worker: no Node. */
const CLIENT = `
export async function answer(EmulatedChip, text, kernels) {
  const revive = (_, value) => value?.typed ? globalThis[value.typed].from(value.values) : value;
  const { device, config, rows } = JSON.parse(text, revive);
  const column = (i, type) => type.from(rows, (row) => row[i]);
  const events = {
    t: column(0, Float64Array), p: column(1, Uint16Array), y: column(2, Uint16Array), x: column(3, Uint16Array), originUs: 0,
  };
  const results = [];
  for (const kernel of kernels) {
    const chip = new EmulatedChip(device, { kernel });
    await chip.configure(config);
    const { events: out, perCore, input, readout, kernel: used } = await chip.run(events);
    const seen = Array.from(out.t, (t, i) => [t, out.core[i], out.feature[i], out.y[i], out.x[i]]);
    results.push({ used, text: JSON.stringify({ rows: seen, perCore, input, readout }) });
  }
  return results;
}
`;

const PAGE = `<!doctype html><meta charset="utf-8"><pre id="result">loading</pre><script type="module">
const show = (what) => { document.getElementById("result").textContent = JSON.stringify(what); };
try {
  const { EmulatedChip } = await import("/emulator/index.js");
  const { answer } = await import("/client.js");
  const text = await (await fetch("/case.json")).text();
  const node = ["process", "Buffer", "require"].filter((name) => name in globalThis);
  show({ node, results: await answer(EmulatedChip, text, ${JSON.stringify(KERNELS)}) });
} catch (error) {
  show({ error: String(error?.stack ?? error) });
}
</script>`;

/** Takes away what Node adds to a worker before the emulator is loaded. */
const WORKER = `
import { parentPort, workerData } from "node:worker_threads";
const { answer } = await import(workerData.client);
for (const name of ["process", "Buffer", "setImmediate", "clearImmediate", "global"]) delete globalThis[name];
const node = ["process", "Buffer", "require"].filter((name) => name in globalThis);
const { EmulatedChip } = await import(workerData.emulator);
parentPort.postMessage({ node, results: await answer(EmulatedChip, workerData.text, workerData.kernels) });
`;

interface Answer {
  readonly error?: string;
  readonly node: readonly string[];
  readonly results: readonly { readonly used: string; readonly text: string }[];
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "spikewright-browser-"));
  const project = join(folder, "tsconfig.json");
  const options = {
    extends: join(root, "tsconfig.build.json"),
    compilerOptions: {
      rootDir: root,
      outDir: folder,
      types: [],
      sourceMap: false,
      inlineSources: false,
      declaration: false,
    },
    files: [join(root, "emulator/index.ts")],
    include: [],
  };
  await writeFile(project, JSON.stringify(options));
  await run(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", project]);
  // Browsers know modules by their content type, Node by this file.
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
  await writeFile(join(folder, "client.js"), CLIENT);
  await writeFile(join(folder, "worker.mjs"), WORKER);
  await writeFile(join(folder, "index.html"), PAGE);
  await writeFile(join(folder, "case.json"), asJson());
}, 120_000);

afterAll(async () => {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

async function expectSameAsHere(answer: Answer): Promise<void> {
  expect(answer.error).toBeUndefined();
  expect(answer.node).toEqual([]);
  const chip = new EmulatedChip(device, { kernel: "reference" });
  await chip.configure(config);
  const here = await chip.run(eventsOf(rows));
  expect(here.perCore[1]?.spikes).toBeGreaterThan(0);
  for (const { text } of answer.results) expect(text).toBe(essence(here));
  expect(answer.results.map(({ used }) => used)).toEqual(["reference", "simd"]);
}

describe("the emulator without Node", () => {
  it("runs in a bare worker", async () => {
    const worker = new Worker(pathToFileURL(join(folder, "worker.mjs")), {
      workerData: {
        client: pathToFileURL(join(folder, "client.js")).href,
        emulator: pathToFileURL(join(folder, "emulator/index.js")).href,
        text: asJson(),
        kernels: KERNELS,
      },
    });
    try {
      const answer = await new Promise<Answer>((resolve, reject) => {
        worker.once("message", resolve);
        worker.once("error", reject);
      });
      await expectSameAsHere(answer);
    } finally {
      await worker.terminate();
    }
  });

  it.skipIf(!existsSync(CHROMIUM))(
    "runs in headless Chromium",
    async () => {
      const server = await serve(folder);
      const profile = await mkdtemp(join(tmpdir(), "spikewright-chromium-"));
      try {
        const { port } = server.address() as AddressInfo;
        await expectSameAsHere(await browse(`http://127.0.0.1:${port}/`, profile));
      } finally {
        server.close();
        server.closeAllConnections();
        await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
      }
    },
    120_000,
  );
});

/** The page after its script has run. */
async function browse(url: string, profile: string): Promise<Answer> {
  const flags = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    `--user-data-dir=${profile}`,
    "--virtual-time-budget=60000",
    "--dump-dom",
  ];
  const { stdout } = await run(CHROMIUM, [...flags, url], { maxBuffer: 1 << 28, timeout: 100_000 });
  const shown = /<pre id="result">([\s\S]*?)<\/pre>/.exec(stdout)?.[1];
  if (shown === undefined) throw new Error(`no result in the page: ${stdout.slice(0, 500)}`);
  return JSON.parse(shown.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&")) as Answer;
}

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
};

function serve(directory: string): Promise<Server> {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? "/", "http://host").pathname);
    const file = path === "/" ? "/index.html" : path;
    readFile(join(directory, file)).then(
      (body) => response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "text/plain" }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}
