import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type NpyData, readNpy, writeNpy, writeNpyRecords } from "../../../src/formats/npy.ts";
import { readNpz, writeNpz } from "../../../src/formats/npz.ts";
import { chipErrorOf } from "../../support/errors.ts";
import { hasTool } from "../../support/tools.ts";

/** A `.npy` file from its dict and raw bytes. */
function npyFile(dict: string, data: ArrayLike<number>, version = 1): Uint8Array {
  const text = new TextEncoder().encode(`${dict}\n`);
  const length = version === 1 ? [text.length & 255, text.length >> 8] : [text.length & 255, text.length >> 8, 0, 0];
  return Uint8Array.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0, ...length, ...text, ...Array.from(data)]);
}

const plain = (descr: string, shape: string, data: ArrayLike<number>, fortran = "False"): Uint8Array =>
  npyFile(`{'descr': '${descr}', 'fortran_order': ${fortran}, 'shape': ${shape}, }`, data);

function valuesOf(bytes: Uint8Array): number[] {
  const array = readNpy(bytes, "a.npy");
  if (array.structured) throw new Error("structured");
  return [...array.data];
}

describe("reading .npy", () => {
  it.each([
    ["|b1", [0, 1, 7], [0, 1, 1]],
    ["|u1", [0, 255], [0, 255]],
    ["|i1", [1, 255], [1, -1]],
    ["<u2", [1, 2], [513]],
    [">u2", [1, 2], [258]],
    ["<i2", [254, 255], [-2]],
    ["=u4", [1, 0, 0, 128], [2147483649]],
    [">i4", [255, 255, 255, 254], [-2]],
    ["<i8", [254, 255, 255, 255, 255, 255, 255, 255], [-2]],
    ["<u8", [0, 0, 0, 0, 1, 0, 0, 0], [4294967296]],
    [">i8", [0, 31, 255, 255, 255, 255, 255, 255], [Number.MAX_SAFE_INTEGER]],
    ["<f2", [0, 60, 0, 192, 1, 0], [1, -2, 2 ** -24]],
    ["<f4", [0, 0, 192, 63], [1.5]],
    [">f8", [63, 248, 0, 0, 0, 0, 0, 0], [1.5]],
  ])("decodes %s", (descr, bytes, expected) => {
    expect(valuesOf(plain(descr, `(${expected.length},)`, bytes))).toEqual(expected);
  });

  it("reads versions 2 and 3, scalars and arrays without elements", () => {
    const dict = "{'descr': '|u1', 'fortran_order': False, 'shape': (2,)}";
    for (const version of [2, 3]) {
      const array = readNpy(npyFile(dict, [5, 6], version), "v");
      expect(array).toMatchObject({ structured: false, shape: [2] });
    }
    expect(valuesOf(plain("|u1", "()", [9]))).toEqual([9]);
    expect(valuesOf(plain("<i8", "(0, 3)", []))).toEqual([]);
  });

  it("turns Fortran order into row-major order", () => {
    // numpy.asfortranarray([[1, 2, 3], [4, 5, 6]]) lies as 1 4 2 5 3 6.
    expect(valuesOf(plain("|u1", "(2, 3)", [1, 4, 2, 5, 3, 6], "True"))).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it("reads structured arrays by name, whatever order, padding and dict form", () => {
    const list = npyFile(
      "{'descr': [('x', '<u2'), ('', '|V2'), ('t', '>u4'), ('on', '?'), ('pair', '|u1', (2,))], 'fortran_order': False, 'shape': (2,)}",
      [1, 0, 99, 99, 0, 0, 1, 0, 1, 7, 8, 2, 0, 99, 99, 0, 0, 2, 0, 0, 9, 10],
    );
    const dict = npyFile(
      "{'descr': {'names': ['t', 'x'], 'formats': ['<u2', '|u1'], 'offsets': [1, 0], 'itemsize': 4}, 'fortran_order': False, 'shape': (1,)}",
      [3, 4, 5, 99],
    );
    const columns = (bytes: Uint8Array): Record<string, number[]> => {
      const array = readNpy(bytes, "s.npy");
      if (!array.structured) throw new Error("plain");
      return Object.fromEntries([...array.fields].map(([name, { data }]) => [name, [...data]]));
    };
    expect(columns(list)).toEqual({ x: [1, 2], t: [256, 512], on: [1, 0], pair: [7, 8, 9, 10] });
    expect(columns(dict)).toEqual({ t: [4 + 5 * 256], x: [3] });
  });

  it("refuses what is no array of numbers, each with its reason", async () => {
    const objects = await chipErrorOf(() => readNpy(plain("|O", "(1,)", [0]), "o.npy"), "E_FORMAT");
    expect(objects.message).toContain("Python objects");
    await chipErrorOf(() => readNpy(plain("<M8[us]", "(1,)", new Array(8).fill(0)), "m.npy"), "E_FORMAT");
    await chipErrorOf(() => readNpy(new TextEncoder().encode("hello, world"), "x"), "E_FORMAT");
    await chipErrorOf(() => readNpy(npyFile("{}", [], 9), "x"), "E_VERSION");
    const fortran = npyFile("{'descr': [('t', '<u2')], 'fortran_order': True, 'shape': (1, 1)}", [1, 0]);
    expect((await chipErrorOf(() => readNpy(fortran, "f.npy"), "E_FORMAT")).message).toContain("Fortran order");
  });

  it("calls missing and surplus bytes damage, and says how many", async () => {
    const bytes = plain("<u2", "(3,)", [1, 0, 2, 0, 3, 0]);
    const cut = await chipErrorOf(() => readNpy(bytes.subarray(0, bytes.length - 1), "c.npy"), "E_DAMAGED");
    expect(cut.details).toEqual({ need: bytes.length, have: bytes.length - 1 });
    await chipErrorOf(() => readNpy(Uint8Array.from([...bytes, 0]), "c.npy"), "E_DAMAGED");
    for (let length = 0; length < 60; length++)
      await chipErrorOf(() => readNpy(bytes.subarray(0, length), "c.npy"), "E_DAMAGED");
  });

  it("does not round integers that a number cannot hold", async () => {
    const error = await chipErrorOf(
      () => readNpy(plain("<i8", "(2,)", [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 32, 0]), "big.npy"),
      "E_INPUT",
    );
    expect(error.message).toContain("element 1");
  });
});

describe("writing .npy and .npz", () => {
  const arrays: Record<string, NpyData> = {
    u1: Uint8Array.of(0, 255),
    i1: Int8Array.of(-128, 127),
    u2: Uint16Array.of(1, 65535),
    i2: Int16Array.of(-3, 3),
    u4: Uint32Array.of(0, 4294967295),
    i4: Int32Array.of(-2147483648, 1),
    f4: Float32Array.of(0.1, -2),
    f8: Float64Array.of(0.1, 1e300),
  };

  it("reads back what it writes", () => {
    for (const [type, data] of Object.entries(arrays)) {
      expect(readNpy(writeNpy(data, { shape: [2, 1] }), type)).toEqual({
        structured: false,
        shape: [2, 1],
        type,
        data,
      });
    }
    const long = Float64Array.of(-1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 0, 2 ** 32, -(2 ** 32) - 1);
    expect(readNpy(writeNpy(long, { type: "i8" }), "i8")).toMatchObject({ type: "i8", data: long });
    expect(() => writeNpy(Float64Array.of(0.5), { type: "i8" })).toThrow(RangeError);
    expect(() => writeNpy(Uint16Array.of(300), { type: "u1" })).toThrow(RangeError);
  });

  it("aligns the data to 64 bytes, as NumPy does", () => {
    for (let fields = 1; fields < 30; fields++) {
      const bytes = writeNpyRecords(
        Object.fromEntries(Array.from({ length: fields }, (_, i) => [`f${i}`, { data: Uint8Array.of(7) }])),
      );
      expect((bytes.length - fields) % 64).toBe(0);
    }
  });

  it.each([false, true])(
    "keeps arrays and other files in an archive (compress %s), with the same bytes each time",
    async (compress) => {
      const write = (): Uint8Array =>
        writeNpz(arrays, { "meta.json": '{"layers":[]}', "raw.bin": Uint8Array.of(1, 2) }, { compress });
      const content = await readNpz(write(), "a.npz");
      expect([...content.arrays.keys()]).toEqual(Object.keys(arrays));
      for (const [name, data] of Object.entries(arrays)) expect(content.arrays.get(name)).toMatchObject({ data });
      expect(new TextDecoder().decode(content.files.get("meta.json"))).toBe('{"layers":[]}');
      expect(content.files.get("raw.bin")).toEqual(Uint8Array.of(1, 2));
      expect(write()).toEqual(write());
    },
  );

  it("notices every flipped bit inside an archive's members", async () => {
    const bytes = writeNpz({ t: Float64Array.from({ length: 40 }, (_, i) => i) });
    const start = bytes.length - 22 - 51 - 320; // inside the stored values
    for (let at = start; at < start + 300; at += 13) {
      const flipped = bytes.slice();
      flipped[at] ^= 4;
      await chipErrorOf(() => readNpz(flipped, "f.npz"), "E_DAMAGED");
    }
  });
});

describe.skipIf(!hasTool("python3", "-c", "import numpy"))("with NumPy", () => {
  const python = (code: string, ...args: string[]): string => {
    const { status, stdout, stderr } = spawnSync("python3", ["-c", code, ...args], { encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
    return stdout.trim();
  };
  const inFolder = async (work: (folder: string) => Promise<void> | void): Promise<void> => {
    const folder = mkdtempSync(join(tmpdir(), "npy-"));
    try {
      await work(folder);
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  it("loads what we write", () =>
    inFolder((folder) => {
      writeFileSync(
        join(folder, "a.npz"),
        writeNpz(
          { t: { data: Float64Array.of(1, 2 ** 40), type: "i8" }, p: Uint8Array.of(0, 1) },
          { "meta.json": "{}" },
          { compress: true },
        ),
      );
      writeFileSync(
        join(folder, "r.npy"),
        writeNpyRecords({ t: { data: Float64Array.of(5, 6), type: "i8" }, x: { data: Uint16Array.of(7, 8) } }),
      );
      const code =
        "import numpy, sys; a = numpy.load(sys.argv[1] + '/a.npz'); r = numpy.load(sys.argv[1] + '/r.npy'); print(a['t'].dtype, a['t'].tolist(), a['p'].tolist(), a['meta.json'], r.dtype.names, r['t'].tolist(), r['x'].tolist())";
      expect(python(code, folder)).toBe("int64 [1, 1099511627776] [0, 1] b'{}' ('t', 'x') [5, 6] [7, 8]");
    }));

  it("writes what we load, aligned structures and compressed archives included", () =>
    inFolder(async (folder) => {
      const code = [
        "import numpy, sys",
        "d = numpy.dtype([('x', 'u1'), ('t', 'i8'), ('y', '>u2'), ('p', '?')], align=True)",
        "a = numpy.array([(1, 2, 3, True), (4, -5, 6, False)], dtype=d)",
        "numpy.save(sys.argv[1] + '/s.npy', a)",
        "numpy.savez_compressed(sys.argv[1] + '/c.npz', f=numpy.asfortranarray([[1.5, 2.5], [3.5, 4.5]]), h=numpy.arange(1000, dtype='f2'))",
      ].join("\n");
      python(code, folder);
      const s = readNpy(Uint8Array.from(readFileSync(join(folder, "s.npy"))), "s.npy");
      if (!s.structured) throw new Error("plain");
      expect(Object.fromEntries([...s.fields].map(([name, { data }]) => [name, [...data]]))).toEqual({
        x: [1, 4],
        t: [2, -5],
        y: [3, 6],
        p: [1, 0],
      });
      const { arrays } = await readNpz(Uint8Array.from(readFileSync(join(folder, "c.npz"))), "c.npz");
      expect(arrays.get("f")).toEqual({
        structured: false,
        shape: [2, 2],
        type: "f8",
        data: Float64Array.of(1.5, 2.5, 3.5, 4.5),
      });
      expect(arrays.get("h")).toMatchObject({ data: Float32Array.from({ length: 1000 }, (_, i) => i) });
    }));
});
