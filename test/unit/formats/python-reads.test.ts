import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readEventFile, writeEvents } from "../../../src/formats/event-files.ts";
import { chipErrorOf } from "../../support/errors.ts";
import { rowsOf } from "../../support/events.ts";
import { randomRecording } from "../../support/recordings.ts";
import { hasTool } from "../../support/tools.ts";

/** Debian's Python with python3-numpy and python3-h5py. */
const PYTHON = "/usr/bin/python3";
const hasPython = hasTool(PYTHON, "-c", "import numpy, h5py");

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "python-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What a Python script prints as JSON; `path` is its first argument. */
function python(path: string, script: string): unknown {
  const { stdout, stderr, status } = spawnSync(PYTHON, ["-c", script, path], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

describe.skipIf(!hasPython)("Python reads what is written", () => {
  const events = { ...randomRecording(500, [346, 260], 1), originUs: 1_633_953_690_975_950 };
  const rows = rowsOf(events).map(([t, ...rest]) => [t! + events.originUs, ...rest]);
  const script = (open: string): string =>
    `import sys, json, numpy, h5py\n${open}\nprint(json.dumps([[int(v) for v in row] for row in zip(a["t"], a["x"], a["y"], a["p"])]))`;

  it.each([
    ["npz", "a = numpy.load(sys.argv[1])"],
    ["npy", "a = numpy.load(sys.argv[1])"],
    ["hdf5", 'a = h5py.File(sys.argv[1])["events"]'],
    ["csv", 'a = numpy.genfromtxt(sys.argv[1], delimiter=",", names=True, dtype="i8")'],
  ])("%s", async (format, open) => {
    const path = join(folder, `events.${format}`);
    writeFileSync(path, await writeEvents(events, format));
    expect(python(path, script(open))).toEqual(rows);
  });

  it("finds the packets of an AEDAT 4 file by its own rules", async () => {
    const path = join(folder, "events.aedat4");
    writeFileSync(path, await writeEvents(events, "aedat4"));
    // Header by fixed places, then packet after packet until the table.
    const walk = `
import sys, json, struct
b = open(sys.argv[1], "rb").read()
assert b[:14] == b"#!AER-DAT4.0\\r\\n"
n, = struct.unpack_from("<I", b, 14)
h = b[18:18 + n]
assert h[4:8] == b"IOHE"
root, = struct.unpack_from("<I", h, 0)
vt = root - struct.unpack_from("<i", h, root)[0]
field = lambda i: root + struct.unpack_from("<H", h, vt + 4 + 2 * i)[0]
table, = struct.unpack_from("<q", h, field(1))
at, packets = 18 + n, 0
while at < table:
    stream, size = struct.unpack_from("<ii", b, at)
    assert stream == 0 and b[at + 8:at + 12] == b"\\x04\\x22\\x4d\\x18"
    at, packets = at + 8 + size, packets + 1
assert at == table and b[at:at + 4] == b"\\x04\\x22\\x4d\\x18"
print(json.dumps([packets, struct.unpack_from("<i", h, field(0))[0]]))`;
    expect(python(path, walk)).toEqual([1, 1]);
  });
});

describe.skipIf(!hasPython)("what Python writes is read", () => {
  const rows = [
    [1_099_511_627_776, 1, 2, 0],
    [1_099_511_627_783, 1279, 719, 1],
  ];

  it("Prophesee's HDF5 layout, packed with gzip, the sensor from its attribute", async () => {
    const path = join(folder, "prophesee.h5");
    python(
      path,
      `
import sys, numpy, h5py
f = h5py.File(sys.argv[1], "w")
a = numpy.array([tuple(r) for r in ${JSON.stringify(rows.map(([t, x, y, p]) => [x, y, p, t]))}], dtype=[("x", "<u2"), ("y", "<u2"), ("p", "<i2"), ("t", "<i8")])
f.create_dataset("CD/events", data=a, chunks=(2,), compression="gzip")
f.attrs["geometry"] = "1280x720"
f.close()
print(0)`,
    );
    const events = await readEventFile(path);
    expect(rowsOf(events)).toEqual(rows);
    expect(events.sensor).toEqual([1280, 720]);
  });

  it("lists packed with Blosc are refused with the remedy", async () => {
    const path = join(folder, "blosc.h5");
    python(
      path,
      `
import sys, numpy, h5py
f = h5py.File(sys.argv[1], "w")
g = f.create_group("events")
for name in "txyp":
    made = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    made.set_chunk((2,))
    made.set_filter(32001, h5py.h5z.FLAG_OPTIONAL)
    h5py.h5d.create(g.id, name.encode(), h5py.h5t.STD_U16LE, h5py.h5s.create_simple((2,)), made)
f.close()
print(0)`,
    );
    const error = await chipErrorOf(() => readEventFile(path), "E_FORMAT");
    expect(error.message).toContain("Blosc (HDF5 filter 32001)");
    expect(error.message).toContain("h5repack");
  });

  it("DSEC's layout with its time offset", async () => {
    const path = join(folder, "dsec.h5");
    python(
      path,
      `
import sys, numpy, h5py
f = h5py.File(sys.argv[1], "w")
for name, kind, column in (("t", "u4", [5, 9]), ("x", "u2", [1, 639]), ("y", "u2", [2, 479]), ("p", "u1", [0, 1])):
    f.create_dataset("events/" + name, data=numpy.array(column, kind), compression="gzip")
f["t_offset"] = 50_000_000_000
f.close()
print(0)`,
    );
    expect(rowsOf(await readEventFile(path))).toEqual([
      [50_000_000_005, 1, 2, 0],
      [50_000_000_009, 639, 479, 1],
    ]);
  });
});
