import { describe, expect, it } from "vitest";
import { validateConfig } from "../../../src/chip/validate.ts";
import { loadDevice } from "../../../src/device/catalogue.ts";
import type { MapOptions } from "../../../src/mapper/map-network.ts";
import { mapNetwork } from "../../../src/mapper/map-network.ts";
import type { Misfit, NoPlacement } from "../../../src/mapper/no-placement.ts";
import { OBJECTIVES } from "../../../src/mapper/place.ts";
import type { NetworkNode } from "../../../src/network/types.ts";
import { chain, conv, graph, linear, pool, spike } from "../../support/build-network.ts";
import { dataRoot } from "../../support/data.ts";
import { gestureNetwork } from "../../support/gesture-network.ts";
import { nmnistNetwork } from "../../support/nmnist-network.ts";
import { cifarNet, largeNet, leNet, mnistDvsNet } from "../../support/published-networks.ts";
import { smallDevice } from "../../support/small-device.ts";
import { thrown } from "../../support/thrown.ts";

const speck = await loadDevice("speck2f");
const input = (features: number, size: number): NetworkNode => ({ op: "input", shape: [features, size, size] });

function refusal(network: Parameters<typeof mapNetwork>[0], device = speck, options: MapOptions = {}) {
  const error = thrown(() => mapNetwork(network, device, options));
  expect(error.code).toBe("E_NO_PLACEMENT");
  expect(Object.keys(error.details).sort()).toEqual(["conflict", "devices", "misfits", "remedies", "split"]);
  expect(error.message).not.toContain("\n");
  return { message: error.message, ...(error.details as unknown as NoPlacement) };
}

describe("mapNetwork", () => {
  it("fills all nine cores with the large net, best for load and proven", () => {
    const { layers, placement, config } = mapNetwork(largeNet().network, speck);
    expect(layers.map(({ core }) => core).sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(placement.optimal).toBe(true);
    expect(config.cores.map(({ layer }) => layer)).toEqual(layers.map(({ name }) => name));
    expect(validateConfig(config, speck)).toEqual([]);
  });

  it("maps the MNIST-DVS net; layers that fit share nothing", () => {
    const { layers } = mapNetwork(mnistDvsNet().network, speck);
    expect(new Set(layers.map(({ core }) => core)).size).toBe(4);
    expect(layers.map(({ kernelWords }) => kernelWords.need)).toEqual([128, 2048, 3072, 12_288]);
    for (const { kernelWords, neuronWords, leakWords } of layers) {
      for (const { need, have } of [kernelWords, neuronWords, leakWords]) expect(need).toBeLessThanOrEqual(have);
    }
  });

  it("maps LeNet", () => {
    const { layers, config } = mapNetwork(leNet().network, speck);
    expect(new Set(layers.map(({ core }) => core)).size).toBe(5);
    expect(config.input).toMatchObject({ shape: [1, 28, 28], merge: true, onChannel: true, offChannel: true });
  });

  it("puts the hottest layers on the parallel cores", () => {
    const net = chain(
      [1, 16, 16],
      [
        ["a", conv(1, 2, 1)],
        ["ia", spike()],
        ["b", conv(2, 16, 5)],
        ["ib", spike()],
        ["c", conv(16, 12, 3)],
        ["ic", spike()],
      ],
    );
    const { layers } = mapNetwork(net, speck);
    expect(layers.map(({ core }) => core <= 1)).toEqual([false, true, true]);
  });

  it("follows measured activity instead of its estimate when given", () => {
    const net = chain(
      [1, 16, 16],
      [
        ["a", conv(1, 2, 1)],
        ["ia", spike()],
        ["b", conv(2, 2, 3)],
        ["ib", spike()],
        ["c", conv(2, 2, 3)],
        ["ic", spike()],
      ],
    );
    const quiet = new Map([
      ["a", 0.001],
      ["b", 50],
    ]);
    expect(mapNetwork(net, speck, { spikes: quiet }).layers[2].core).toBeLessThanOrEqual(1);
  });

  it("gives small cores to small layers under objective cores", () => {
    const { layers } = mapNetwork(mnistDvsNet().network, speck, { objective: "cores" });
    expect(layers.map(({ core }) => core).sort()).toEqual([3, 4, 7, 8]);
    expect(layers[0].core).toBeLessThanOrEqual(4);
  });

  it("proves latency for chains and claims nothing for branches", () => {
    expect(mapNetwork(mnistDvsNet().network, speck, { objective: "latency" }).placement.optimal).toBe(true);
    const nodes = {
      input: input(1, 4),
      a: conv(1, 1, 1),
      i: spike(),
      b: conv(1, 1, 1),
      j: spike(),
      o: { op: "output" } as NetworkNode,
      p: { op: "output" } as NetworkNode,
    };
    const branched = graph(nodes, ["input>a", "a>i", "input>b", "b>j", "i>o", "j>p"]);
    const { placement, config } = mapNetwork(branched, speck, { objective: "latency" });
    expect(placement.optimal).toBe(false);
    expect(config.outputs).toHaveLength(2);
  });

  it("writes the same configuration every time, under every objective", () => {
    for (const objective of OBJECTIVES) {
      const [a, b] = [1, 2].map(() => mapNetwork(leNet().network, speck, { objective, seed: 5 }).config);
      expect(JSON.stringify(a)).toBe(JSON.stringify(b));
      expect(a.provenance).toMatchObject({ objective, seed: 5, quantizeRule: "default" });
    }
  });

  it("sends polarities apart to two features and warns above two", () => {
    const wide = (features: number) =>
      chain(
        [features, 4, 4],
        [
          ["c", conv(features, 1, 1)],
          ["i", spike()],
        ],
      );
    expect(mapNetwork(wide(2), speck).config.input).toMatchObject({ merge: false, onChannel: true, offChannel: true });
    const { warnings, config } = mapNetwork(wide(3), speck);
    expect(warnings.join()).toContain("The input has 3 features");
    expect(config.provenance.warnings).toEqual(warnings);
  });

  it("writes pools, branches and shifts into destinations", () => {
    const nodes = {
      input: input(2, 8),
      p: pool("sumPool", 2),
      a: conv(2, 3, 1),
      ia: spike(),
      b: conv(3, 4, 1),
      ib: spike(),
      cat: { op: "concat" } as NetworkNode,
      c: conv(7, 2, 1),
      ic: spike(),
      o: { op: "output" } as NetworkNode,
    };
    const net = graph(nodes, ["input>p", "p>a", "a>ia", "ia>b", "b>ib", "ia>cat", "ib>cat", "cat>c", "c>ic", "ic>o"]);
    const { config, placement } = mapNetwork(net, speck);
    const core = (name: string) => placement.coreOf.get(name)!;
    expect(config.input.destinations).toEqual([{ core: core("a"), pooling: 2, featureShift: 0 }]);
    expect(config.cores[0].destinations).toEqual([
      { core: core("b"), pooling: 1, featureShift: 0 },
      { core: core("c"), pooling: 1, featureShift: 0 },
    ]);
    expect(config.cores[1].destinations).toEqual([{ core: core("c"), pooling: 1, featureShift: 3 }]);
    expect(config.cores.map(({ monitorEnable }) => monitorEnable)).toEqual([false, false, true]);
    expect(config.outputs).toEqual([{ core: core("c"), featureShift: 0 }]);
  });

  it("monitors further layers on request and refuses unknown ones", () => {
    const { network } = mnistDvsNet();
    expect(mapNetwork(network, speck, { monitor: ["layer1"] }).config.cores[0].monitorEnable).toBe(true);
    expect(thrown(() => mapNetwork(network, speck, { monitor: ["conv9"] })).message).toContain(
      "layers are layer1, layer2",
    );
  });

  it("takes another input shape", () => {
    const net = chain(
      [1, 4, 4],
      [
        ["c", conv(1, 2, 3)],
        ["i", spike()],
      ],
    );
    expect(mapNetwork(net, speck, { inputShape: [1, 20, 10] }).config.cores[0].outputShape).toEqual([2, 18, 8]);
  });

  it("gives leaking layers a slow clock and says so", () => {
    const net = chain(
      [1, 4, 4],
      [
        ["c", conv(1, 1, 3, { bias: [0.25], weight: new Array(9).fill(1) })],
        ["i", spike()],
      ],
    );
    const { config, warnings, layers } = mapNetwork(net, speck);
    expect(config.slowClock).toEqual({ source: "external", periodUs: 1000 });
    expect(config.cores[0].leak).toEqual(Int16Array.of(32));
    expect(layers[0].leakWords).toEqual({ need: 1, have: 1024 });
    expect(warnings.join()).toContain("c leak on every tick");
    const inside = mapNetwork(net, speck, { slowClock: { source: "internal", divider: 14 } });
    expect(inside.config.cores[0].leakInternalSlowClock).toBe(true);
  });

  it("works around threshold_low = 0 with a warning where the silicon has the fault, and only there", async () => {
    // Rule sinabs rounds -0.001 * 127 to 0.
    const net = chain(
      [1, 1, 1],
      [
        ["c", conv(1, 1, 1, { weight: [1] })],
        ["i", spike(1, { thresholdLow: -0.001 })],
      ],
    );
    const { layers, warnings } = mapNetwork(net, speck, { quantize: "sinabs" });
    expect(layers[0].thresholdLow).toBe(-1);
    expect(warnings).toEqual(["c: threshold_low 0 does not work on speck2f; -1 is used."]);
    const sound = mapNetwork(net, await loadDevice("virtual"), { quantize: "sinabs" });
    expect([sound.layers[0].thresholdLow, sound.warnings]).toEqual([0, []]);
  });

  describe.skipIf(!dataRoot)("with trained weights", () => {
    it("fills all nine cores of a Speck 2f with the gesture net, under every objective and rule", () => {
      for (const objective of OBJECTIVES) {
        for (const quantize of ["default", "sinabs"] as const) {
          const { layers, warnings, placement } = mapNetwork(gestureNetwork(), speck, { objective, quantize });
          expect(layers.map(({ core }) => core).sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
          expect(layers.map(({ kernelWords }) => kernelWords.need)).toEqual([
            128, 4096, 8192, 16_384, 32_768, 65_536, 65_536, 32_768, 2048,
          ]);
          expect(layers.map(({ neuronWords }) => neuronWords.need)).toEqual([
            65_536, 65_536, 32_768, 8192, 4096, 1024, 256, 128, 11,
          ]);
          expect([warnings, placement.optimal]).toEqual([[], true]);
        }
      }
    });

    it("maps the N-MNIST net to every device that has the room", async () => {
      for (const name of ["speck2f", "speck2e", "dynapcnn", "virtual"]) {
        const { layers, warnings } = mapNetwork(nmnistNetwork(), await loadDevice(name), { quantize: "sinabs" });
        expect(layers.map(({ threshold }) => threshold)).toEqual([72, 128, 205, 108, 197]);
        expect(warnings).toEqual([]);
      }
    });
  });
});

describe("a network that does not fit", () => {
  it("lists every misfit of the paper's CIFAR-10 net: seven layers fit no core", () => {
    const { misfits, conflict, message, remedies } = refusal(cifarNet().network);
    expect(message).toContain(
      "layer1 needs 98,304 neuron words, the largest core has 65,536: reduce the features of layer1 from 96 to 64 (together with the other fixes)",
    );
    expect([...new Set(misfits.map(({ layer }) => layer))]).toEqual([1, 2, 3, 4, 5, 6, 7].map((n) => `layer${n}`));
    expect(conflict).toEqual({ layers: ["layer1"], cores: [] });
    const kernel = misfits.find(({ layer, rule }) => layer === "layer4" && rule === "kernelWords");
    expect(kernel).toEqual({
      layer: "layer4",
      rule: "kernelWords",
      need: 786_432,
      limit: 65_536,
      cores: [0, 1, 2, 3, 4, 5, 6, 7, 8],
      fix: expect.stringContaining("reduce the features of layer4"),
      apply: remedies[0],
    });
    expect(misfits.find(({ layer, rule }) => layer === "layer1" && rule === "neuronWords")).toMatchObject({
      need: 98_304,
      limit: 65_536,
    });
  });

  it("says why splitting alone cannot help that net, layer by layer, and which device takes it", async () => {
    const others = [await loadDevice("virtual"), await loadDevice("speck2e")];
    const { message, split, devices } = refusal(cifarNet().network, speck, { otherDevices: others });
    expect(split.map(({ layer, parts, largestPart, reachable }) => [layer, parts, largestPart, reachable])).toEqual([
      ["layer1", 2, 64, 2],
      ["layer2", 6, 16, 2],
      ["layer3", 6, 32, 2],
      ["layer4", 12, 16, 2],
      ["layer5", 12, 16, 2],
      ["layer6", 12, 16, 2],
      ["layer7", 12, 16, 2],
    ]);
    expect(message).toContain("layer4 would take 12 parts (of 16 features at most), its sources reach 2");
    expect(devices).toEqual(["virtual"]);
    expect(message).toContain("as it is, the network fits virtual");
  });

  it("takes that net on the roomy virtual chip", async () => {
    expect(mapNetwork(cifarNet().network, await loadDevice("virtual")).layers).toHaveLength(9);
  });

  it("names the layers that compete, and what keeps them off the other cores", () => {
    const big = () => conv(64, 64, 3, { padding: 1 });
    const net = chain(
      [64, 4, 4],
      [
        ["a", big()],
        ["ia", spike()],
        ["b", big()],
        ["ib", spike()],
        ["c", big()],
        ["ic", spike()],
        ["d", conv(64, 4, 1)],
        ["id", spike()],
      ],
    );
    const { message, misfits, conflict } = refusal(net, speck, { split: "never" });
    expect(conflict).toEqual({ layers: ["a", "b", "c"], cores: [5, 6] });
    expect(misfits.map(({ layer, rule, cores, limit }) => ({ layer, rule, cores, limit }))).toEqual(
      ["a", "b", "c"].map((layer) => ({ layer, rule: "kernelWords", cores: [0, 1, 2, 3, 4, 7, 8], limit: 32_768 })),
    );
    expect(misfits[0].fix).toBe("reduce the features of a from 64 to 32, or shrink the kernel of a to 2x2");
    expect(misfits[2].fix).toContain("split c by features into parts of 32 + 32 (--split auto)");
    const { layers, placement } = mapNetwork(net, speck);
    expect(layers.map(({ name, part }) => [name, part?.from, part?.to])).toEqual([
      ["a", undefined, undefined],
      ["b", undefined, undefined],
      ["c/1", 0, 32],
      ["c/2", 32, 64],
      ["d", undefined, undefined],
    ]);
    expect(placement.optimal).toBe(false);
    expect(mapNetwork(net, speck, { objective: "cores" }).placement.optimal).toBe(true);
    expect(message).toContain("3 layers (a, b, c) need the 2 cores 5, 6");
  });

  it("says so when there are more layers than cores", async () => {
    const steps = Array.from(
      { length: 3 },
      (_, n) =>
        [
          [`c${n}`, conv(1, 1, 1)],
          [`i${n}`, spike()],
        ] as [string, NetworkNode][],
    ).flat();
    const { conflict, misfits, message } = refusal(
      chain([1, 2, 2], steps),
      await smallDevice([
        { kernel: 64, neuron: 64 },
        { kernel: 64, neuron: 64 },
      ]),
    );
    expect(conflict).toEqual({ layers: ["c0", "c1", "c2"], cores: [0, 1] });
    expect(misfits).toEqual([]);
    expect(message).toContain("more cores");
  });

  it("checks the input: size and destinations", () => {
    const nodes: Record<string, NetworkNode> = { input: input(1, 160) };
    const edges: string[] = [];
    for (const n of [1, 2, 3]) {
      Object.assign(nodes, {
        [`c${n}`]: conv(1, 1, 4, { stride: 4 }),
        [`i${n}`]: spike(),
        [`o${n}`]: { op: "output" },
      });
      edges.push(`input>c${n}`, `c${n}>i${n}`, `i${n}>o${n}`);
    }
    const { misfits } = refusal(graph(nodes, edges));
    expect(
      misfits.filter(({ layer }) => layer === "input").map(({ rule, need, limit }) => [rule, need, limit]),
    ).toEqual([
      ["inputSize", 160, 128],
      ["inputDestinations", 3, 2],
    ]);
  });

  it.each<[string, [string, NetworkNode][], Partial<Misfit>]>([
    [
      "kernelSize",
      [
        ["l", linear(400, 2)],
        ["i", spike()],
      ],
      { need: 20, limit: 16, fix: "pool the input of l by 2, or shrink the kernel of l to 16x16" },
    ],
    [
      "stride",
      [
        ["l", conv(1, 1, 3, { stride: 3 })],
        ["i", spike()],
      ],
      { need: "3x3", limit: "1, 2, 4, 8" },
    ],
    [
      "padding",
      [
        ["l", conv(1, 1, 15, { padding: 8 })],
        ["i", spike()],
      ],
      { need: 8, limit: 7 },
    ],
    [
      "features",
      [
        ["p", pool("sumPool", 4)],
        ["l", conv(1, 1025, 1)],
        ["i", spike()],
      ],
      { need: 1025, limit: 1024 },
    ],
    [
      "pooling",
      [
        ["a", conv(1, 1, 1)],
        ["i", spike()],
        ["p", pool("sumPool", 5)],
        ["b", conv(1, 1, 1)],
        ["j", spike()],
      ],
      { layer: "a", need: 5, limit: "1, 2, 4" },
    ],
  ])("checks %s", (rule, steps, expected) => {
    const { misfits } = refusal(chain([1, 20, 20], steps));
    expect(misfits.find((misfit) => misfit.rule === rule)).toMatchObject(expected);
  });

  it("checks output size, and proposes a stride with which it fits", () => {
    const { misfits } = refusal(
      chain(
        [1, 100, 100],
        [
          ["l", conv(1, 1, 3)],
          ["i", spike()],
        ],
      ),
    );
    expect(misfits).toContainEqual(
      expect.objectContaining({
        rule: "outputSize",
        need: 98,
        limit: 64,
        fix: "use a stride of 2 in l, or pool the input of l by 2",
      }),
    );
    expect(
      mapNetwork(
        chain(
          [1, 100, 100],
          [
            ["l", conv(1, 1, 3, { stride: 2 })],
            ["i", spike()],
          ],
        ),
        speck,
      ).layers,
    ).toHaveLength(1);
  });

  it("proposes zero weights around a kernel that is not square, and they change nothing", () => {
    const node: NetworkNode = {
      op: "conv2d",
      weight: new Float32Array(6).fill(1),
      weightShape: [1, 1, 2, 3],
      stride: [1, 1],
      padding: [0, 0],
    };
    const { misfits } = refusal(
      chain(
        [1, 8, 8],
        [
          ["l", node],
          ["i", spike()],
        ],
      ),
    );
    expect(misfits[0]).toMatchObject({
      rule: "kernelSquare",
      need: "2x3",
      limit: "square",
      fix: "shrink the kernel of l to 2x2",
    });
    const tall: NetworkNode = { ...node, weight: new Float32Array(3).fill(1), weightShape: [1, 1, 1, 3] };
    expect(
      refusal(
        chain(
          [1, 8, 8],
          [
            ["l", tall],
            ["i", spike()],
          ],
        ),
      ).misfits[0].fix,
    ).toBe("fill the kernel of l with zero weights to 3x3, with padding 1x0, or shrink the kernel of l to 1x1");
  });

  it("checks a core's destinations", () => {
    const nodes: Record<string, NetworkNode> = { input: input(1, 4), a: conv(1, 1, 1), ia: spike() };
    const edges = ["input>a", "a>ia"];
    for (const n of [1, 2, 3]) {
      Object.assign(nodes, { [`c${n}`]: conv(1, 1, 1), [`i${n}`]: spike(), [`o${n}`]: { op: "output" } });
      edges.push(`ia>c${n}`, `c${n}>i${n}`, `i${n}>o${n}`);
    }
    expect(refusal(graph(nodes, edges)).misfits).toMatchObject([
      { layer: "a", rule: "destinations", need: 3, limit: 2 },
    ]);
  });

  it("knows the minis: a bias fits only where there is leak memory", async () => {
    const mini = await loadDevice("speck2cmini");
    const biased = (n: number): [string, NetworkNode][] => [
      [`c${n}`, conv(1, 1, 1, { bias: [0.5] })],
      [`i${n}`, spike()],
    ];
    const two = mapNetwork(chain([1, 4, 4], [...biased(1), ...biased(2)]), mini);
    expect(two.layers.map(({ core }) => core).sort()).toEqual([3, 4]);
    const { misfits, conflict } = refusal(chain([1, 4, 4], [...biased(1), ...biased(2), ...biased(3)]), mini);
    expect(conflict).toEqual({ layers: ["c1", "c2", "c3"], cores: [3, 4] });
    expect(misfits.map(({ rule, limit, cores, fix }) => ({ rule, limit, cores, fix }))).toEqual(
      [1, 2, 3].map((n) => ({ rule: "leakWords", limit: 0, cores: [0, 1, 2], fix: `remove the bias of c${n}` })),
    );
  });
});
