import { Zip, ZipDeflate, ZipPassThrough } from "fflate";
import { describe, expect, it } from "vitest";
import { ByteReader, memorySource, readPieces } from "../../../src/formats/byte-source.ts";
import { readWholeMember, readZipDirectory, readZipMember, writeZip } from "../../../src/formats/zip.ts";
import { Random } from "../../../src/random.ts";
import { chipErrorOf } from "../../support/errors.ts";

/** An archive as programs write it that do not know sizes beforehand: they follow the data. */
function streamedZip(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const pieces: Uint8Array[] = [];
  const zip = new Zip((_, piece) => pieces.push(piece));
  for (const [i, [name, bytes]] of Object.entries(files).entries()) {
    const file = i % 2 === 0 ? new ZipDeflate(name) : new ZipPassThrough(name);
    zip.add(file);
    file.push(bytes, true);
  }
  zip.end();
  return Uint8Array.from(Buffer.concat(pieces));
}

async function contentOf(bytes: Uint8Array): Promise<Record<string, Uint8Array>> {
  const source = memorySource(bytes, "a.zip");
  const content: Record<string, Uint8Array> = {};
  for (const [name, member] of await readZipDirectory(source)) content[name] = await readWholeMember(source, member);
  return content;
}

const random = new Random(1);
const FILES = {
  empty: new Uint8Array(0),
  "grün/zeros": new Uint8Array(300_000),
  noise: Uint8Array.from({ length: 70_000 }, () => random.below(256)),
};

describe("archives", () => {
  it("reads stored, deflated and streamed members", async () => {
    for (const bytes of [writeZip(FILES, false), writeZip(FILES, true), streamedZip(FILES)]) {
      const content = await contentOf(bytes);
      expect(Object.keys(content)).toEqual(Object.keys(FILES));
      for (const [name, file] of Object.entries(FILES)) expect(Buffer.compare(content[name], file), name).toBe(0);
    }
  });

  it("finds the directory behind a comment that looks like one", async () => {
    const bytes = writeZip({ a: Uint8Array.of(1) }, false);
    const comment = new Uint8Array(30);
    comment.set([0x50, 0x4b, 5, 6]);
    const whole = new Uint8Array(bytes.length + comment.length);
    whole.set(bytes);
    whole.set(comment, bytes.length);
    whole[bytes.length - 2] = comment.length;
    expect(await contentOf(whole)).toEqual({ a: Uint8Array.of(1) });
  });

  it("does not believe sizes that the packed bytes cannot hold", async () => {
    const bytes = writeZip({ a: new Uint8Array(1000) }, true);
    const directory = bytes.length - 22 - 47;
    const lying = bytes.slice();
    new DataView(lying.buffer).setUint32(directory + 24, 0x7fffffff, true);
    expect((await chipErrorOf(() => contentOf(lying), "E_DAMAGED")).message).toContain("the size of a is wrong");
    // A claim that could be true is found out when the bytes end elsewhere.
    new DataView(lying.buffer).setUint32(directory + 24, 1001, true);
    expect((await chipErrorOf(() => contentOf(lying), "E_DAMAGED")).message).toContain("not what its size says");
  });

  it("refuses encrypted members and other packings", async () => {
    const bytes = writeZip({ a: Uint8Array.of(1) }, false);
    const directory = bytes.length - 22 - 47;
    const encrypted = bytes.slice();
    encrypted[directory + 8] |= 1;
    await chipErrorOf(() => contentOf(encrypted), "E_FORMAT");
    const zstd = bytes.slice();
    zstd[directory + 10] = 93;
    await chipErrorOf(() => contentOf(zstd), "E_FORMAT");
  });

  it("unpacks a long member in pieces of bounded size", async () => {
    const bytes = writeZip({ a: new Uint8Array(24 << 20) }, true);
    const source = memorySource(bytes);
    const member = (await readZipDirectory(source)).get("a")!;
    let largest = 0;
    let total = 0;
    for await (const piece of readZipMember(source, member)) {
      largest = Math.max(largest, piece.length);
      total += piece.length;
    }
    expect(total).toBe(24 << 20);
    expect(largest).toBeLessThan(18 << 20);
  });
});

describe("taking bytes in portions", () => {
  it("joins pieces and gives less only at the end", async () => {
    const bytes = Uint8Array.from({ length: 3_000_000 }, (_, i) => i % 251);
    const reader = new ByteReader(readPieces(memorySource(bytes)));
    let at = 0;
    for (const length of [0, 1, 1_048_575, 7, 1_500_000, 1_000_000, 5]) {
      const taken = await reader.read(length);
      expect(Buffer.compare(taken, bytes.subarray(at, at + length))).toBe(0);
      at = Math.min(bytes.length, at + length);
    }
    expect(at).toBe(bytes.length);
  });
});
