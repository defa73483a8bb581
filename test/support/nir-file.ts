import { type Hdf5Writer, writeHdf5 } from "../../src/formats/hdf5.ts";

/** Fields of a NIR node: text, whole numbers, or real numbers with a shape. */
export type NirField =
  | string
  | readonly number[]
  | { readonly values: readonly number[] | Float32Array; readonly shape: readonly number[] };

export interface NirSpec {
  readonly [name: string]: Readonly<Record<string, NirField>> & { readonly type: string };
}

/** A NIR file as tools write it, from nodes as plain objects and edges as `a>b`. */
export function nirFile(nodes: NirSpec, edges: readonly string[]): Promise<Uint8Array> {
  return writeHdf5((root) => {
    root.text("version", "0.2.0");
    writeGraph(root.group("node"), nodes, edges);
  });
}

export function writeGraph(group: Hdf5Writer, nodes: NirSpec, edges: readonly string[]): void {
  group.text("type", "NIRGraph");
  const members = group.group("nodes");
  for (const [name, fields] of Object.entries(nodes)) writeFields(members.group(name), fields);
  group.texts(
    "edges",
    edges.flatMap((edge) => edge.split(">")),
    [edges.length, 2],
  );
}

function writeFields(group: Hdf5Writer, fields: Readonly<Record<string, NirField>>): void {
  for (const [name, field] of Object.entries(fields)) {
    if (typeof field === "string") group.text(name, field);
    else if ("shape" in field) group.floats(name, Float32Array.from(field.values), field.shape);
    else group.integers(name, field);
  }
}

/** A real-valued field. */
export function real(values: readonly number[] | Float32Array, ...shape: number[]): NirField {
  return { values, shape: shape.length > 0 ? shape : [values.length] };
}

/** The smallest sound network, to be varied: 2x4x4 -> Conv2d 3 features -> IF -> Flatten -> Linear 2 -> IF. */
export const SMALL_NODES: NirSpec = {
  input: { type: "Input", shape: [2, 4, 4] },
  conv: {
    type: "Conv2d",
    weight: real(
      Float32Array.from({ length: 54 }, (_, i) => i / 54 - 0.5),
      3,
      2,
      3,
      3,
    ),
    bias: real([0, 0, 0]),
    stride: [1, 1],
    padding: [1, 1],
    dilation: [1, 1],
    groups: [1],
    input_shape: [4, 4],
  },
  spike: {
    type: "IF",
    r: real(new Float32Array(48).fill(1), 3, 4, 4),
    v_threshold: real(new Float32Array(48).fill(2), 3, 4, 4),
  },
  flat: { type: "Flatten", start_dim: [0], end_dim: [-1], input_type: [3, 4, 4] },
  linear: { type: "Linear", weight: real(new Float32Array(96).fill(0.25), 2, 48) },
  out_spike: { type: "IF", r: real([1, 1]), v_threshold: real([1, 1]) },
  output: { type: "Output", shape: [2] },
};

/** Unordered, as tools write them. */
export const SMALL_EDGES = [
  "flat>linear",
  "input>conv",
  "out_spike>output",
  "conv>spike",
  "linear>out_spike",
  "spike>flat",
];

/** The small network with nodes replaced or added. */
export function smallNir(changes: NirSpec = {}, edges: readonly string[] = SMALL_EDGES): Promise<Uint8Array> {
  return nirFile({ ...SMALL_NODES, ...changes }, edges);
}
