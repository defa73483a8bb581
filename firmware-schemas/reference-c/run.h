/* A run: events from the host into the chip, spikes from the chip to the host. */
#ifndef RUN_H
#define RUN_H

#include <stdbool.h>
#include <stdint.h>

#include "messages.h"

/* True from BeginRun until RunResult has gone into its send slot. */
bool run_active(void);

void run_begin(const PB(BeginRun) *begin);
/* Takes a batch, which stays where it is while run_reading says so. */
void run_events(const PB(EventBatch) *batch);
bool run_reading(void);
void run_end_input(uint32_t run);
/* The host does not want the rest of it. */
void run_abort(uint32_t run);
/* Nobody is there any more: no result. */
void run_drop(void);

/* Does one piece of work; false when there is nothing to do until something comes in or goes out. `more` says that another
 * message waits. */
bool run_poll(bool more);

/* Fills in the counters of the core at `index`. */
void run_counters(uint32_t index, PB(CoreCounters) *counters);

#endif
