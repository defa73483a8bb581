declare module "gifenc" {
  interface Encoder {
    writeFrame(
      pixels: Uint8Array,
      width: number,
      height: number,
      options: { palette: number[][]; delay: number; repeat: number },
    ): void;
    finish(): void;
    bytes(): Uint8Array;
  }
  interface Package {
    GIFEncoder(): Encoder;
  }
  const gifenc: Package;
  export default gifenc;
  /** Only where modules are bundled. */
  export const GIFEncoder: Package["GIFEncoder"] | undefined;
}
