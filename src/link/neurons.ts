import type { NeuronStates } from "../chip/chip.ts";
import type { FromBoardMessage } from "../wire/messages.ts";
import type { Requests } from "./requests.ts";

/** Requests for pieces that are under way at once. */
const PIECES = 16;

type Piece = NonNullable<FromBoardMessage["neuronValues"]>;

/** Shape of the map on a core. @throws ChipError E_INPUT when the core holds no layer */
export async function mapOnCore(requests: Requests, core: number): Promise<readonly [number, number, number]> {
  const { features, height, width } = await readPiece(requests, core, 0, 1);
  return [features, height, width];
}

/** @param length how many neurons a piece should have now */
export async function readNeurons(requests: Requests, core: number, length: () => number): Promise<NeuronStates> {
  const shape = await mapOnCore(requests, core);
  const values = new Int16Array(shape[0] * shape[1] * shape[2]);
  await inPieces(values.length, length, async (at, count) => {
    const piece = await readPiece(requests, core, at, count);
    if (piece.offset !== at || piece.values.length !== 2 * count) throw requests.odd("readNeurons");
    const view = new DataView(piece.values.buffer, piece.values.byteOffset, piece.values.length);
    for (let i = 0; i < count; i++) values[at + i] = view.getInt16(2 * i, true);
  });
  return { core, shape, values };
}

export async function writeNeurons(
  requests: Requests,
  { core, values }: Pick<NeuronStates, "core" | "values">,
  length: () => number,
): Promise<void> {
  await inPieces(values.length, length, async (at, count) => {
    const bytes = new Uint8Array(2 * count);
    const view = new DataView(bytes.buffer);
    for (let i = 0; i < count; i++) view.setInt16(2 * i, values[at + i] as number, true);
    await requests.ask({ writeNeurons: { core, offset: at, values: bytes } });
  });
}

async function readPiece(requests: Requests, core: number, offset: number, count: number): Promise<Piece> {
  const { neuronValues } = await requests.ask({ readNeurons: { core, offset, count } });
  if (!neuronValues || neuronValues.core !== core) throw requests.odd("readNeurons");
  return neuronValues;
}

async function inPieces(
  total: number,
  length: () => number,
  each: (at: number, count: number) => Promise<void>,
): Promise<void> {
  for (let at = 0; at < total; ) {
    const pieces: Promise<void>[] = [];
    while (at < total && pieces.length < PIECES) {
      const count = Math.min(total - at, length());
      pieces.push(each(at, count));
      at += count;
    }
    await Promise.all(pieces);
  }
}
