#include "run.h"

#include <stdio.h>
#include <string.h>

#include "chip.h"
#include "events.h"
#include "transport.h"

/* Bytes of a message around its longest field (link.proto). */
#define AROUND 40

typedef enum { NONE, GOING, COUNTERS, WARNINGS, RESULT } Phase;

static struct {
  Phase phase;
  uint32_t number;
  bool ending; /* EndInput has come */
  bool limited;
  uint64_t until_us, last_us; /* of the input: last event, the first being at 0 */
  uint64_t events, dropped, pool_dropped_before;
  uint32_t reported; /* cores, or kinds of warnings, that have been sent */
  PB(RunStatus) status;
  PB(ErrorCode) code;
  char why[96];
} run;

static EventReader reader;

/* The spike at hand: it waits for room. */
static Spike spike;
static bool spike_waits;

/* Spikes on their way up. */
static PB(EventBatch) spikes;
static uint64_t spike_us; /* of the last one in it */
static EventWidths widths; /* of the next batch */
static bool batch_a_core;  /* addresses of all cores together do not go into 32 bits */

bool run_active(void) { return run.phase != NONE; }

bool run_reading(void) { return reader.left > 0; }

static void stop(void) {
  reader.left = 0;
  spikes.count = 0;
  spike_waits = false;
  chip_stop();
}

void run_drop(void) {
  if (run.phase == NONE) return;
  stop();
  run.phase = NONE;
}

static void finish(PB(RunStatus) status) {
  run.status = status;
  run.phase = status == PB(RunStatus_RUN_STATUS_DONE) ? COUNTERS : RESULT;
  run.reported = 0;
}

static void fail(PB(ErrorCode) code) {
  run.code = code;
  reader.left = 0;
  finish(PB(RunStatus_RUN_STATUS_FAILED));
}

void run_abort(uint32_t number) {
  if (run.phase == NONE || run.number != number || run.phase == RESULT) return;
  stop();
  finish(PB(RunStatus_RUN_STATUS_ABORTED));
}

void run_end_input(uint32_t number) {
  if (run.phase == GOING && run.number == number) run.ending = true;
}

/* ---- addresses ---- */

static uint32_t bits_of(uint32_t value) {
  uint32_t bits = 0;
  for (; value > 0; value >>= 1) bits++;
  return bits;
}

static void widen(uint32_t *bits, uint32_t largest) {
  if (bits_of(largest) > *bits) *bits = bits_of(largest);
}

static void widen_for(const CoreLayer *core) {
  widen(&widths.feature_bits, core->output_shape.features - 1);
  widen(&widths.y_bits, core->output_shape.height - 1);
  widen(&widths.x_bits, core->output_shape.width - 1);
}

/* Widths that all monitored cores have room in; a single one needs no core in the address. */
static void choose_widths(void) {
  const ChipConfiguration *config = chip_running();
  uint32_t monitored = 0;
  memset(&widths, 0, sizeof widths);
  for (uint32_t i = 0; i < config->core_count; i++) {
    if (!chip_monitored(i)) continue;
    monitored++;
    widen_for(&config->cores[i]);
    widen(&widths.core_bits, config->cores[i].core);
  }
  batch_a_core = monitored == 1 || widths.core_bits + widths.feature_bits + widths.y_bits + widths.x_bits > 32;
}

static void begin_batch(uint32_t number) {
  const ChipConfiguration *config = chip_running();
  if (batch_a_core) {
    memset(&widths, 0, sizeof widths);
    for (uint32_t i = 0; i < config->core_count; i++) {
      if (config->cores[i].core == number) widen_for(&config->cores[i]);
    }
  }
  events_begin(&spikes, run.number, &widths, number);
}

/* ---- input ---- */

void run_begin(const PB(BeginRun) *begin) {
  memset(&run, 0, sizeof run);
  run.phase = GOING;
  run.number = begin->run;
  run.limited = begin->has_until_low;
  run.until_us = (uint64_t)begin->until_high << 32 | begin->until_low;
  run.pool_dropped_before = chip_input_counters()->pool_dropped;
  stop();
  choose_widths();
}

void run_events(const PB(EventBatch) *batch) {
  if (run.phase != GOING || batch->run != run.number || run.ending) return; /* of a run that is over */
  if (events_open(&reader, batch)) return;
  snprintf(run.why, sizeof run.why, "a batch of events breaks the rules of events.proto");
  fail(ERROR(BAD_REQUEST));
}

static void enter(const WireEvent *event) {
  if (event->t_us < run.last_us) {
    snprintf(run.why, sizeof run.why, "event %lu is earlier than the one before; sort the events by time",
             (unsigned long)run.events);
    fail(ERROR(INPUT));
    return;
  }
  run.last_us = event->t_us;
  if (run.limited && event->t_us >= run.until_us) return;
  switch (chip_input(event->feature, event->y, event->x)) {
    case CHIP_OUTSIDE:
      snprintf(run.why, sizeof run.why, "event %lu (p %lu, y %lu, x %lu) lies outside the chip's input map",
               (unsigned long)run.events, (unsigned long)event->feature, (unsigned long)event->y, (unsigned long)event->x);
      fail(ERROR(INPUT));
      return;
    case CHIP_DROPPED:
      run.dropped++;
      break;
    case CHIP_TAKEN:
      break;
  }
  run.events++;
}

/* ---- output ---- */

static bool flush(void) {
  PB(FromBoard) *message = message_begin(0, FROM_BOARD(events));
  if (message == NULL) return false;
  message->body.events = spikes;
  message_send();
  spikes.count = 0;
  return true;
}

/* Adds the spike at hand to the batch. False when it has to be sent first, and cannot be at the moment. */
static bool add(void) {
  /* Without time the chip answers at once: a spike has the time of the event that caused it. */
  WireEvent event = {run.last_us, spike.core, spike.feature, spike.y, spike.x};
  uint32_t most = (uint32_t)transport_good_payload() - AROUND;
  if (spikes.count > 0) {
    bool fits = !batch_a_core || spikes.core == spike.core;
    if (spikes.core_bits == 0) event.core = 0;
    if (fits && events_add(&spikes, &event, &spike_us, most)) return true;
    if (!flush()) return false;
  }
  begin_batch(spike.core);
  if (spikes.core_bits == 0) event.core = 0;
  return events_add(&spikes, &event, &spike_us, most);
}

void run_counters(uint32_t index, PB(CoreCounters) *message) {
  const CoreCounters *c = chip_core_counters(index);
  const uint64_t numbers[13] = {c->events_in, c->taps,   c->neuron_updates, c->saturated,    c->clamped, c->spikes, c->residues,
                                c->copies,    0,         c->pool_dropped,   0,               c->decimated, 0};
  message->core = chip_running()->cores[index].core;
  message->low_count = 13;
  for (uint32_t i = 0; i < 13; i++) {
    message->low[i] = LOW(numbers[i]);
    message->high[i] = HIGH(numbers[i]);
    if (message->high[i] > 0) message->high_count = 13;
  }
}

/* The warnings of a core, by the emulator's rules; false: none of that kind. */
static bool warning(uint32_t index, uint32_t kind, PB(Warning) *message) {
  const CoreCounters *c = chip_core_counters(index);
  const char *text;
  uint64_t count;
  if (kind == 0) {
    count = c->saturated;
    message->kind = PB(WarningKind_WARNING_KIND_SATURATED);
    text = "updates met the end of the 16-bit membrane word";
  } else if (kind == 1) {
    count = c->residues;
    message->kind = PB(WarningKind_WARNING_KIND_RESIDUES);
    text = "spikes left the membrane at or above threshold; the rest waits for the next event";
  } else {
    count = c->copies == 0 ? c->pool_dropped : 0;
    message->kind = PB(WarningKind_WARNING_KIND_POOL_DROPPED);
    text = "copies were dropped, none fills a pooling block";
  }
  message->has_core = true;
  message->core = chip_running()->cores[index].core;
  message->count_low = LOW(count);
  message->count_high = HIGH(count);
  snprintf(message->message, sizeof message->message, "%s (core %lu): %s%lu %s",
           chip_running()->cores[index].layer, (unsigned long)message->core, kind == 2 ? "all " : "", (unsigned long)count,
           text);
  return count > 0;
}

static bool pools_raggedly(const InputLayer *input) {
  for (uint32_t i = 0; i < input->destination_count; i++) {
    uint32_t pooling = input->destinations[i].pooling;
    if (input->shape.height % pooling != 0 || input->shape.width % pooling != 0) return true;
  }
  return false;
}

static void result(PB(RunResult) *message) {
  uint64_t pool_dropped = chip_input_counters()->pool_dropped - run.pool_dropped_before;
  uint64_t duration = run.limited && run.until_us < run.last_us ? run.until_us : run.last_us;
  message->run = run.number;
  message->status = run.status;
  if (run.status == PB(RunStatus_RUN_STATUS_FAILED)) {
    message->has_error = true;
    message->error.code = run.code;
    memcpy(message->error.message, run.why, sizeof run.why);
  }
  message->events_low = LOW(run.events);
  message->events_high = HIGH(run.events);
  message->dropped_low = LOW(run.dropped);
  message->dropped_high = HIGH(run.dropped);
  message->has_pool_dropped_low = pools_raggedly(&chip_running()->input);
  if (message->has_pool_dropped_low) {
    message->pool_dropped_low = LOW(pool_dropped);
    message->pool_dropped_high = HIGH(pool_dropped);
  }
  message->duration_low = LOW(duration);
  message->duration_high = HIGH(duration);
  strcpy(message->kernel, "reference-c");
}

/* After the last event: counters and warnings of every core, then the result. */
static bool report(void) {
  uint32_t cores = chip_running()->core_count;
  if (spikes.count > 0) return flush();
  if (run.phase == WARNINGS) {
    PB(Warning) none;
    while (run.reported < 3 * cores && !warning(run.reported / 3, run.reported % 3, &none)) run.reported++;
    if (run.reported == 3 * cores) run.phase = RESULT;
  }
  pb_size_t kind = run.phase == COUNTERS   ? FROM_BOARD(core_counters)
                   : run.phase == WARNINGS ? FROM_BOARD(warning)
                                           : FROM_BOARD(run_result);
  PB(FromBoard) *message = message_begin(0, kind);
  if (message == NULL) return false;
  if (run.phase == RESULT) {
    result(&message->body.run_result);
    run.phase = NONE;
  } else if (run.phase == WARNINGS) {
    warning(run.reported / 3, run.reported % 3, &message->body.warning);
    run.reported++;
  } else {
    run_counters(run.reported++, &message->body.core_counters);
    if (run.reported == cores) {
      run.phase = WARNINGS;
      run.reported = 0;
    }
  }
  message_send();
  return true;
}

bool run_poll(bool more) {
  if (run.phase == NONE) return false;
  if (run.phase != GOING) return report();
  if (!spike_waits) {
    ChipStep step = chip_step(BOARD_TAPS, &spike);
    if (step == CHIP_BUSY) return true;
    spike_waits = step == CHIP_SPIKE;
  }
  if (spike_waits) {
    spike_waits = !add();
    return !spike_waits;
  }
  WireEvent event;
  if (events_next(&reader, &event)) {
    enter(&event);
    return true;
  }
  if (run.ending) {
    finish(PB(RunStatus_RUN_STATUS_DONE));
    return true;
  }
  /* Nothing to do: what there is goes up, however little it is. */
  return !more && spikes.count > 0 && flush();
}
