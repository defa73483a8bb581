import { discoverPorts, type FoundPort } from "../../link/discover.ts";
import type { CommandResult } from "../context.ts";
import { formatTable } from "../table.ts";

/** `ports`: the serial ports that are there. */
export async function ports(): Promise<CommandResult> {
  const found = await discoverPorts();
  return {
    json: { ports: found },
    text:
      found.length === 0
        ? "No serial ports are there. Plug the board in; in a container, pass its device on (docker run --device)."
        : table(found),
    warnings: found
      .filter(({ access }) => access === "denied")
      .map(
        ({ path }) =>
          `${path} may not be opened by you; join the group that owns it (ls -l ${path}; mostly sudo usermod -aG dialout $USER), then log in again`,
      ),
  };
}

function table(found: readonly FoundPort[]): string {
  return formatTable(
    [{ title: "port" }, { title: "device" }, { title: "USB id" }, { title: "what" }, { title: "serial number" }],
    found.map(({ url, path, usb, manufacturer, product, serialNumber }) => [
      url,
      path,
      usb && `${usb.vendorId}:${usb.productId}`,
      [manufacturer, product].filter((text) => text !== undefined).join(" ") || undefined,
      serialNumber,
    ]),
  );
}
