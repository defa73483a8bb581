/* What a board does with messages (README, "Messages"). Runs are in run.c. */
#ifndef PROTOCOL_H
#define PROTOCOL_H

#include <stdbool.h>
#include <stdint.h>

/* For session.c. */
uint32_t protocol_capabilities(void);
void protocol_session_began(const char *program);
/* Aborts the run, drops what is staged, unsubscribes. */
void protocol_session_ended(void);
void protocol_abort(uint16_t run);

/* Does one piece of work; false when there is nothing to do until something comes in or goes out. */
bool protocol_poll(void);

/* Which device this board says to carry; an empty hash accepts every description of it. The texts are kept, not copied. */
void protocol_identity(const char *device, const char *hash, const char *serial);

typedef enum { LOG_DEBUG = 1, LOG_INFO, LOG_WARNING, LOG_ERROR } LogLevel;

/* A line for the host, if it wants it and the line is not busy. */
void protocol_log(LogLevel level, const char *text);

#endif
