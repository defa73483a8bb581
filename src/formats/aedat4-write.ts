import type { Builder } from "flatbuffers";
import { ChipError } from "../errors.ts";
import type { EventStream, SensorSize } from "../events/event-stream.ts";
import { xxHash32 } from "./aedat4-lz4.ts";
import { AEDAT4_SIGNATURE, EVENT_SIZE } from "./aedat4-packets.ts";
import { evtSensor } from "./evt-write.ts";

const PACKET_EVENTS = 16_384;
const LZ4 = 1;
const STREAM = 0;
const ENCODER = new TextEncoder();

interface Packet {
  readonly offset: number;
  readonly bytes: Uint8Array;
  readonly count: number;
  readonly firstUs: number;
  readonly lastUs: number;
}

/**
 * A recording as AEDAT 4.0: one stream of events in LZ4 packets of up to 16,384, with the table of packets that DV seeks
 * by.
 *
 * @throws ChipError E_INPUT for x or y above 32,767 or p other than 0 and 1
 */
export async function writeAedat4(events: EventStream): Promise<Uint8Array> {
  checkEvents(events);
  const [{ Builder }, lz4] = await Promise.all([import("flatbuffers"), import("lz4js")]);
  const pack = (bytes: Uint8Array): Uint8Array => withChecksum(lz4.compress(bytes), bytes);
  const description = describe(evtSensor(events));
  // The header has the same length wherever the table is.
  const start = AEDAT4_SIGNATURE.length + 4 + fileHeader(new Builder(), 0, description).length;
  const packets: Packet[] = [];
  let at = start;
  for (let first = 0; first < events.t.length; first += PACKET_EVENTS) {
    const last = Math.min(events.t.length, first + PACKET_EVENTS);
    const packet = {
      offset: at,
      bytes: pack(eventPacket(events, first, last)),
      count: last - first,
      firstUs: events.originUs + events.t[first],
      lastUs: events.originUs + events.t[last - 1],
    };
    packets.push(packet);
    at += 8 + packet.bytes.length;
  }
  const header = fileHeader(new Builder(), at, description);
  const table = pack(packetTable(new Builder(), packets));
  const out = new Uint8Array(at + table.length);
  const view = new DataView(out.buffer);
  out.set(ENCODER.encode(AEDAT4_SIGNATURE));
  view.setUint32(AEDAT4_SIGNATURE.length, header.length, true);
  out.set(header, AEDAT4_SIGNATURE.length + 4);
  for (const { offset, bytes } of packets) {
    view.setInt32(offset, STREAM, true);
    view.setInt32(offset + 4, bytes.length, true);
    out.set(bytes, offset + 8);
  }
  out.set(table, at);
  return out;
}

/** An LZ4 frame with the checksum of its content, which the package leaves out: readers notice damage by it. */
function withChecksum(frame: Uint8Array, content: Uint8Array): Uint8Array {
  const out = new Uint8Array(frame.length + 4);
  out.set(frame);
  out[4] |= 4; // the flag that says so
  const descriptorEnd = (out[4] & 8) !== 0 ? 14 : 6;
  out[descriptorEnd] = xxHash32(out.subarray(4, descriptorEnd)) >>> 8;
  new DataView(out.buffer).setUint32(frame.length, xxHash32(content), true);
  return out;
}

function checkEvents({ t, x, y, p, originUs }: EventStream): void {
  for (let i = 0; i < t.length; i++) {
    if (x[i] <= 32_767 && y[i] <= 32_767 && p[i] <= 1) continue;
    throw new ChipError(
      "E_INPUT",
      `event ${i} (t ${originUs + t[i]} us, x ${x[i]}, y ${y[i]}, p ${p[i]}) has no place in an AEDAT 4 file, which holds x and y up to 32767 and p 0 or 1; write .npz instead.`,
      { details: { event: i } },
    );
  }
}

/** Size, root, mark, vtable of one field, table, vector: 32 bytes, so that the structs lie at a multiple of eight. */
function eventPacket({ t, x, y, p, originUs }: EventStream, first: number, last: number): Uint8Array {
  const HEAD = 32;
  const out = new Uint8Array(HEAD + (last - first) * EVENT_SIZE);
  const view = new DataView(out.buffer);
  view.setUint32(0, out.length - 4, true);
  view.setUint32(4, 16, true); // the table lies 16 bytes behind this word
  out.set(ENCODER.encode("EVTS"), 8);
  view.setUint16(12, 6, true); // bytes of the vtable
  view.setUint16(14, 8, true); // bytes of the table
  view.setUint16(16, 4, true); // field 0 in the table
  view.setInt32(20, 8, true); // the vtable lies 8 bytes before the table
  view.setUint32(24, 4, true); // the vector lies 4 bytes behind this word
  view.setUint32(28, last - first, true);
  for (let i = first, at = HEAD; i < last; i++, at += EVENT_SIZE) {
    const us = originUs + t[i];
    view.setUint32(at, us >>> 0, true);
    view.setInt32(at + 4, Math.floor(us / 4294967296), true);
    view.setInt16(at + 8, x[i], true);
    view.setInt16(at + 10, y[i], true);
    out[at + 12] = p[i];
  }
  return out;
}

function fileHeader(builder: Builder, tableOffset: number, description: string): Uint8Array {
  const text = builder.createString(description);
  builder.startObject(3);
  builder.addFieldInt32(0, LZ4, 0);
  builder.addFieldInt64(1, BigInt(tableOffset), -1n);
  builder.addFieldOffset(2, text, 0);
  builder.finish(builder.endObject(), "IOHE");
  return builder.asUint8Array();
}

/** Where each packet lies, what it holds, and its times. */
function packetTable(builder: Builder, packets: readonly Packet[]): Uint8Array {
  const definitions = packets.map(({ offset, bytes, count, firstUs, lastUs }) => {
    builder.startObject(5);
    builder.addFieldInt64(0, BigInt(offset), 0n);
    builder.prep(4, 8);
    builder.writeInt32(bytes.length);
    builder.writeInt32(STREAM);
    builder.addFieldStruct(1, builder.offset(), 0);
    builder.addFieldInt64(2, BigInt(count), 0n);
    builder.addFieldInt64(3, BigInt(firstUs), 0n);
    builder.addFieldInt64(4, BigInt(lastUs), 0n);
    return builder.endObject();
  });
  builder.startVector(4, definitions.length, 4);
  for (const definition of definitions.reverse()) builder.addOffset(definition);
  const vector = builder.endVector();
  builder.startObject(1);
  builder.addFieldOffset(0, vector, 0);
  builder.finishSizePrefixed(builder.endObject(), "FTAB");
  return builder.asUint8Array();
}

function describe([width, height]: SensorSize): string {
  const path = "/mainloop/Recorder/outInfo/";
  const attribute = (key: string, type: string, value: string | number): string =>
    `<attr key="${key}" type="${type}">${value}</attr>`;
  return [
    `<dv version="2.0">`,
    `<node name="outInfo" path="${path}">`,
    `<node name="${STREAM}" path="${path}${STREAM}/">`,
    attribute("compression", "string", "LZ4"),
    attribute("originalModuleName", "string", "spikewright"),
    attribute("originalOutputName", "string", "events"),
    attribute("typeDescription", "string", "Array of events (polarity ON/OFF)."),
    attribute("typeIdentifier", "string", "EVTS"),
    `<node name="info" path="${path}${STREAM}/info/">`,
    attribute("sizeX", "int", width),
    attribute("sizeY", "int", height),
    attribute("source", "string", "spikewright"),
    attribute("tsOffset", "long", 0),
    "</node>",
    "</node>",
    "</node>",
    "</dv>",
    "",
  ].join("\n");
}
