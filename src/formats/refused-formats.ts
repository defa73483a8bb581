import { ChipError } from "../errors.ts";
import type { EventStream } from "../events/event-stream.ts";
import type { ByteSource } from "./byte-source.ts";
import type { EventFormat } from "./event-format.ts";
import { parsePropheseeHeader, readPropheseeHeader } from "./prophesee-header.ts";

const latin1 = new TextDecoder("latin1");

/** Recordings that are recognised only to be refused with a remedy of their own. */
export const REFUSED_FORMATS: readonly EventFormat[] = [
  refused(
    "matlab",
    "MATLAB",
    [".mat"],
    /^MATLAB 5\.0 MAT-file/,
    (name) =>
      `${name} is a MATLAB file, as those of ST-MNIST, which are not read; save its events from Python with scipy.io.loadmat and numpy.savez (arrays t, x, y, p).`,
  ),
  refused(
    "rosbag",
    "ROS bag",
    [".bag"],
    /^#ROSBAG/,
    (name) => `${name} is a ROS bag, which is not read; export its events to .csv, .npz or .aedat4 first.`,
  ),
  {
    name: "prophesee",
    title: "Prophesee",
    extensions: [".raw", ".dat"],
    detect: (head) => (parsePropheseeHeader(head) ? 0.2 : 0),
    read: refuseProphesee,
  },
];

function refused(
  name: string,
  title: string,
  extensions: readonly string[],
  signature: RegExp,
  message: (file: string) => string,
): EventFormat {
  return {
    name,
    title,
    extensions,
    detect: (head) => (signature.test(latin1.decode(head.subarray(0, 128))) ? 1 : 0),
    // biome-ignore lint/correctness/useYield: a reader that refuses has nothing to hand out
    read: async function* (source: ByteSource): AsyncGenerator<EventStream> {
      throw new ChipError("E_FORMAT", message(source.name));
    },
  };
}

// biome-ignore lint/correctness/useYield: a reader that refuses has nothing to hand out
async function* refuseProphesee(source: ByteSource): AsyncGenerator<EventStream> {
  const { evt } = await readPropheseeHeader(source);
  throw new ChipError(
    "E_FORMAT",
    evt === undefined
      ? `${source.name} begins like a Prophesee file, but its header names no format; name it with --format evt2, evt21, evt3 or dat.`
      : `${source.name} is in Prophesee's format EVT ${evt}; EVT 2.0, 2.1 and 3.0 are read.`,
  );
}
