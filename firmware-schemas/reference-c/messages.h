/* Short names for what nanopb generates, and the way of a message to its send slot. */
#ifndef MESSAGES_H
#define MESSAGES_H

#include "link.pb.h"

#define PB(name) spikewright_link_v1_##name
#define TO_BOARD(name) spikewright_link_v1_ToBoard_##name##_tag
#define FROM_BOARD(name) spikewright_link_v1_FromBoard_##name##_tag
#define ERROR(name) spikewright_link_v1_ErrorCode_ERROR_CODE_##name

/* An empty message of a kind (FROM_BOARD) to fill in, or NULL when no send slot is free: then try again later. */
PB(FromBoard) *message_begin(uint32_t id, pb_size_t kind);
/* Sends it. */
void message_send(void);

/* A number beyond 32 bits, as the messages carry it. */
#define LOW(value) ((uint32_t)(value))
#define HIGH(value) ((uint32_t)((value) >> 32))

#endif
