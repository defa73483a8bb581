import { VirtualBoard } from "../../emulator/virtual-board.ts";
import { loadDevice } from "../../src/device/catalogue.ts";
import { openBoard } from "../../src/link/board-chip.ts";
import { LINES } from "../support/lines.ts";
import { describeConformance } from "./suite.ts";

const device = await loadDevice("speck2f");

for (const { name, open } of LINES.filter((line) => line.name !== "pipe")) {
  describeConformance({
    name: `the virtual board over ${name}`,
    device,
    open: async () => {
      const line = await open();
      void new VirtualBoard({ device }).serve(line.board);
      const chip = await openBoard(line.host);
      const dispose = chip[Symbol.asyncDispose].bind(chip);
      chip[Symbol.asyncDispose] = async () => {
        await dispose();
        await line.close();
      };
      return chip;
    },
    capabilities: "all",
  });
}
