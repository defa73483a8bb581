import type { EventStream } from "../../src/events/event-stream.ts";
import type { Conv2dNode, IfNode, LinearNode, Network, Shape } from "../../src/network/types.ts";

interface Stage {
  readonly name: string;
  readonly node: Conv2dNode | LinearNode;
  readonly neuron: IfNode;
  readonly input: Shape;
  readonly output: Shape;
  readonly pool: number;
  readonly membrane: Float64Array;
}

export interface SpikingResult {
  /** Output spikes a feature. */
  readonly counts: readonly number[];
  /** Spikes of each weight node's neurons. */
  readonly spikes: ReadonlyMap<string, number>;
}

/**
 * A chain of (conv or linear) -> IF -> sum pool groups, event by event and depth first, in real numbers: what a network
 * does before anything is quantized. For tests only; written for reading, not for speed.
 */
export function runSpiking(network: Network, events: EventStream): SpikingResult {
  const stages = stagesOf(network);
  const spikes = new Map(stages.map((stage) => [stage.name, 0]));
  const counts = new Array<number>(stages.at(-1)!.output[0]).fill(0);
  const send = (index: number, c: number, y: number, x: number): void => {
    const stage = stages[index];
    if (stage === undefined) {
      counts[c]++;
      return;
    }
    const { node, neuron, input, output, pool, membrane } = stage;
    const [features, height, width] = output;
    const kernel = node.op === "conv2d" ? [node.weightShape[2], node.weightShape[3]] : [input[1], input[2]];
    const stride = node.op === "conv2d" ? node.stride : [1, 1];
    const padding = node.op === "conv2d" ? node.padding : [0, 0];
    for (let oy = 0; oy < height; oy++) {
      const ky = y + padding[0] - oy * stride[0];
      if (ky < 0 || ky >= kernel[0]) continue;
      for (let ox = 0; ox < width; ox++) {
        const kx = x + padding[1] - ox * stride[1];
        if (kx < 0 || kx >= kernel[1]) continue;
        for (let f = 0; f < features; f++) {
          const weight = node.weight[((f * input[0] + c) * kernel[0] + ky) * kernel[1] + kx];
          if (weight === 0) continue;
          const at = (f * height + oy) * width + ox;
          membrane[at] = Math.max(neuron.thresholdLow ?? -neuron.threshold, membrane[at] + neuron.r * weight);
          if (membrane[at] < neuron.threshold) continue;
          membrane[at] = neuron.reset === "zero" ? 0 : membrane[at] - neuron.threshold;
          spikes.set(stage.name, spikes.get(stage.name)! + 1);
          const py = Math.floor(oy / pool);
          const px = Math.floor(ox / pool);
          if (py < Math.floor(height / pool) && px < Math.floor(width / pool)) send(index + 1, f, py, px);
        }
      }
    }
  };
  for (let i = 0; i < events.t.length; i++) send(0, events.p[i], events.y[i], events.x[i]);
  return { counts, spikes };
}

function stagesOf(network: Network): Stage[] {
  const next = new Map(network.edges);
  if (next.size !== network.edges.length) throw new Error("the test loop runs chains only");
  const stages: Stage[] = [];
  let shape: Shape = [0, 0, 0];
  for (let name = [...network.nodes].find(([, node]) => node.op === "input")?.[0]; name !== undefined; ) {
    const node = network.nodes.get(name)!;
    if (node.op === "input") shape = node.shape;
    if (node.op === "conv2d" || node.op === "linear") {
      const neuron = network.nodes.get(next.get(name)!);
      if (neuron?.op !== "if") throw new Error(`${name} has no IF behind it`);
      const after = network.nodes.get(next.get(next.get(name)!)!);
      const pool = after?.op === "sumPool" ? after.kernel[0] : 1;
      const output: Shape = [
        node.weightShape[0],
        ...([1, 2] as const).map((axis) => outputSize(node, shape, axis)),
      ] as unknown as Shape;
      stages.push({
        name,
        node,
        neuron,
        input: shape,
        output,
        pool,
        membrane: new Float64Array(output[0] * output[1] * output[2]),
      });
      shape = [output[0], Math.floor(output[1] / pool), Math.floor(output[2] / pool)];
    }
    name = next.get(name);
  }
  return stages;
}

function outputSize(node: Conv2dNode | LinearNode, shape: Shape, axis: 1 | 2): number {
  if (node.op === "linear") return 1;
  const kernel = node.weightShape[axis + 1];
  return Math.floor((shape[axis] + 2 * node.padding[axis - 1] - kernel) / node.stride[axis - 1]) + 1;
}
