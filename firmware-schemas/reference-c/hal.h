/* All that the board needs of its controller, chip.h apart. None of these waits. */
#ifndef HAL_H
#define HAL_H

#include <stddef.h>
#include <stdint.h>

/* Takes up to `room` bytes that have come in; returns how many, 0 when there are none. */
size_t uart_read(uint8_t *bytes, size_t room);

/* Gives bytes to the line; returns how many it took, 0 when it takes none at the moment. */
size_t uart_write(const uint8_t *bytes, size_t length);

/* Microseconds since the start. Never runs backwards. */
uint64_t now_us(void);

#endif
