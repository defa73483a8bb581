#include "frame.h"

#include <string.h>

#include "crc32.h"

static void put16(uint8_t *at, uint16_t value) {
  at[0] = (uint8_t)value;
  at[1] = (uint8_t)(value >> 8);
}

static uint16_t get16(const uint8_t *at) { return (uint16_t)(at[0] | at[1] << 8); }

size_t frame_encode(const Frame *frame, uint8_t out[FRAME_BYTES]) {
  static uint8_t content[FRAME_CONTENT];
  size_t length = FRAME_HEADER + frame->length;
  content[0] = frame->kind;
  put16(content + 1, frame->session);
  put16(content + 3, frame->a);
  put16(content + 5, frame->b);
  if (frame->length > 0) memcpy(content + FRAME_HEADER, frame->payload, frame->length);
  uint32_t crc = crc32(content, length);
  put16(content + length, (uint16_t)crc);
  put16(content + length + 2, (uint16_t)(crc >> 16));
  size_t stuffed = cobs_encode(content, length + 4, out);
  out[stuffed] = 0;
  return stuffed + 1;
}

bool frame_decode(uint8_t *bytes, size_t length, Frame *frame) {
  length = cobs_decode(bytes, length);
  if (length == SIZE_MAX || length < FRAME_OVERHEAD) return false;
  const uint8_t *crc = bytes + length - 4;
  if ((get16(crc) | (uint32_t)get16(crc + 2) << 16) != crc32(bytes, length - 4)) return false;
  if (bytes[0] < FRAME_HELLO || bytes[0] > FRAME_UNKNOWN) return false;
  frame->kind = bytes[0];
  frame->session = get16(bytes + 1);
  frame->a = get16(bytes + 3);
  frame->b = get16(bytes + 5);
  frame->payload = bytes + FRAME_HEADER;
  frame->length = length - FRAME_OVERHEAD;
  return true;
}

bool frame_parse(FrameParser *parser, uint8_t byte, size_t longest, Frame *frame) {
  if (byte != 0) {
    /* What is too long is swallowed up to the next zero; its length keeps saying so. */
    if (parser->length < sizeof parser->bytes) parser->bytes[parser->length] = byte;
    if (parser->length <= sizeof parser->bytes) parser->length++;
    return false;
  }
  size_t length = parser->length;
  parser->length = 0;
  if (length == 0) return false;
  if (length <= COBS_MAX(FRAME_OVERHEAD + longest) && frame_decode(parser->bytes, length, frame) &&
      frame->length <= longest) {
    parser->frames++;
    return true;
  }
  parser->discarded++;
  return false;
}
