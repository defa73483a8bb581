/* Both directions of a session: which frames arrived, which to send again, when to stop (README, "Session"). It knows
 * nothing of how a session begins and ends (session.c) and nothing of what the messages say (protocol.c). */
#ifndef TRANSPORT_H
#define TRANSPORT_H

#include "frame.h"

/* Starts afresh with what the other end can take. */
void transport_start(uint16_t max_payload, uint8_t window);

/* The line is a new one: everything that is not acknowledged counts as lost. */
void transport_resume(void);

/* Frames of the session. */
void transport_data(const Frame *frame);
void transport_ping(const Frame *frame);
void transport_ack(const Frame *frame, uint64_t now_us);

/* The next frame to send, without its session; false when there is none at the moment. */
bool transport_next(Frame *frame, uint64_t now_us);

/* When transport_next has to be asked again at the latest, though nothing has come; UINT64_MAX: never. */
uint64_t transport_wake_us(void);

/* A PING is to be sent, to show that somebody is here. */
void transport_keep_alive(void);

/* For protocol.c. */

/* The oldest message that is not worked off, or NULL. It stays where it is until transport_message_done. */
const uint8_t *transport_message(size_t *length);
void transport_message_done(void);

/* Free send slots. */
uint32_t transport_free_slots(void);
/* Room for the next message, LINK_PAYLOAD bytes; only with a free slot. */
uint8_t *transport_slot(void);
/* Sends what was written there. */
void transport_send(size_t length);
/* Longest message that the other end takes, and the length to cut to: short on a bad line. */
size_t transport_max_payload(void);
size_t transport_good_payload(void);

extern uint32_t transport_resent;

#endif
