#include "events.h"

#define LONGEST_DELTA 5
#define MOST_EVENTS 65535

static uint32_t address_bits(const PB(EventBatch) *batch) {
  return batch->core_bits + batch->feature_bits + batch->y_bits + batch->x_bits;
}

static uint32_t low_bits(uint32_t value, uint32_t bits) { return bits >= 32 ? value : value & ((1u << bits) - 1); }

/* A shift by all 32 bits, which C leaves open, gives 0. */
static uint32_t shift_right(uint32_t value, uint32_t bits) { return bits >= 32 ? 0 : value >> bits; }

/* Reads one event; false when the bytes are none. */
static bool read_event(EventReader *reader, WireEvent *event) {
  const PB(EventBatch) *batch = reader->batch;
  const uint8_t *bytes = batch->packed.bytes;
  uint32_t size = batch->packed.size, bits = address_bits(batch), address = 0, shift = 0;
  uint64_t delta = 0;
  uint8_t byte;
  do {
    if (reader->at == size || shift == 7 * LONGEST_DELTA) return false;
    byte = bytes[reader->at++];
    delta |= (uint64_t)(byte & 127) << shift;
    shift += 7;
  } while (byte > 127);
  if (delta > UINT32_MAX || size - reader->at < (bits + 7) / 8) return false;
  for (uint32_t at = 0; at < bits; at += 8) address |= (uint32_t)bytes[reader->at++] << at;
  reader->now_us += delta;
  event->t_us = reader->now_us;
  event->x = low_bits(address, batch->x_bits);
  address = shift_right(address, batch->x_bits);
  event->y = low_bits(address, batch->y_bits);
  address = shift_right(address, batch->y_bits);
  event->feature = low_bits(address, batch->feature_bits);
  event->core = shift_right(address, batch->feature_bits);
  reader->left--;
  return true;
}

bool events_open(EventReader *reader, const PB(EventBatch) *batch) {
  const EventReader start = {batch, batch->count, 0, (uint64_t)batch->base_high << 32 | batch->base_low};
  WireEvent event;
  *reader = start;
  reader->left = 0;
  if (batch->count == 0 || batch->count > MOST_EVENTS || batch->base_high > 2097151) return false;
  if (batch->core_bits != 0 || batch->feature_bits > 16 || batch->y_bits > 16 || batch->x_bits > 16) return false;
  if (address_bits(batch) > 32) return false;
  /* All of it is looked at before any of it is used. */
  for (*reader = start; reader->left > 0;) {
    if (!read_event(reader, &event)) {
      reader->left = 0;
      return false;
    }
  }
  if (reader->at != batch->packed.size) return false;
  *reader = start;
  return true;
}

bool events_next(EventReader *reader, WireEvent *event) { return reader->left > 0 && read_event(reader, event); }

void events_begin(PB(EventBatch) *batch, uint32_t run, const EventWidths *widths, uint32_t core) {
  batch->run = run;
  batch->count = 0;
  batch->core_bits = widths->core_bits;
  batch->feature_bits = widths->feature_bits;
  batch->y_bits = widths->y_bits;
  batch->x_bits = widths->x_bits;
  batch->core = widths->core_bits == 0 ? core : 0;
  batch->packed.size = 0;
}

bool events_add(PB(EventBatch) *batch, const WireEvent *event, uint64_t *last_us, uint32_t most) {
  uint32_t bits = address_bits(batch);
  if (batch->count == 0) {
    batch->base_low = LOW(event->t_us);
    batch->base_high = HIGH(event->t_us);
    *last_us = event->t_us;
  }
  uint64_t delta = event->t_us - *last_us;
  if (batch->packed.size + LONGEST_DELTA + (bits + 7) / 8 > most || delta > UINT32_MAX) return false;
  uint8_t *bytes = batch->packed.bytes;
  for (; delta > 127; delta >>= 7) bytes[batch->packed.size++] = (uint8_t)(delta | 128);
  bytes[batch->packed.size++] = (uint8_t)delta;
  uint64_t address = event->core;
  address = address << batch->feature_bits | event->feature;
  address = address << batch->y_bits | event->y;
  address = address << batch->x_bits | event->x;
  for (uint32_t at = 0; at < bits; at += 8) bytes[batch->packed.size++] = (uint8_t)(address >> at);
  batch->count++;
  *last_us = event->t_us;
  return true;
}
