#include "board.h"

#include "hal.h"
#include "protocol.h"
#include "session.h"

/* The frame that is on its way out. */
static uint8_t out[FRAME_BYTES];
static size_t length, sent;

bool board_poll(void) {
  static uint8_t in[256];
  size_t received = uart_read(in, sizeof in);
  bool busy = received > 0;
  session_receive(in, received, now_us());
  for (int i = 0; i < BOARD_STEPS && protocol_poll(); i++) busy = true;
  if (sent == length) {
    sent = 0;
    length = session_send(out, now_us());
  }
  if (sent < length) {
    size_t taken = uart_write(out + sent, length - sent);
    sent += taken;
    busy = busy || taken > 0;
  }
  return busy;
}

bool board_sending(void) { return sent < length; }

uint64_t board_wake_us(void) { return session_wake_us(); }
