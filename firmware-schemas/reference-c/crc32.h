#ifndef CRC32_H
#define CRC32_H

#include <stddef.h>
#include <stdint.h>

/* CRC-32 of IEEE 802.3 (as in zlib and PNG); of the text "123456789" it is CBF43926. */
uint32_t crc32(const uint8_t *bytes, size_t length);

/* The same in pieces: start with 0, hand the result of each call to the next. */
uint32_t crc32_more(uint32_t crc, const uint8_t *bytes, size_t length);

#endif
