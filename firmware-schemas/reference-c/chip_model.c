/* A chip in plain C: rules R1 to R6 of emulator/README.md, R10 without the event filter, R12. Equal to the emulator to
 * the bit, counters included (test/property/reference-c-model.test.ts). No leak, no readout, no time.
 *
 * A sweep can stop at every spike and go on later. That needs no list of spikes: a core's own sweep is not affected by
 * what its spikes cause further down, because cores form no loops.
 */
#include <stddef.h>
#include <string.h>

#include "chip.h"

/* One event on its way through one core. */
typedef struct {
  uint32_t source_feature;
  int32_t at_y, at_x;                       /* the event's place plus padding */
  int32_t last_row, first_column, last_column;
  int32_t row, column;                      /* output neuron that is next... */
  uint32_t feature;                         /* ...and its feature */
  uint32_t route;                           /* destinations already served with the spike at hand */
  Spike spike;
} Sweep;

typedef struct {
  Sweep sweep;
  CoreCounters counters;
  uint32_t decimated; /* spikes since the decimator last let one pass */
  bool monitor;
} Core;

static ChipConfiguration configurations[2];
static int8_t weights[2][CHIP_WEIGHTS];       /* of each core [in][ky][kx][out]: a sweep reads them in a row */
static int16_t initial_states[2][CHIP_NEURONS]; /* of each core [y][x][out] */
static int16_t membranes[CHIP_NEURONS];
static Core cores[CHIP_CORES];
static InputCounters input_counters;

static uint32_t running;   /* which of the two runs */
static bool configured;    /* false until the first commit */
static uint32_t weights_taken, neurons_taken; /* of the staging place */

/* The input event under way, and the cores that it is in: stack[depth - 1] sweeps, those below wait for it. */
static Spike input_event;
static uint32_t input_route;
static bool input_busy;
static uint32_t stack[CHIP_CORES];
static uint32_t depth;

/* ---- configuration ---- */

ChipConfiguration *chip_stage_begin(void) {
  uint32_t staged = 1 - running;
  memset(&configurations[staged], 0, sizeof configurations[staged]);
  memset(initial_states[staged], 0, sizeof initial_states[staged]);
  weights_taken = neurons_taken = 0;
  return &configurations[staged];
}

bool chip_stage_core(CoreLayer *core) {
  const MapShape *in = &core->input_shape, *out = &core->output_shape;
  uint64_t neurons = (uint64_t)out->features * out->height * out->width;
  uint64_t kernel = (uint64_t)core->kernel_size.y * core->kernel_size.x;
  uint64_t pairs = (uint64_t)out->features * in->features;
  /* Every factor is below 2^16 (chip_reader.c), so neither product has wrapped; the last one is made by dividing. */
  if (neurons > CHIP_NEURONS - neurons_taken) return false;
  if (kernel == 0 || pairs > (CHIP_WEIGHTS - weights_taken) / kernel) return false;
  core->neuron_count = (uint32_t)neurons;
  core->weight_count = (uint32_t)(pairs * kernel);
  core->first_neuron = neurons_taken;
  core->first_weight = weights_taken;
  neurons_taken += core->neuron_count;
  weights_taken += core->weight_count;
  return true;
}

/* Where the file's [out][rest] lies in memory as [rest][out]. */
static uint32_t feature_last(uint32_t index, uint32_t count, uint32_t features) {
  uint32_t rest = count / features;
  return index % rest * features + index / rest;
}

void chip_stage_weight(const CoreLayer *core, uint32_t index, int8_t weight) {
  uint32_t at = feature_last(index, core->weight_count, core->output_shape.features);
  weights[1 - running][core->first_weight + at] = weight;
}

void chip_stage_initial(const CoreLayer *core, uint32_t index, int16_t state) {
  uint32_t at = feature_last(index, core->neuron_count, core->output_shape.features);
  initial_states[1 - running][core->first_neuron + at] = state;
}

void chip_commit(void) {
  running = 1 - running;
  configured = true;
  for (uint32_t i = 0; i < configurations[running].core_count; i++) {
    cores[i].monitor = configurations[running].cores[i].monitor_enable;
  }
  chip_reset();
}

const ChipConfiguration *chip_running(void) { return configured ? &configurations[running] : NULL; }

void chip_reset(void) {
  memcpy(membranes, initial_states[running], sizeof membranes);
  for (uint32_t i = 0; i < CHIP_CORES; i++) {
    memset(&cores[i].counters, 0, sizeof cores[i].counters);
    cores[i].decimated = 0;
  }
  memset(&input_counters, 0, sizeof input_counters);
  chip_stop();
}

void chip_stop(void) {
  input_busy = false;
  depth = 0;
}

/* ---- one neuron [R2] [R3] [R5] ---- */

static bool update_neuron(const CoreLayer *core, int16_t *membrane, int32_t weight, CoreCounters *counters) {
  int32_t fire_at = (int32_t)core->threshold_high + CHIP_COMPARATOR_ABOVE;
  int32_t v = *membrane + weight;
  if (v > INT16_MAX) {
    counters->saturated++;
    v = CHIP_UPPER_SATURATION ? INT16_MAX : v - 65536;
  } else if (v < INT16_MIN) {
    counters->saturated++;
    v = INT16_MIN;
  }
  if (v < core->threshold_low) {
    counters->clamped++;
    v = core->threshold_low;
  }
  bool fires = v >= fire_at;
  if (fires) {
    v = core->return_to_zero ? 0 : v - (int32_t)core->threshold_high;
    if (v >= fire_at) counters->residues++;
  }
  *membrane = (int16_t)v;
  return fires;
}

/* ---- one event on one core [R1] [R4] ---- */

static int32_t first_output(int32_t at, uint32_t kernel, uint32_t stride) {
  int32_t reach = at - (int32_t)kernel + 1; /* the smallest o with o * stride >= reach, and not below 0 */
  return reach <= 0 ? 0 : (reach + (int32_t)stride - 1) / (int32_t)stride;
}

static int32_t last_output(int32_t at, uint32_t size, uint32_t stride) {
  int32_t last = at / (int32_t)stride;
  return last < (int32_t)size ? last : (int32_t)size - 1;
}

static void sweep_begin(uint32_t index, uint32_t feature, uint32_t y, uint32_t x) {
  const CoreLayer *core = &configurations[running].cores[index];
  Sweep *sweep = &cores[index].sweep;
  sweep->source_feature = feature;
  sweep->at_y = (int32_t)(y + core->padding.y);
  sweep->at_x = (int32_t)(x + core->padding.x);
  sweep->row = first_output(sweep->at_y, core->kernel_size.y, core->stride.y);
  sweep->last_row = last_output(sweep->at_y, core->output_shape.height, core->stride.y);
  sweep->column = sweep->first_column = first_output(sweep->at_x, core->kernel_size.x, core->stride.x);
  sweep->last_column = last_output(sweep->at_x, core->output_shape.width, core->stride.x);
  if (sweep->first_column > sweep->last_column) sweep->row = sweep->last_row + 1;
  sweep->feature = 0;
  sweep->route = CHIP_DESTINATIONS; /* no spike at hand */
  cores[index].counters.events_in++;
  stack[depth++] = index;
}

/* Goes on to the next spike; false when the sweep is over or `taps` has run out. */
static bool sweep_next(const CoreLayer *core, Core *state, uint32_t *taps) {
  Sweep *sweep = &state->sweep;
  const uint32_t features = core->output_shape.features;
  while (sweep->row <= sweep->last_row) {
    uint32_t ky = (uint32_t)(sweep->at_y - sweep->row * (int32_t)core->stride.y);
    uint32_t kx = (uint32_t)(sweep->at_x - sweep->column * (int32_t)core->stride.x);
    uint32_t tap = (sweep->source_feature * core->kernel_size.y + ky) * core->kernel_size.x + kx;
    uint32_t place = (uint32_t)sweep->row * core->output_shape.width + (uint32_t)sweep->column;
    const int8_t *weight = &weights[running][core->first_weight + tap * features];
    int16_t *membrane = &membranes[core->first_neuron + place * features];
    while (sweep->feature < features) {
      if (*taps == 0) return false;
      --*taps;
      uint32_t f = sweep->feature++;
      state->counters.taps++;
      if (weight[f] != 0) state->counters.neuron_updates++;
      else if (CHIP_ZERO_WEIGHT_SKIP) continue;
      if (update_neuron(core, &membrane[f], weight[f], &state->counters)) {
        state->counters.spikes++;
        sweep->spike = (Spike){(uint8_t)core->core, (uint16_t)f, (uint16_t)sweep->row, (uint16_t)sweep->column};
        return true;
      }
    }
    sweep->feature = 0;
    if (++sweep->column > sweep->last_column) {
      sweep->column = sweep->first_column;
      sweep->row++;
    }
  }
  return false;
}

/* ---- routes [R6] [R7] ---- */

/* Sends one copy; false when it falls off the edge of the pooled map. */
static bool send(const MapShape *from, const Destination *to, const Spike *spike) {
  uint32_t y = spike->y / to->pooling, x = spike->x / to->pooling;
  if (y >= from->height / to->pooling || x >= from->width / to->pooling) return false;
  for (uint32_t i = 0; i < configurations[running].core_count; i++) {
    if (configurations[running].cores[i].core == to->core) sweep_begin(i, spike->feature + to->feature_shift, y, x);
  }
  return true;
}

/* One step of the core on top of the stack. Each spike goes to destination 0 completely, then to destination 1. */
static ChipStep step_core(uint32_t *taps, Spike *spike) {
  uint32_t index = stack[depth - 1];
  const CoreLayer *core = &configurations[running].cores[index];
  Core *state = &cores[index];
  Sweep *sweep = &state->sweep;
  if (sweep->route < core->destination_count) {
    const Destination *to = &core->destinations[sweep->route++];
    if (send(&core->output_shape, to, &sweep->spike)) state->counters.copies++;
    else state->counters.pool_dropped++;
    return CHIP_BUSY;
  }
  if (!sweep_next(core, state, taps)) {
    if (sweep->row > sweep->last_row) depth--;
    return CHIP_BUSY;
  }
  if (core->decimator > 1 && ++state->decimated < core->decimator) {
    state->counters.decimated++;
    return CHIP_BUSY;
  }
  state->decimated = 0;
  sweep->route = 0;
  if (!state->monitor) return CHIP_BUSY;
  *spike = sweep->spike;
  return CHIP_SPIKE;
}

ChipStep chip_step(uint32_t taps, Spike *spike) {
  while (taps > 0) {
    if (depth > 0) {
      if (step_core(&taps, spike) == CHIP_SPIKE) return CHIP_SPIKE;
    } else if (input_busy) {
      const InputLayer *input = &configurations[running].input;
      if (input_route == input->destination_count) input_busy = false;
      else if (!send(&input->shape, &input->destinations[input_route++], &input_event)) input_counters.pool_dropped++;
    } else {
      return CHIP_IDLE;
    }
  }
  return CHIP_BUSY;
}

/* ---- input layer [R10] ---- */

static void swap(uint32_t *a, uint32_t *b) {
  uint32_t was = *a;
  *a = *b;
  *b = was;
}

ChipInput chip_input(uint32_t p, uint32_t y, uint32_t x) {
  const InputLayer *input = &configurations[running].input;
  uint32_t height = input->shape.height, width = input->shape.width;
  /* Before the diagonal mirror, which comes last. */
  if (input->mirror_diagonal) swap(&height, &width);
  if (input->shape.features <= 2) {
    if (p > 1) return CHIP_OUTSIDE;
    if (p == 1 ? !input->on_channel : !input->off_channel) {
      input_counters.events++;
      input_counters.dropped++;
      return CHIP_DROPPED;
    }
    if (input->merge) p = 0;
  }
  y /= input->pooling.y;
  x /= input->pooling.x;
  if (input->has_cut) {
    const Pair *origin = &input->cut.origin, *corner = &input->cut.corner;
    if (y < origin->y || y > corner->y || x < origin->x || x > corner->x) {
      input_counters.events++;
      input_counters.dropped++;
      return CHIP_DROPPED;
    }
    y -= origin->y;
    x -= origin->x;
  }
  if (p >= input->shape.features || y >= height || x >= width) return CHIP_OUTSIDE;
  if (input->mirror_x) x = width - 1 - x;
  if (input->mirror_y) y = height - 1 - y;
  if (input->mirror_diagonal) swap(&y, &x);
  input_counters.events++;
  input_event = (Spike){0, (uint16_t)p, (uint16_t)y, (uint16_t)x};
  input_route = 0;
  input_busy = true;
  return CHIP_TAKEN;
}

/* ---- what the host asks for ---- */

const CoreCounters *chip_core_counters(uint32_t index) { return &cores[index].counters; }

const InputCounters *chip_input_counters(void) { return &input_counters; }

void chip_monitor(uint32_t index, bool enable) { cores[index].monitor = enable; }

bool chip_monitored(uint32_t index) { return cores[index].monitor; }

static int16_t *neuron_at(uint32_t index, uint32_t neuron) {
  const CoreLayer *core = &configurations[running].cores[index];
  return &membranes[core->first_neuron + feature_last(neuron, core->neuron_count, core->output_shape.features)];
}

int16_t chip_read_neuron(uint32_t index, uint32_t neuron) { return *neuron_at(index, neuron); }

void chip_write_neuron(uint32_t index, uint32_t neuron, int16_t state) { *neuron_at(index, neuron) = state; }
