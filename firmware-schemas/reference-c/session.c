#include "session.h"

#include <pb_decode.h>
#include <pb_encode.h>
#include <string.h>

#include "link.pb.h"
#include "protocol.h"
#include "transport.h"

#define PROTOCOL "spikewright-link"
#define VERSION 1
#define OPENING_PAYLOAD 256
#define MS 1000u

static FrameParser parser;
static uint8_t opening[OPENING_PAYLOAD]; /* payload of a WELCOME or REFUSE */

/* The session in being, and the number of the last one. */
static bool open;
static uint16_t number;
static uint32_t nonce;
static uint64_t keepalive_us, timeout_us, heard_at, sent_at;

/* What is owed outside of the session. One of each is enough: who still waits asks again. */
static bool greeted; /* false until the first zero has been sent */
static bool welcome, refuse, closed, unknown;
static uint16_t closed_number, unknown_number;
static spikewright_link_v1_Refuse refusal;

static void end_session(void) {
  if (!open) return;
  open = false;
  protocol_session_ended();
}

/* ---- opening ---- */

static void refuse_hello(uint32_t to, spikewright_link_v1_RefuseReason reason, const char *message) {
  refuse = true;
  refusal = (spikewright_link_v1_Refuse){
      .protocol = PROTOCOL, .nonce = to, .reason = reason, .min_version = VERSION, .max_version = VERSION};
  strncpy(refusal.message, message, sizeof refusal.message - 1);
}

static bool in_range(const spikewright_link_v1_Hello *hello) {
  return hello->nonce != 0 && hello->max_payload >= 512 && hello->max_payload <= 65535 && hello->window >= 1 &&
         hello->window <= 64 && hello->keepalive_ms >= 10 && hello->keepalive_ms <= 60000 && hello->timeout_ms >= 100 &&
         hello->timeout_ms <= 3600000;
}

static void on_hello(const Frame *frame, uint64_t now_us) {
  spikewright_link_v1_Hello hello = spikewright_link_v1_Hello_init_zero;
  pb_istream_t stream = pb_istream_from_buffer(frame->payload, frame->length);
  if (!pb_decode(&stream, spikewright_link_v1_Hello_fields, &hello) || strcmp(hello.protocol, PROTOCOL) != 0) {
    refuse_hello(hello.nonce, spikewright_link_v1_RefuseReason_REFUSE_REASON_BAD_HELLO, "no Hello of this protocol");
  } else if (hello.min_version > VERSION || hello.max_version < VERSION) {
    refuse_hello(hello.nonce, spikewright_link_v1_RefuseReason_REFUSE_REASON_VERSION, "this board speaks version 1");
  } else if (!in_range(&hello)) {
    refuse_hello(hello.nonce, spikewright_link_v1_RefuseReason_REFUSE_REASON_BAD_HELLO, "a limit is out of range");
  } else if (open && hello.nonce == nonce) {
    welcome = true;
    heard_at = now_us;
    transport_resume();
  } else if (hello.resume) {
    refuse_hello(hello.nonce, spikewright_link_v1_RefuseReason_REFUSE_REASON_NO_SESSION, "no session with that nonce");
  } else {
    end_session();
    open = welcome = true;
    number = number == 65535 ? 1 : (uint16_t)(number + 1);
    nonce = hello.nonce;
    keepalive_us = (uint64_t)hello.keepalive_ms * MS;
    timeout_us = (uint64_t)hello.timeout_ms * MS;
    heard_at = sent_at = now_us;
    transport_start((uint16_t)hello.max_payload, (uint8_t)hello.window);
    protocol_session_began(hello.program);
  }
}

/* ---- frames ---- */

static void on_frame(const Frame *frame, uint64_t now_us) {
  bool ours = open && frame->session == number;
  if (ours) heard_at = now_us;
  switch (frame->kind) {
    case FRAME_HELLO:
      on_hello(frame, now_us);
      break;
    case FRAME_CLOSE:
      closed = true;
      closed_number = frame->session;
      if (ours) end_session();
      break;
    case FRAME_DATA:
    case FRAME_PING:
    case FRAME_ABORT:
      if (!ours) {
        unknown = true;
        unknown_number = frame->session;
      } else if (frame->kind == FRAME_DATA) {
        transport_data(frame);
      } else if (frame->kind == FRAME_PING) {
        transport_ping(frame);
      } else {
        protocol_abort(frame->a);
      }
      break;
    case FRAME_ACK:
      if (ours) transport_ack(frame, now_us);
      break;
    default: /* what only a board says */
      break;
  }
}

void session_receive(const uint8_t *bytes, size_t length, uint64_t now_us) {
  for (size_t i = 0; i < length; i++) {
    Frame frame;
    if (frame_parse(&parser, bytes[i], open ? LINK_PAYLOAD : OPENING_PAYLOAD, &frame)) on_frame(&frame, now_us);
  }
}

/* ---- sending ---- */

static Frame message_frame(FrameKind kind, uint16_t session, const pb_msgdesc_t *fields, const void *message) {
  pb_ostream_t stream = pb_ostream_from_buffer(opening, sizeof opening);
  pb_encode(&stream, fields, message); /* all texts are bounded, so it fits */
  return (Frame){(uint8_t)kind, session, 0, 0, opening, stream.bytes_written};
}

static Frame welcome_frame(void) {
  spikewright_link_v1_Welcome message = {.protocol = PROTOCOL,
                                         .version = VERSION,
                                         .nonce = nonce,
                                         .max_payload = LINK_PAYLOAD,
                                         .window = LINK_WINDOW,
                                         .capabilities = protocol_capabilities()};
  return message_frame(FRAME_WELCOME, number, spikewright_link_v1_Welcome_fields, &message);
}

static bool next_frame(Frame *frame, uint64_t now_us) {
  if (open && now_us - heard_at >= timeout_us) end_session();
  if (!open) welcome = false;
  if (refuse) {
    refuse = false;
    *frame = message_frame(FRAME_REFUSE, 0, spikewright_link_v1_Refuse_fields, &refusal);
  } else if (welcome) {
    welcome = false;
    *frame = welcome_frame();
  } else if (closed) {
    closed = false;
    *frame = (Frame){FRAME_CLOSED, closed_number, 0, 0, NULL, 0};
  } else if (unknown) {
    unknown = false;
    *frame = (Frame){FRAME_UNKNOWN, unknown_number, 0, 0, NULL, 0};
  } else if (open) {
    if (now_us - sent_at >= keepalive_us) transport_keep_alive();
    if (!transport_next(frame, now_us)) return false;
    frame->session = number;
    sent_at = now_us;
  } else {
    return false;
  }
  return true;
}

size_t session_send(uint8_t bytes[FRAME_BYTES], uint64_t now_us) {
  if (!greeted) {
    /* Whatever the line carried before the board was up ends here. */
    greeted = true;
    bytes[0] = 0;
    return 1;
  }
  Frame frame;
  return next_frame(&frame, now_us) ? frame_encode(&frame, bytes) : 0;
}

uint64_t session_wake_us(void) {
  if (!open) return UINT64_MAX;
  uint64_t wake = transport_wake_us();
  if (sent_at + keepalive_us < wake) wake = sent_at + keepalive_us;
  if (heard_at + timeout_us < wake) wake = heard_at + timeout_us;
  return wake;
}

uint32_t session_frames(void) { return parser.frames; }

uint32_t session_discarded(void) { return parser.discarded; }
