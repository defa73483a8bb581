import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { discoverLinux, discoverPorts } from "../../../src/link/discover.ts";

let root: string;

/** A tree as Linux shows it: a USB board, a UART on the mainboard, a UART that is not there, and a console. */
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "spikewright-sys-"));
  const usb = join(root, "sys/devices/pci0/usb1/1-2");
  mkdirSync(join(usb, "1-2:1.0/tty/ttyACM0"), { recursive: true });
  for (const [name, text] of Object.entries({
    idVendor: "2e8a\n",
    idProduct: "000a\n",
    manufacturer: "Raspberry Pi\n",
    product: "Pico\n",
    serial: "E66\n",
  }))
    writeFileSync(join(usb, name), text);
  symlinkSync(join(usb, "1-2:1.0"), join(usb, "1-2:1.0/tty/ttyACM0/device"));
  for (const [name, type] of [
    ["ttyS0", "4"],
    ["ttyS1", "0"],
  ] as const) {
    const tty = join(root, `sys/devices/platform/serial8250/tty/${name}`);
    mkdirSync(tty, { recursive: true });
    writeFileSync(join(tty, "type"), `${type}\n`);
    symlinkSync(join(root, "sys/devices/platform/serial8250"), join(tty, "device"));
  }
  mkdirSync(join(root, "sys/devices/virtual/tty/console"), { recursive: true });
  mkdirSync(join(root, "sys/class/tty"), { recursive: true });
  for (const [name, path] of Object.entries({
    ttyACM0: "pci0/usb1/1-2/1-2:1.0/tty/ttyACM0",
    ttyS0: "platform/serial8250/tty/ttyS0",
    ttyS1: "platform/serial8250/tty/ttyS1",
    console: "virtual/tty/console",
  }))
    symlinkSync(join(root, "sys/devices", path), join(root, "sys/class/tty", name));
  mkdirSync(join(root, "dev/serial/by-id"), { recursive: true });
  for (const name of ["ttyACM0", "ttyS0", "ttyS1", "console"]) writeFileSync(join(root, "dev", name), "");
  symlinkSync("../../ttyACM0", join(root, "dev/serial/by-id/usb-Pico_E66-if00"));
});
afterAll(() => rmSync(root, { recursive: true }));

describe("ports that are there", () => {
  it("are found with their USB ids and lasting names, and nothing else is", async () => {
    const found = await discoverLinux({ sys: join(root, "sys"), dev: join(root, "dev") });
    expect(found.sort((a, b) => (a.path < b.path ? -1 : 1))).toEqual([
      {
        url: `serial:${join(root, "dev/serial/by-id/usb-Pico_E66-if00")}`,
        path: join(root, "dev/ttyACM0"),
        stablePath: join(root, "dev/serial/by-id/usb-Pico_E66-if00"),
        usb: { vendorId: "2e8a", productId: "000a" },
        manufacturer: "Raspberry Pi",
        product: "Pico",
        serialNumber: "E66",
        access: "ok",
      },
      { url: `serial:${join(root, "dev/ttyS0")}`, path: join(root, "dev/ttyS0"), access: "ok" },
    ]);
  });

  it("are none on a system without the folders", async () => {
    expect(await discoverLinux({ sys: join(root, "none"), dev: join(root, "none") })).toEqual([]);
  });

  it("can be asked for on this machine", async () => {
    for (const port of await discoverPorts()) expect(port.url).toBe(`serial:${port.stablePath ?? port.path}`);
  });
});
