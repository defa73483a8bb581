/* The chip as the protocol sees it. chip_model.c implements this in plain C; on a board these functions talk to the chip.
 *
 * Nothing here blocks or takes long: chip_step does a bounded piece of work, so that the main loop keeps serving the line.
 */
#ifndef CHIP_H
#define CHIP_H

#include <stdbool.h>
#include <stdint.h>

#include "board.h"

#define CHIP_DESTINATIONS 2
#define CHIP_LAYER_NAME 31

typedef struct {
  uint32_t features, height, width;
} MapShape;

typedef struct {
  uint32_t y, x;
} Pair;

typedef struct {
  uint32_t core, pooling, feature_shift;
} Destination;

/* InputConfig of chip.proto, without the event filter, which the model does not have. */
typedef struct {
  MapShape shape;
  uint32_t on_channel, off_channel, merge;
  Pair pooling;
  uint32_t has_cut;
  struct {
    Pair origin, corner;
  } cut;
  uint32_t mirror_x, mirror_y, mirror_diagonal;
  uint32_t destination_count;
  Destination destinations[CHIP_DESTINATIONS];
} InputLayer;

/* CoreConfig of chip.proto, as far as a chip needs it; the arrays lie in the chip's memories. */
typedef struct {
  uint32_t core;
  char layer[CHIP_LAYER_NAME + 1]; /* for messages; a longer name is cut */
  MapShape input_shape, output_shape;
  Pair kernel_size, stride, padding;
  uint32_t threshold_high;
  int32_t threshold_low;
  uint32_t return_to_zero, monitor_enable, congestion_balancer, decimator;
  uint32_t destination_count;
  Destination destinations[CHIP_DESTINATIONS];
  /* Where its memory begins; chip_stage_core sets them. */
  uint32_t first_weight, first_neuron;
  uint32_t weight_count, neuron_count;
} CoreLayer;

typedef struct {
  InputLayer input;
  uint32_t core_count;
  CoreLayer cores[CHIP_CORES];
} ChipConfiguration;

/* Configuration. There are two places for one: what runs and what is being staged. Staging changes nothing that runs;
 * chip_commit swaps the two in one step. */

/* Empties the staging place and returns it, for the reader to fill in. */
ChipConfiguration *chip_stage_begin(void);
/* Called when a core's shapes are known and before its arrays come: finds memory for them. False: too large. */
bool chip_stage_core(CoreLayer *core);
/* One weight; `index` counts in the order of the file, [out][in][ky][kx]. */
void chip_stage_weight(const CoreLayer *core, uint32_t index, int8_t weight);
/* One initial state; `index` counts in the order of the file, [out][y][x]. */
void chip_stage_initial(const CoreLayer *core, uint32_t index, int16_t state);
/* Lets the staged configuration run from its initial state. The caller has checked it (chip_reader_finish). */
void chip_commit(void);
/* The configuration that runs, or NULL before the first. */
const ChipConfiguration *chip_running(void);

/* Running. */

typedef struct {
  uint8_t core;
  uint16_t feature, y, x;
} Spike;

typedef enum {
  CHIP_TAKEN,   /* on its way through the cores */
  CHIP_DROPPED, /* polarity switches, cut or pooling kept it out */
  CHIP_OUTSIDE, /* no such address: an error of the sender */
} ChipInput;

typedef enum {
  CHIP_IDLE, /* all that the last event caused is done: the next may come */
  CHIP_BUSY, /* more to do */
  CHIP_SPIKE /* a monitored core fired */
} ChipStep;

/* One input event; only when chip_step said CHIP_IDLE. `p` is the polarity, or the feature on maps of more than two. */
ChipInput chip_input(uint32_t p, uint32_t y, uint32_t x);
/* Goes on with at most `taps` taps. */
ChipStep chip_step(uint32_t taps, Spike *spike);
/* Membranes to their initial values, counters and decimators to zero; what is under way is forgotten. */
void chip_reset(void);
/* Forgets what the last event has still to cause; membranes and counters stay as they are. */
void chip_stop(void);

/* What happened since reset, by the names of emulator/README.md. 64 bits: a busy core makes 2^32 taps in a minute. */
typedef struct {
  uint64_t events_in, taps, neuron_updates, saturated, clamped, spikes, residues, copies, pool_dropped, decimated;
} CoreCounters;

typedef struct {
  uint64_t events, dropped, pool_dropped;
} InputCounters;

/* `index` is the position in ChipConfiguration.cores. */
const CoreCounters *chip_core_counters(uint32_t index);
const InputCounters *chip_input_counters(void);

/* Whether the host sees a core's spikes; a configuration's own choice holds until this is called. */
void chip_monitor(uint32_t index, bool enable);
bool chip_monitored(uint32_t index);

/* Membranes, in the order of the file, [out][y][x]. */
int16_t chip_read_neuron(uint32_t index, uint32_t neuron);
void chip_write_neuron(uint32_t index, uint32_t neuron, int16_t state);

#endif
