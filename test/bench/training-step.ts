// One trainer in a process of its own, for `npm run bench`: `training-step.js RECIPE BATCH KERNELS WORKERS`.
// Says "ready", then runs as many steps as each line of standard input says and prints the seconds that they took.
import { createInterface } from "node:readline";
import { Random } from "../../src/random.ts";
import { openCrew } from "../../src/trainer/crew.ts";
import { uninstallKernels } from "../../src/trainer/kernels/install.ts";
import { loadRecipe } from "../../src/trainer/load-recipe.ts";
import type { StepPlan } from "../../src/trainer/replica.ts";

const [recipe, batchText, kernels, workers] = process.argv.slice(2) as [string, string, string, string];
const batch = Number(batchText);
const { network } = await loadRecipe(recipe);
const crew = await openCrew(network, {
  backend: "wasm",
  workers: Number(workers),
  batch,
  seed: 1,
  weightDecay: 0,
  relaxed: kernels !== "simd",
});
if (kernels === "stock") uninstallKernels();

const random = new Random(1);
const size = network.input.reduce((a, b) => a * b);
const samples = crew.room(batch);
for (let i = 0; i < batch * size; i++) samples.x[i] = random.below(3);
for (let i = 0; i < batch; i++) samples.labels[i] = i % 10;
const plan: StepPlan = {
  learningRate: 1e-5,
  seed: 1,
  quantizeActivations: true,
  quantizeWeights: false,
  synOps: { loss: { target: 1e6, weight: 1e-6 }, weighting: "fanOut" },
};

process.stdout.write("ready\n");
for await (const line of createInterface({ input: process.stdin })) {
  const cpu = process.cpuUsage();
  const start = performance.now();
  for (let i = 0; i < Number(line); i++) await crew.step(samples, plan);
  const { user, system } = process.cpuUsage(cpu);
  const result = { processor: (user + system) / 1e6, wall: (performance.now() - start) / 1e3 };
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
await crew.close();
