import { describe, expect, it } from "vitest";
import { formatPortUrl, parsePortUrl } from "../../../src/link/port-url.ts";
import { thrown } from "../../support/thrown.ts";

describe("port URLs", () => {
  it.each([
    ["serial:/dev/ttyACM0", { kind: "serial", path: "/dev/ttyACM0", baud: 921_600 }],
    ["serial:/dev/ttyUSB1?baud=115200", { kind: "serial", path: "/dev/ttyUSB1", baud: 115_200 }],
    ["serial:///dev/ttyACM0", { kind: "serial", path: "/dev/ttyACM0", baud: 921_600 }],
    ["serial:COM3", { kind: "serial", path: "COM3", baud: 921_600 }],
    ["tcp://192.168.1.7:7333", { kind: "tcp", host: "192.168.1.7", port: 7333 }],
    ["tcp://[::1]:80", { kind: "tcp", host: "::1", port: 80 }],
    ["exec:./firmware --stdio", { kind: "exec", command: "./firmware --stdio" }],
    ["emulator:", { kind: "emulator" }],
    ["virtual:", { kind: "virtual" }],
    ["emulator", { kind: "emulator" }],
  ])("reads %s", (text, url) => {
    expect(parsePortUrl(text)).toEqual(url);
    expect(parsePortUrl(formatPortUrl(parsePortUrl(text)))).toEqual(url);
  });

  it.each([
    ["/dev/ttyACM0", /did you mean serial:\/dev\/ttyACM0\?/],
    ["COM3", /did you mean serial:COM3\?/],
    ["raspberry.local", /did you mean tcp:\/\/raspberry\.local:7333\?/],
    ["udp://a:1", /no ports of the kind "udp:"/],
    ["tcp://host", /no host with a port number/],
    ["tcp://host:70000", /no host with a port number/],
    ["serial:", /names no device/],
    ["serial:/dev/ttyACM0?baud=fast", /baud rate "fast"/],
    ["serial:/dev/ttyACM0?speed=9600", /unknown setting "speed"/],
    ["exec:", /names no program/],
    ["virtual:7", /something behind virtual:/],
  ])("refuses %s and says how it is meant", (text, message) => {
    const error = thrown(() => parsePortUrl(text));
    expect(error).toMatchObject({ code: "E_OPTION" });
    expect((error as Error).message).toMatch(message);
  });
});
