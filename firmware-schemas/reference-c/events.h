/* Batches of events, packed and unpacked (events.proto). */
#ifndef EVENTS_H
#define EVENTS_H

#include <stdbool.h>
#include <stdint.h>

#include "messages.h"

typedef struct {
  uint64_t t_us;
  uint32_t core, feature, y, x;
} WireEvent;

typedef struct {
  const PB(EventBatch) *batch;
  uint32_t left; /* events */
  uint32_t at;   /* byte of the next one */
  uint64_t now_us;
} EventReader;

/* Prepares to read a batch, which stays where it is. False: it breaks the rules; then there is nothing to read. */
bool events_open(EventReader *reader, const PB(EventBatch) *batch);
bool events_next(EventReader *reader, WireEvent *event);

typedef struct {
  uint32_t core_bits, feature_bits, y_bits, x_bits;
} EventWidths;

/* Empties a batch. `widths` holds for all its events; with core_bits 0 they are all of `core`. */
void events_begin(PB(EventBatch) *batch, uint32_t run, const EventWidths *widths, uint32_t core);
/* Adds an event; false when it would make `packed` longer than `most` bytes, or comes too long after the one before: then
 * send the batch and begin the next. An empty batch takes any event, with `most` at least 9. */
bool events_add(PB(EventBatch) *batch, const WireEvent *event, uint64_t *last_us, uint32_t most);

#endif
