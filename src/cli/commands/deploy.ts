import { basename } from "node:path";
import { ChipError } from "../../errors.ts";
import { formatPortUrl } from "../../link/port-url.ts";
import { openPort } from "../../testing/open-port.ts";
import { formatBytes, formatCount, formatSi } from "../../units.ts";
import { crc32 } from "../../wire/crc.ts";
import { type CommandContext, type CommandResult, throwIfInterrupted } from "../context.ts";
import { rememberDeployed } from "../deployed.ts";
import { boardJson, boardName } from "../link-report.ts";
import { loadChip } from "../load.ts";
import { deploy as deployWithProgress, type PortFlags, portOf } from "../port-chip.ts";
import { formatFields, formatTable } from "../table.ts";

/** `deploy CHIP --port URL`: the board checks the file, then switches to it in one step. */
export async function deploy(chipFile: string, flags: PortFlags, context: CommandContext): Promise<CommandResult> {
  const port = portOf(flags.port);
  const loaded = await loadChip(chipFile, flags.device);
  const { bytes, sha256, config, device } = loaded;
  await using open = await openPort(port, device, context.signal);
  const start = performance.now();
  const sent = await deployWithProgress(open, loaded, context);
  const deployMs = performance.now() - start;
  await throwIfInterrupted(context);
  const { board } = open;
  const crc = crc32(bytes);
  if (board && board.identity.configCrc32 !== crc) {
    throw new ChipError("E_LINK", `the board at ${open.label} does not run what it was sent; deploy again.`, {
      details: { sent: crc, runs: board.identity.configCrc32 },
    });
  }
  // Also when the board ran it already: another computer may have sent it.
  await rememberDeployed(bytes, context);
  const kept = port.kind === "tcp" || port.kind === "serial";
  return {
    json: {
      port: formatPortUrl(port),
      chip: { file: basename(chipFile), sha256, bytes: bytes.length, crc32: crc },
      device: device.spec.name,
      layers: config.cores.map(({ layer, core, outputShape }) => ({ name: layer, core, shape: outputShape })),
      sent,
      deployMs,
      ...(board ? { board: boardJson(board.identity), link: board.statistics } : {}),
    },
    text: [
      formatTable(
        [{ title: "layer" }, { title: "core", align: "right" }, { title: "map" }, { title: "neurons", align: "right" }],
        config.cores.map(({ layer, core, outputShape }) => [
          layer,
          core,
          outputShape.join(" x "),
          formatCount(outputShape.reduce((product, n) => product * n, 1)),
        ]),
      ),
      "",
      formatFields([
        ["port", open.label],
        ...(board ? [["board", boardName(board.identity)] as const] : []),
        ["device", `${device.spec.name}, description ${device.hash.slice(0, 8)}`],
        [
          sent ? "deployed" : "unchanged",
          `${basename(chipFile)}, ${formatBytes(bytes.length)}, CRC-32 ${crc.toString(16).padStart(8, "0")}${
            sent ? ` in ${formatSi(deployMs / 1000, "s")}` : ": the board runs it already"
          }`,
        ],
      ]),
    ].join("\n"),
    ...(kept ? {} : { warnings: [`${open.label} is gone when this command ends, and the configuration with it`] }),
  };
}
