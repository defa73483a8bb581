/* Reads a chip.pb as it arrives, a few bytes at a time, into the chip's staging place. It keeps 200 bytes of its own;
 * weights and initial states go to the chip one by one. Whatever the bytes are, it stays within its memory. */
#ifndef CHIP_READER_H
#define CHIP_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum {
  CHIP_READER_FINE,
  CHIP_READER_DAMAGED,     /* no chip.pb, cut off, or bytes changed */
  CHIP_READER_VERSION,     /* another schema version */
  CHIP_READER_DEVICE,      /* made for another device */
  CHIP_READER_TOO_LARGE,   /* more than this board can hold */
  CHIP_READER_UNSUPPORTED, /* asks for a block that this board does not have */
  CHIP_READER_CONFIG,      /* contradicts itself */
} ChipReaderVerdict;

/* Begins a new file; what was staged is dropped. */
void chip_reader_begin(void);

/* The next bytes. After the first fault it only swallows. */
void chip_reader_feed(const uint8_t *bytes, size_t length);

/* No more bytes follow: is the whole file sound, and may the chip run it? `device` and `hash` are the board's own; an
 * empty hash accepts any. */
ChipReaderVerdict chip_reader_finish(const char *device, const char *hash);

/* The reason in a sentence, after a verdict other than fine. */
const char *chip_reader_reason(void);

#endif
