#include "cobs.h"

size_t cobs_encode(const uint8_t *in, size_t length, uint8_t *out) {
  size_t at = 1, code_at = 0;
  uint8_t code = 1;
  for (size_t i = 0; i < length; i++) {
    if (in[i] != 0) {
      out[at++] = in[i];
      code++;
    }
    /* A block ends at a zero, or when it is full; one that is full at the very end needs no empty block behind it. */
    if (in[i] == 0 || (code == 0xff && i + 1 < length)) {
      out[code_at] = code;
      code_at = at++;
      code = 1;
    }
  }
  out[code_at] = code;
  return at;
}

size_t cobs_decode(uint8_t *bytes, size_t length) {
  size_t from = 0, to = 0;
  while (from < length) {
    uint8_t code = bytes[from++];
    if (code == 0 || (size_t)(code - 1) > length - from) return SIZE_MAX;
    for (uint8_t i = 1; i < code; i++) {
      if (bytes[from] == 0) return SIZE_MAX;
      bytes[to++] = bytes[from++];
    }
    if (code < 0xff && from < length) bytes[to++] = 0;
  }
  return to;
}
