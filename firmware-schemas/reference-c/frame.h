/* Frames: kind, session, two numbers, a payload, a CRC-32; stuffed with COBS and ended by a zero (README, "Frames"). */
#ifndef FRAME_H
#define FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "board.h"
#include "cobs.h"

typedef enum {
  FRAME_HELLO = 1,
  FRAME_WELCOME,
  FRAME_REFUSE,
  FRAME_DATA,
  FRAME_ACK,
  FRAME_PING,
  FRAME_ABORT,
  FRAME_CLOSE,
  FRAME_CLOSED,
  FRAME_UNKNOWN,
} FrameKind;

typedef struct {
  uint8_t kind;
  uint16_t session, a, b;
  const uint8_t *payload;
  size_t length;
} Frame;

#define FRAME_HEADER 7
#define FRAME_OVERHEAD (FRAME_HEADER + 4)
#define FRAME_CONTENT (FRAME_OVERHEAD + LINK_PAYLOAD)
/* Room for any frame of this board as it stands on the line, its ending zero included. */
#define FRAME_BYTES (COBS_MAX(FRAME_CONTENT) + 1)

/* Writes a frame with its ending zero; returns the length. Its payload is no longer than LINK_PAYLOAD. */
size_t frame_encode(const Frame *frame, uint8_t out[FRAME_BYTES]);

/* Takes a piece between two zeros apart, in place; the payload lies in `bytes`. False: this is no frame. */
bool frame_decode(uint8_t *bytes, size_t length, Frame *frame);

/* Collects bytes up to a zero. */
typedef struct {
  uint8_t bytes[FRAME_BYTES];
  size_t length;
  uint32_t frames, discarded;
} FrameParser;

/* Takes one byte; true when it ended a frame. Pieces of more than `longest` bytes of payload are none. */
bool frame_parse(FrameParser *parser, uint8_t byte, size_t longest, Frame *frame);

#endif
