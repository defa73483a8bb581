/* How a session begins and ends, who is there, and the way of every byte from and to the line (README, "Session"). */
#ifndef SESSION_H
#define SESSION_H

#include "frame.h"

/* Bytes that came in. */
void session_receive(const uint8_t *bytes, size_t length, uint64_t now_us);

/* The next bytes for the line, at most one frame; 0 when there is nothing to send. The line may be slow: ask again when all
 * of them are gone. */
size_t session_send(uint8_t out[FRAME_BYTES], uint64_t now_us);

/* When session_send has to be asked again at the latest, though nothing has come. */
uint64_t session_wake_us(void);

/* Frames that came in whole, and pieces that were none, since the start. */
uint32_t session_frames(void);
uint32_t session_discarded(void);

#endif
