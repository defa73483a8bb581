#include "transport.h"

#include <string.h>

#define MS 1000u
#define TIMEOUT_MIN (10 * MS)
#define TIMEOUT_MAX (1000 * MS)
#define TIMEOUT_FIRST (250 * MS)
#define SIZE_MIN 64
#define SIZE_FIRST 256
#define SOUND_MESSAGES 16 /* as many without a loss: try longer ones */
#define ACK_PAYLOAD 9

_Static_assert(65536 % LINK_SLOTS == 0 && LINK_SLOTS <= 64, "slots are found by sequence number");
_Static_assert(65536 % LINK_WINDOW == 0 && LINK_WINDOW <= 64, "slots are found by sequence number");

typedef struct {
  uint16_t length;
  uint16_t stamp; /* of its last sending */
  bool arrived, lost;
  uint8_t bytes[LINK_PAYLOAD];
} SendSlot;

typedef struct {
  uint16_t length;
  bool kept;
  uint8_t bytes[LINK_PAYLOAD];
} ReceiveSlot;

/* Message n lies in slot n % LINK_SLOTS. oldest: not acknowledged; next: not sent; queued: not written. */
static struct {
  SendSlot slots[LINK_SLOTS];
  uint16_t oldest, next, queued, edge;
  uint16_t stamp; /* next one */
  uint16_t max_payload;
  uint32_t size, sound;
  uint16_t halved_at; /* first stamp since the last halving */
  bool ping;          /* one is due, to keep alive */
  bool timing;        /* a stamp is being timed */
  uint16_t timed_stamp;
  uint64_t timed_at, asked_at; /* asked_at: last DATA or PING sent, or ACK that moved something */
  uint32_t srtt, rttvar, timeout;
  uint32_t doubled; /* time-out with its doublings */
} out;

/* Message n lies in slot n % LINK_WINDOW. done: not worked off; expected: not arrived. */
static struct {
  ReceiveSlot slots[LINK_WINDOW];
  uint16_t done, expected;
  uint16_t latest_stamp;
  bool ack;
  uint32_t told_credit; /* in the last ACK */
} in;

uint32_t transport_resent;

static bool before(uint16_t a, uint16_t b) { return (int16_t)(uint16_t)(a - b) < 0; }

void transport_start(uint16_t max_payload, uint8_t window) {
  memset(&out, 0, sizeof out);
  memset(&in, 0, sizeof in);
  out.edge = window;
  out.max_payload = max_payload < LINK_PAYLOAD ? max_payload : LINK_PAYLOAD;
  out.size = SIZE_FIRST;
  out.timeout = out.doubled = TIMEOUT_FIRST;
  in.latest_stamp = 65535;
  in.told_credit = LINK_WINDOW;
}

/* ---- receiving ---- */

static uint32_t credit(void) { return LINK_WINDOW - (uint16_t)(in.expected - in.done); }

static ReceiveSlot *receive_slot(uint16_t number) { return &in.slots[number % LINK_WINDOW]; }

void transport_data(const Frame *frame) {
  uint16_t ahead = (uint16_t)(frame->a - in.expected);
  in.latest_stamp = frame->b;
  in.ack = true;
  if (ahead >= credit()) return; /* a repetition, or more than was allowed */
  ReceiveSlot *slot = receive_slot(frame->a);
  if (!slot->kept) {
    slot->kept = true;
    slot->length = (uint16_t)frame->length;
    memcpy(slot->bytes, frame->payload, frame->length);
  }
  while (credit() > 0 && receive_slot(in.expected)->kept) in.expected++;
}

void transport_ping(const Frame *frame) {
  in.latest_stamp = frame->b;
  in.ack = true;
}

const uint8_t *transport_message(size_t *length) {
  if (in.done == in.expected) return NULL;
  *length = receive_slot(in.done)->length;
  return receive_slot(in.done)->bytes;
}

void transport_message_done(void) {
  receive_slot(in.done++)->kept = false;
  /* The other end waits for room; tell it once there is a fair amount. */
  if (in.told_credit * 2 < LINK_WINDOW && credit() * 2 >= LINK_WINDOW) in.ack = true;
}

static void make_ack(Frame *frame) {
  static uint8_t payload[ACK_PAYLOAD];
  memset(payload, 0, sizeof payload);
  payload[0] = (uint8_t)credit();
  for (uint32_t i = 0; i + 1 < credit(); i++) {
    if (receive_slot((uint16_t)(in.expected + 1 + i))->kept) payload[1 + i / 8] |= (uint8_t)(1u << i % 8);
  }
  in.told_credit = credit();
  in.ack = false;
  *frame = (Frame){FRAME_ACK, 0, in.expected, in.latest_stamp, payload, sizeof payload};
}

/* ---- sending ---- */

static SendSlot *send_slot(uint16_t number) { return &out.slots[number % LINK_SLOTS]; }

uint32_t transport_free_slots(void) { return LINK_SLOTS - (uint16_t)(out.queued - out.oldest); }

uint8_t *transport_slot(void) { return send_slot(out.queued)->bytes; }

void transport_send(size_t length) {
  SendSlot *slot = send_slot(out.queued++);
  slot->length = (uint16_t)length;
  slot->arrived = slot->lost = false;
}

size_t transport_max_payload(void) { return out.max_payload; }

size_t transport_good_payload(void) { return out.size < out.max_payload ? out.size : out.max_payload; }

static void found_lost(SendSlot *slot) {
  slot->lost = true;
  out.sound = 0;
  /* All that one burst swallowed counts as one loss. */
  if (before(slot->stamp, out.halved_at)) return;
  out.size = out.size / 2 > SIZE_MIN ? out.size / 2 : SIZE_MIN;
  out.halved_at = out.stamp;
}

static void found_arrived(SendSlot *slot) {
  if (slot->arrived) return;
  slot->arrived = true;
  slot->lost = false;
  if (++out.sound < SOUND_MESSAGES) return;
  out.sound = 0;
  if (out.size < LINK_PAYLOAD) out.size *= 2;
}

/* RFC 6298. */
static void measured(uint32_t rtt) {
  if (out.srtt == 0) {
    out.srtt = rtt;
    out.rttvar = rtt / 2;
  } else {
    uint32_t off = out.srtt > rtt ? out.srtt - rtt : rtt - out.srtt;
    out.rttvar = (3 * out.rttvar + off) / 4;
    out.srtt = (7 * out.srtt + rtt) / 8;
  }
  if (out.srtt == 0) out.srtt = 1; /* 0 means: none yet */
  uint32_t timeout = out.srtt + 4 * out.rttvar;
  out.timeout = timeout < TIMEOUT_MIN ? TIMEOUT_MIN : timeout > TIMEOUT_MAX ? TIMEOUT_MAX : timeout;
}

void transport_ack(const Frame *frame, uint64_t now_us) {
  uint16_t expected = frame->a, latest = frame->b;
  /* It can only speak of what was sent. */
  if (frame->length != ACK_PAYLOAD || (uint16_t)(expected - out.oldest) > (uint16_t)(out.next - out.oldest)) return;
  uint16_t edge = (uint16_t)(expected + frame->payload[0]);
  bool moved = expected != out.oldest || before(out.edge, edge), lost = false;
  if (before(out.edge, edge)) out.edge = edge;
  while (out.oldest != expected) found_arrived(send_slot(out.oldest++));
  for (uint16_t n = out.oldest; n != out.next; n++) {
    uint16_t i = (uint16_t)(n - expected - 1);
    SendSlot *slot = send_slot(n);
    if (i < 64 && frame->payload[1 + i / 8] >> i % 8 & 1) found_arrived(slot);
    else if (!slot->arrived && !slot->lost && !before(latest, slot->stamp)) {
      found_lost(slot);
      lost = true;
    }
  }
  if (out.timing && !before(latest, out.timed_stamp)) {
    out.timing = false;
    uint64_t took = now_us - out.timed_at;
    measured(took < TIMEOUT_MAX ? (uint32_t)took : TIMEOUT_MAX);
  }
  if (moved) out.asked_at = now_us;
  if (moved || lost) out.doubled = out.timeout;
}

void transport_resume(void) {
  for (uint16_t n = out.oldest; n != out.next; n++) {
    if (!send_slot(n)->arrived) send_slot(n)->lost = true;
  }
  in.ack = true;
}

/* Does an ACK have to come, or else be asked for? */
static bool waits(void) { return out.oldest != out.next || (out.next != out.queued && out.next == out.edge); }

static uint16_t next_stamp(uint64_t now_us) {
  if (!out.timing) {
    out.timing = true;
    out.timed_stamp = out.stamp;
    out.timed_at = now_us;
  }
  /* Stamps come round again; what was long ago stays in the past. */
  if ((uint16_t)(out.stamp - out.halved_at) > 16384) out.halved_at = (uint16_t)(out.stamp - 16384);
  out.asked_at = now_us;
  return out.stamp++;
}

static void make_data(Frame *frame, uint16_t number, uint64_t now_us) {
  SendSlot *slot = send_slot(number);
  slot->stamp = next_stamp(now_us);
  slot->lost = false;
  *frame = (Frame){FRAME_DATA, 0, number, slot->stamp, slot->bytes, slot->length};
}

bool transport_next(Frame *frame, uint64_t now_us) {
  if (in.ack) {
    make_ack(frame);
    return true;
  }
  for (uint16_t n = out.oldest; n != out.next; n++) {
    if (!send_slot(n)->lost) continue;
    transport_resent++;
    make_data(frame, n, now_us);
    return true;
  }
  if (out.next != out.queued && before(out.next, out.edge)) {
    make_data(frame, out.next++, now_us);
    return true;
  }
  bool late = waits() && now_us - out.asked_at >= out.doubled;
  if (!late && !out.ping) return false;
  if (late) out.doubled = out.doubled * 2 < TIMEOUT_MAX ? out.doubled * 2 : TIMEOUT_MAX;
  out.ping = false;
  out.timing = false; /* what was timed may be lost: the PING is timed instead */
  *frame = (Frame){FRAME_PING, 0, 0, next_stamp(now_us), NULL, 0};
  return true;
}

uint64_t transport_wake_us(void) { return waits() ? out.asked_at + out.doubled : UINT64_MAX; }

void transport_keep_alive(void) { out.ping = true; }
