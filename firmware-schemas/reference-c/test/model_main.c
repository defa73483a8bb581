/* The chip model and the chip.pb reader at the end of a pipe, so that a test can compare them with the emulator.
 *
 * stdin: commands one after the other, numbers least significant byte first.
 *   'C' u32 piece, u32 length, chip.pb   stage it in pieces of so many bytes and commit it if it is sound
 *                                        -> u8 verdict, u8 length, reason
 *   'E' u32 count, count x (u16 p, y, x) input events -> for each spike 1, u32 event, u8 core, u16 feature, y, x; then 0
 *   'W' u32 index, u32 count, i16 states -> nothing
 *   'R'                                  reset -> nothing
 *   'S'                                  state -> for each core ten u64 counters and its neurons, i16; then three u64
 */
#include <stdio.h>
#include <stdlib.h>

#include "../chip.h"
#include "../chip_reader.h"

static uint8_t get8(void) {
  int c = getchar();
  if (c == EOF) exit(2);
  return (uint8_t)c;
}

static uint16_t get16(void) {
  uint16_t low = get8();
  return (uint16_t)(low | get8() << 8);
}

static uint32_t get32(void) {
  uint32_t low = get16();
  return low | (uint32_t)get16() << 16;
}

static void put(uint64_t value, int bytes) {
  for (; bytes > 0; bytes--, value >>= 8) putchar((int)(value & 255));
}

static void configure(void) {
  static uint8_t bytes[65536];
  uint32_t piece = get32(), length = get32();
  chip_reader_begin();
  while (length > 0) {
    uint32_t count = length < piece ? length : piece;
    for (uint32_t i = 0; i < count; i++) bytes[i] = get8();
    chip_reader_feed(bytes, count);
    length -= count;
  }
  ChipReaderVerdict verdict = chip_reader_finish("speck2f", "");
  if (verdict == CHIP_READER_FINE) chip_commit();
  put(verdict, 1);
  const char *reason = chip_reader_reason();
  size_t said = 0;
  while (reason[said] != 0) said++;
  put(said, 1);
  fwrite(reason, 1, said, stdout);
}

static void events(void) {
  uint32_t count = get32();
  for (uint32_t i = 0; i < count; i++) {
    uint16_t p = get16(), y = get16(), x = get16();
    if (chip_input(p, y, x) == CHIP_OUTSIDE) exit(3);
    Spike spike;
    ChipStep step;
    /* An odd number, so that sweeps are interrupted everywhere. */
    while ((step = chip_step(37, &spike)) != CHIP_IDLE) {
      if (step != CHIP_SPIKE) continue;
      put(1, 1);
      put(i, 4);
      put(spike.core, 1);
      put(spike.feature, 2);
      put(spike.y, 2);
      put(spike.x, 2);
    }
  }
  put(0, 1);
}

static void state(void) {
  const ChipConfiguration *config = chip_running();
  if (config == NULL) exit(4);
  for (uint32_t i = 0; i < config->core_count; i++) {
    const CoreCounters *c = chip_core_counters(i);
    const uint64_t numbers[] = {c->events_in, c->taps,   c->neuron_updates, c->saturated,    c->clamped,
                                c->spikes,    c->residues, c->copies,       c->pool_dropped, c->decimated};
    for (size_t n = 0; n < sizeof numbers / sizeof *numbers; n++) put(numbers[n], 8);
    for (uint32_t n = 0; n < config->cores[i].neuron_count; n++) put((uint16_t)chip_read_neuron(i, n), 2);
  }
  put(chip_input_counters()->events, 8);
  put(chip_input_counters()->dropped, 8);
  put(chip_input_counters()->pool_dropped, 8);
}

int main(void) {
  int command;
  while ((command = getchar()) != EOF) {
    if (command == 'C') {
      configure();
    } else if (command == 'E') {
      events();
    } else if (command == 'W') {
      uint32_t index = get32(), count = get32();
      for (uint32_t n = 0; n < count; n++) chip_write_neuron(index, n, (int16_t)get16());
    } else if (command == 'R') {
      chip_reset();
    } else if (command == 'S') {
      state();
    } else {
      return 1;
    }
  }
  return 0;
}
