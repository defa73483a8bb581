#ifndef COBS_H
#define COBS_H

#include <stddef.h>
#include <stdint.h>

/* Consistent Overhead Byte Stuffing (Cheshire, Baker 1999): bytes without any 0, so that 0 can end a frame. */

/* Most bytes that `length` bytes become. */
#define COBS_MAX(length) ((length) + (length) / 254 + 1)

/* Encodes; `out` has room for COBS_MAX(length) bytes and does not overlap `in`. Returns the encoded length. */
size_t cobs_encode(const uint8_t *in, size_t length, uint8_t *out);

/* Decodes in place, without the 0 that ended the frame. Returns the decoded length, or SIZE_MAX when this is no COBS. */
size_t cobs_decode(uint8_t *bytes, size_t length);

#endif
