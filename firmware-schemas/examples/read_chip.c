/* Reads a chip.pb as firmware would: a few hundred bytes of state, weights passed on as they come, nothing allocated.
 *
 *   protoc -I.. --nanopb_out=-I..:. ../chip.proto
 *   cc -I. read_chip.c chip.pb.c -lprotobuf-nanopb -o read_chip && ./read_chip < chip.pb
 *
 * Prints one line a core and ends with "ok"; exit status 1 and one line on stderr for a file that it refuses.
 */
#include <pb_decode.h>
#include <stdio.h>
#include <string.h>

#include "chip.pb.h"

#define MAX_FILE (1024 * 1024)
#define CRC_FIELD 5 /* tag 7D and four bytes */

static uint8_t file[MAX_FILE];

static int refuse(const char *why) {
  fprintf(stderr, "refused: %s\n", why);
  return 1;
}

static uint32_t crc32(const uint8_t *bytes, size_t length) {
  uint32_t crc = 0xffffffffu;
  while (length--) {
    crc ^= *bytes++;
    for (int bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ (0xedb88320u & (0u - (crc & 1u)));
  }
  return ~crc;
}

/* What firmware would stream into a core's memory; here only counted and summed. */
typedef struct {
  size_t bytes;
  long sum;
} Tally;

static bool on_int8(pb_istream_t *stream, const pb_field_t *field, void **arg) {
  (void)field;
  Tally *tally = *arg;
  while (stream->bytes_left) {
    uint8_t raw;
    if (!pb_read(stream, &raw, 1)) return false;
    tally->bytes++;
    tally->sum += (int8_t)raw;
  }
  return true;
}

static bool on_int16(pb_istream_t *stream, const pb_field_t *field, void **arg) {
  (void)field;
  Tally *tally = *arg;
  while (stream->bytes_left) {
    uint8_t raw[2];
    if (!pb_read(stream, raw, 2)) return false; /* fails at half a number, too */
    tally->bytes += 2;
    tally->sum += (int16_t)(raw[0] | raw[1] << 8);
  }
  return true;
}

static bool on_core(pb_istream_t *stream, const pb_field_t *field, void **arg) {
  (void)field;
  (void)arg;
  spikewright_chip_v1_CoreConfig core = spikewright_chip_v1_CoreConfig_init_zero;
  Tally weights = {0}, leak = {0}, state = {0};
  core.weights.funcs.decode = on_int8;
  core.weights.arg = &weights;
  core.leak.funcs.decode = on_int16;
  core.leak.arg = &leak;
  core.initial_state.funcs.decode = on_int16;
  core.initial_state.arg = &state;
  if (!pb_decode(stream, spikewright_chip_v1_CoreConfig_fields, &core)) return false;
  printf("core %u: out %ux%ux%u, weights %zu sum %ld, leak %zu sum %ld, state %zu sum %ld, thresholds %u %d, to", (unsigned)core.core,
         (unsigned)core.output_shape.features, (unsigned)core.output_shape.height, (unsigned)core.output_shape.width,
         weights.bytes, weights.sum, leak.bytes, leak.sum, state.bytes, state.sum, (unsigned)core.threshold_high,
         (int)core.threshold_low);
  for (pb_size_t i = 0; i < core.destinations_count; i++) {
    printf(" %u/%u+%u", (unsigned)core.destinations[i].core, (unsigned)core.destinations[i].pooling,
           (unsigned)core.destinations[i].feature_shift);
  }
  printf("\n");
  return true;
}

static spikewright_chip_v1_ChipFile envelope = spikewright_chip_v1_ChipFile_init_zero;
static spikewright_chip_v1_ChipConfig config = spikewright_chip_v1_ChipConfig_init_zero;

static bool on_payload(pb_istream_t *stream, const pb_field_t *field, void **arg) {
  (void)field;
  (void)arg;
  /* The version comes before the payload in the file, and nothing may reach the chip under an unknown one. */
  if (envelope.schema_version != 1) PB_RETURN_ERROR(stream, "unknown schema version");
  return pb_decode(stream, spikewright_chip_v1_ChipConfig_fields, &config);
}

int main(void) {
  static const char magic[] = "\x0a\x10spikewright-chip";
  size_t length = fread(file, 1, sizeof file, stdin);
  if (length < sizeof magic - 1 + CRC_FIELD || memcmp(file, magic, sizeof magic - 1) != 0) return refuse("no chip.pb");

  /* Judge the whole file before any of it reaches the chip. */
  const uint8_t *end = file + length - CRC_FIELD;
  uint32_t stored = end[1] | (uint32_t)end[2] << 8 | (uint32_t)end[3] << 16 | (uint32_t)end[4] << 24;
  if (end[0] != 0x7d || stored != crc32(file, length - CRC_FIELD)) return refuse("damaged");

  config.cores.funcs.decode = on_core;
  envelope.payload.funcs.decode = on_payload;
  pb_istream_t stream = pb_istream_from_buffer(file, length);
  if (!pb_decode(&stream, spikewright_chip_v1_ChipFile_fields, &envelope)) return refuse(PB_GET_ERROR(&stream));

  printf("device %s, input %ux%ux%u, outputs", envelope.device_name, (unsigned)config.input.shape.features,
         (unsigned)config.input.shape.height, (unsigned)config.input.shape.width);
  for (pb_size_t i = 0; i < config.outputs_count; i++) {
    printf(" %u+%u", (unsigned)config.outputs[i].core, (unsigned)config.outputs[i].feature_shift);
  }
  printf("\nok\n");
  return 0;
}
