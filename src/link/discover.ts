import { constants } from "node:fs";
import { access, readdir, readFile, realpath } from "node:fs/promises";
import { dirname, join } from "node:path";
import { listSerialPorts } from "./serial.ts";

/** A serial port that is there. */
export interface FoundPort {
  /** What `--port` takes. */
  readonly url: string;
  readonly path: string;
  /** A name that stays when ports are plugged in another order (Linux: below /dev/serial/by-id). */
  readonly stablePath?: string;
  /** Four hexadecimal digits each. */
  readonly usb?: { readonly vendorId: string; readonly productId: string };
  readonly manufacturer?: string;
  readonly product?: string;
  readonly serialNumber?: string;
  /** Whether we may open it; unknown on Windows. */
  readonly access?: "ok" | "denied";
}

/** Where Linux shows its ports; another place in tests. */
export interface SystemRoots {
  readonly sys: string;
  readonly dev: string;
}

const LINUX: SystemRoots = { sys: "/sys", dev: "/dev" };

/**
 * The serial ports of this computer, those on USB first.
 *
 * On Linux read from /sys, which needs neither a package nor `udevadm` (missing in containers); elsewhere asked of the
 * package `serialport`.
 *
 * @throws ChipError E_MISSING_PACKAGE without that package, not on Linux
 */
export async function discoverPorts(): Promise<readonly FoundPort[]> {
  const found = process.platform === "linux" ? await discoverLinux(LINUX) : await discoverElsewhere();
  return [...found].sort(
    (a, b) =>
      Number(b.usb !== undefined) - Number(a.usb !== undefined) ||
      a.path.localeCompare(b.path, "en", { numeric: true }),
  );
}

/** As `discoverPorts` on Linux. */
export async function discoverLinux({ sys, dev }: SystemRoots): Promise<FoundPort[]> {
  const names = await namesIn(join(sys, "class/tty"));
  const stable = await stablePaths(dev);
  const found: FoundPort[] = [];
  for (const name of names) {
    const path = join(dev, name);
    // Only terminals with hardware behind them have a device; the kernel also lists UARTs that the board lacks, as type 0.
    const device = await realpath(join(sys, "class/tty", name, "device")).catch(ifAbsent);
    if (device === undefined || (await attribute(join(sys, "class/tty", name), "type")) === "0") continue;
    const allowed = await mayOpen(path);
    if (allowed === undefined) continue;
    const usb = await usbAbove(device, sys);
    const stablePath = stable.get(name);
    found.push({
      url: `serial:${stablePath ?? path}`,
      path,
      ...(stablePath ? { stablePath } : {}),
      ...usb,
      access: allowed,
    });
  }
  return found;
}

async function discoverElsewhere(): Promise<FoundPort[]> {
  const ports = await listSerialPorts();
  return Promise.all(
    ports.map(async ({ path, vendorId, productId, manufacturer, serialNumber }): Promise<FoundPort> => {
      const allowed = process.platform === "win32" ? undefined : await mayOpen(path);
      return {
        url: `serial:${path}`,
        path,
        ...(vendorId && productId
          ? { usb: { vendorId: vendorId.toLowerCase(), productId: productId.toLowerCase() } }
          : {}),
        ...(manufacturer ? { manufacturer } : {}),
        ...(serialNumber ? { serialNumber } : {}),
        ...(allowed ? { access: allowed } : {}),
      };
    }),
  );
}

/** /dev/serial/by-id: names made of maker, product and serial number, by the terminal that they lead to. */
async function stablePaths(dev: string): Promise<Map<string, string>> {
  const folder = join(dev, "serial/by-id");
  const paths = new Map<string, string>();
  for (const name of await namesIn(folder)) {
    const target = await realpath(join(folder, name)).catch(ifAbsent);
    if (target !== undefined) paths.set(target.split("/").at(-1) as string, join(folder, name));
  }
  return paths;
}

/** What the USB device says of itself that a terminal's device is a part of. */
async function usbAbove(device: string, sys: string): Promise<Partial<FoundPort>> {
  const top = await realpath(sys);
  for (let at = device; at.startsWith(top) && at !== top; at = dirname(at)) {
    const vendorId = await attribute(at, "idVendor");
    const productId = await attribute(at, "idProduct");
    if (vendorId === undefined || productId === undefined) continue;
    const [manufacturer, product, serialNumber] = await Promise.all(
      ["manufacturer", "product", "serial"].map((name) => attribute(at, name)),
    );
    return {
      usb: { vendorId, productId },
      ...(manufacturer ? { manufacturer } : {}),
      ...(product ? { product } : {}),
      ...(serialNumber ? { serialNumber } : {}),
    };
  }
  return {};
}

async function attribute(folder: string, name: string): Promise<string | undefined> {
  const text = await readFile(join(folder, name), "utf8").catch(ifAbsent);
  return text?.trim();
}

/** Undefined when it is not there. */
async function mayOpen(path: string): Promise<"ok" | "denied" | undefined> {
  try {
    await access(path, constants.R_OK | constants.W_OK);
    return "ok";
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EACCES" ? "denied" : undefined;
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder).catch(ifAbsent)) ?? [];
}

/** Ports come and go while they are looked at, and not every system has every folder. */
function ifAbsent(error: NodeJS.ErrnoException): undefined {
  if (["ENOENT", "ENOTDIR", "ENODEV", "EACCES", "EINVAL"].includes(error.code ?? "")) return undefined;
  throw error;
}
