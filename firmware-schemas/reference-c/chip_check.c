#include "chip_check.h"

#include <stddef.h>

static bool is_pooling(uint32_t n) { return n == 1 || n == 2 || n == 4; }

static bool is_map(const MapShape *map) { return map->features > 0 && map->height > 0 && map->width > 0; }

/* Along one axis: floor((input - kernel + 2 * padding) / stride) + 1. All numbers are below 2^16. */
static bool axis_fits(uint32_t input, uint32_t kernel, uint32_t stride, uint32_t padding, uint32_t output) {
  uint32_t padded = input + 2 * padding;
  return kernel > 0 && stride > 0 && kernel <= padded && output == (padded - kernel) / stride + 1;
}

const char *chip_check_shapes(const CoreLayer *core) {
  const MapShape *in = &core->input_shape, *out = &core->output_shape;
  const Pair *kernel = &core->kernel_size, *stride = &core->stride, *padding = &core->padding;
  if (!is_map(in) || !is_map(out)) return "a map has no size";
  if (!axis_fits(in->height, kernel->y, stride->y, padding->y, out->height) ||
      !axis_fits(in->width, kernel->x, stride->x, padding->x, out->width)) {
    return "output_shape does not follow from input, kernel, stride and padding";
  }
  return NULL;
}

static const char *check_input(const InputLayer *input) {
  if (!is_map(&input->shape)) return "the input map has no size";
  if (!is_pooling(input->pooling.y) || !is_pooling(input->pooling.x)) return "input pooling is not 1, 2 or 4";
  if (input->shape.features > 2 && (input->merge || !input->on_channel || !input->off_channel)) {
    return "polarity switches on an input of more than two features";
  }
  if (input->has_cut) {
    const Pair *origin = &input->cut.origin, *corner = &input->cut.corner;
    uint32_t height = input->mirror_diagonal ? input->shape.width : input->shape.height;
    uint32_t width = input->mirror_diagonal ? input->shape.height : input->shape.width;
    /* Unsigned: a corner before the origin gives a huge number, which is no height either. */
    if (corner->y - origin->y != height - 1 || corner->x - origin->x != width - 1) return "cut and input map differ";
  }
  return NULL;
}

/* Destinations of the core at `position`, or of the input layer at -1: further down the list, so that nothing loops. */
static const char *check_destinations(const ChipConfiguration *config, const MapShape *map, const Destination *to,
                                      uint32_t count, int position) {
  for (; count > 0; count--, to++) {
    if (!is_pooling(to->pooling)) return "pooling of a destination is not 1, 2 or 4";
    const CoreLayer *target = NULL;
    for (int i = position + 1; i < (int)config->core_count; i++) {
      if (config->cores[i].core == to->core) target = &config->cores[i];
    }
    if (target == NULL) return "a destination is not among the cores that follow";
    if (map->height / to->pooling != target->input_shape.height || map->width / to->pooling != target->input_shape.width ||
        map->features + to->feature_shift > target->input_shape.features) {
      return "a destination takes another map";
    }
  }
  return NULL;
}

static const char *check_core(const ChipConfiguration *config, int position) {
  const CoreLayer *core = &config->cores[position];
  if (core->weight_count == 0) return "no weights";
  if (core->threshold_high == 0) return "threshold_high is 0";
  for (int i = 0; i < position; i++) {
    if (config->cores[i].core == core->core) return "the core comes twice";
  }
  return check_destinations(config, &core->output_shape, core->destinations, core->destination_count, position);
}

const char *chip_check(const ChipConfiguration *config, int *core) {
  *core = -1;
  if (config->core_count == 0) return "no core";
  const InputLayer *input = &config->input;
  const char *why = check_input(input);
  if (why == NULL) why = check_destinations(config, &input->shape, input->destinations, input->destination_count, -1);
  for (int i = 0; why == NULL && i < (int)config->core_count; i++) {
    why = check_core(config, i);
    *core = (int)config->cores[i].core;
  }
  return why;
}
