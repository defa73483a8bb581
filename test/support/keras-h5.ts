import * as h5 from "h5wasm";

/** A Keras HDF5 file: the configuration as an attribute, weights below /model_weights as Keras lays them out. */
export async function kerasH5(
  config: object,
  weights: Readonly<
    Record<string, Readonly<Record<string, { readonly shape: readonly number[]; readonly values: Float32Array }>>>
  >,
): Promise<Uint8Array> {
  await h5.ready;
  const path = "/keras-test.h5";
  const file = new h5.File(path, "w");
  file.create_attribute("model_config", JSON.stringify(config));
  const group = file.create_group("model_weights");
  for (const [layer, members] of Object.entries(weights)) {
    const inner = group.create_group(layer).create_group(layer);
    for (const [name, { shape, values }] of Object.entries(members)) {
      inner.create_dataset({ name: `${name}:0`, data: values, shape: [...shape], dtype: "<f" });
    }
  }
  file.close();
  const bytes = h5.FS!.readFile(path).slice();
  h5.FS!.unlink(path);
  return bytes;
}
