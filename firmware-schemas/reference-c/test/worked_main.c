/* The worked bytes of the README, made by the board's own code: prints each frame by its name, in hexadecimal. What it
 * prints it has also read again. */
#include <pb_decode.h>
#include <pb_encode.h>
#include <stdio.h>
#include <string.h>

#include "events.h"
#include "frame.h"
#include "messages.h"

static bool failed;

static void check(bool fine, const char *what) {
  if (!fine) fprintf(stderr, "worked: %s\n", what);
  failed = failed || !fine;
}

static void show(const char *name, const Frame *frame) {
  static uint8_t line[FRAME_BYTES];
  static FrameParser parser;
  size_t length = frame_encode(frame, line);
  Frame back;
  printf("%s ", name);
  for (size_t i = 0; i < length; i++) {
    printf("%02x", line[i]);
    check(frame_parse(&parser, line[i], LINK_PAYLOAD, &back) == (i + 1 == length), name);
  }
  printf("\n");
  check(back.kind == frame->kind && back.session == frame->session && back.a == frame->a && back.b == frame->b &&
            back.length == frame->length && (back.length == 0 || memcmp(back.payload, frame->payload, back.length) == 0),
        name);
}

static void show_bare(const char *name, FrameKind kind, uint16_t a, uint16_t b) {
  show(name, &(Frame){(uint8_t)kind, 1, a, b, NULL, 0});
}

static void show_message(const char *name, Frame frame, const pb_msgdesc_t *fields, const void *message) {
  static uint8_t payload[LINK_PAYLOAD];
  pb_ostream_t stream = pb_ostream_from_buffer(payload, sizeof payload);
  check(pb_encode(&stream, fields, message), name);
  frame.payload = payload;
  frame.length = stream.bytes_written;
  show(name, &frame);
}

static void show_opening(void) {
  PB(Hello) hello = {.protocol = "spikewright-link", .min_version = 1, .max_version = 1, .nonce = 0x12345678, .max_payload = 4096,
                     .window = 32, .keepalive_ms = 500, .timeout_ms = 10000, .program = "by hand"};
  show_message("hello", (Frame){.kind = FRAME_HELLO}, PB(Hello_fields), &hello);
  PB(Welcome) welcome = {.protocol = "spikewright-link", .version = 1, .nonce = 0x12345678, .max_payload = 1024, .window = 4,
                         .capabilities = 0x8300};
  show_message("welcome", (Frame){.kind = FRAME_WELCOME, .session = 1}, PB(Welcome_fields), &welcome);
}

static void show_data(void) {
  static PB(ToBoard) up;
  static PB(FromBoard) down;
  up.id = 1;
  up.which_body = TO_BOARD(begin_run);
  up.body.begin_run.run = 1;
  show_message("begin", (Frame){.kind = FRAME_DATA, .session = 1}, PB(ToBoard_fields), &up);
  down.id = 1;
  down.which_body = FROM_BOARD(done);
  show_message("done", (Frame){.kind = FRAME_DATA, .session = 1}, PB(FromBoard_fields), &down);
}

static void show_events(void) {
  static const WireEvent events[3] = {{0, 0, 1, 1, 2}, {0, 0, 1, 1, 3}, {300, 0, 0, 0, 1}};
  static const EventWidths widths = {.feature_bits = 1, .y_bits = 2, .x_bits = 2};
  static PB(ToBoard) message;
  PB(EventBatch) *batch = &message.body.events;
  uint64_t last_us = 0;
  message.which_body = TO_BOARD(events);
  events_begin(batch, 1, &widths, 0);
  for (int i = 0; i < 3; i++) check(events_add(batch, &events[i], &last_us, sizeof batch->packed.bytes), "events_add");
  EventReader reader;
  WireEvent event;
  check(events_open(&reader, batch), "events_open");
  for (int i = 0; i < 3; i++) {
    check(events_next(&reader, &event), "events_next");
    check(event.t_us == events[i].t_us && event.feature == events[i].feature && event.y == events[i].y && event.x == events[i].x,
          "an event that was read");
  }
  check(!events_next(&reader, &event), "one event too many");
  show_message("events", (Frame){FRAME_DATA, 1, 1, 1, NULL, 0}, PB(ToBoard_fields), &message);
}

int main(void) {
  static const uint8_t none[9] = {4}, two[9] = {4, 6};
  show_opening();
  show_data();
  show("ack", &(Frame){FRAME_ACK, 1, 1, 0, none, sizeof none});
  show_events();
  show("gap", &(Frame){FRAME_ACK, 1, 2, 5, two, sizeof two});
  show_bare("ping", FRAME_PING, 0, 6);
  show_bare("abort", FRAME_ABORT, 1, 0);
  show_bare("close", FRAME_CLOSE, 0, 0);
  show_bare("closed", FRAME_CLOSED, 0, 0);
  return failed;
}
