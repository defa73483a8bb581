#include "chip_reader.h"

#include <stdio.h>
#include <string.h>

#include "chip.h"
#include "chip_check.h"
#include "crc32.h"

/* chip.proto as a table: what becomes of each field of each message. One small engine walks the bytes by it, so nothing
 * waits for a whole message and nothing is kept that has been used. (nanopb would pull its bytes from the line and so
 * would have to wait for them inside a callback.) */

typedef enum { IN_FILE, IN_CONFIG, IN_INPUT, IN_CUT, IN_CORE, IN_SHAPE, IN_PAIR, IN_DESTINATION, IN_CLOCK } Message;

typedef enum {
  NUMBER,        /* stored at `offset`, at most `limit` */
  SIGNED,        /* the same in zigzag form, -32768..0 */
  CHECKED,       /* at most `limit`, but of no use to this chip */
  NESTED,        /* a message of kind `inner`, whose fields are stored from `offset` on */
  TEXT,          /* stored at `offset`, at most `limit` bytes and a 0 */
  NAME,          /* the same; a longer one is cut */
  CORE,          /* the next of ChipConfiguration.cores */
  DESTINATION,   /* the next of the input layer's or the core's destinations */
  WEIGHTS,
  INITIAL_STATE,
  IGNORED,       /* for people: scale, provenance */
  CRC,           /* judged at the end */
  REFUSED,       /* a block that this chip does not have */
} Action;

typedef enum { VARINT = 0, FIXED64 = 1, BYTES = 2, FIXED32 = 5 } WireType;

typedef struct {
  Message message;
  uint8_t field;
  WireType wire;
  Action action;
  Message inner;
  size_t offset;
  uint32_t limit;
  const char *name;
} Rule;

typedef struct {
  char format[17];
  uint32_t version;
  char device[64];
  char hash[65];
} Envelope;

#define U16 65535u
#define AT(type, member) .offset = offsetof(type, member)
#define NUM(message, field, type, member, most) {message, field, VARINT, NUMBER, .limit = most, AT(type, member), .name = #member}
#define SUB(message, field, type, member, kind) {message, field, BYTES, NESTED, kind, AT(type, member), .name = #member}

static const Rule rules[] = {
    {IN_FILE, 1, BYTES, TEXT, .limit = 16, AT(Envelope, format), .name = "format"},
    NUM(IN_FILE, 2, Envelope, version, UINT32_MAX),
    {IN_FILE, 3, BYTES, TEXT, .limit = 63, AT(Envelope, device), .name = "device_name"},
    {IN_FILE, 4, BYTES, TEXT, .limit = 64, AT(Envelope, hash), .name = "device_hash"},
    {IN_FILE, 5, BYTES, NESTED, IN_CONFIG, .name = "payload"},
    {IN_FILE, 15, FIXED32, CRC, .name = "crc32"},

    SUB(IN_CONFIG, 1, ChipConfiguration, input, IN_INPUT),
    {IN_CONFIG, 2, BYTES, CORE, IN_CORE, .name = "cores"},
    {IN_CONFIG, 3, BYTES, IGNORED, .name = "outputs"},
    {IN_CONFIG, 4, BYTES, NESTED, IN_CLOCK, .name = "slow_clock"},
    {IN_CONFIG, 5, BYTES, REFUSED, .name = "readout block"},
    {IN_CONFIG, 6, BYTES, IGNORED, .name = "provenance"},

    SUB(IN_INPUT, 1, InputLayer, shape, IN_SHAPE),
    NUM(IN_INPUT, 2, InputLayer, on_channel, 1),
    NUM(IN_INPUT, 3, InputLayer, off_channel, 1),
    NUM(IN_INPUT, 4, InputLayer, merge, 1),
    SUB(IN_INPUT, 5, InputLayer, pooling, IN_PAIR),
    SUB(IN_INPUT, 6, InputLayer, cut, IN_CUT),
    NUM(IN_INPUT, 7, InputLayer, mirror_x, 1),
    NUM(IN_INPUT, 8, InputLayer, mirror_y, 1),
    NUM(IN_INPUT, 9, InputLayer, mirror_diagonal, 1),
    {IN_INPUT, 10, BYTES, REFUSED, .name = "event filter"},
    {IN_INPUT, 11, BYTES, DESTINATION, IN_DESTINATION, .name = "destinations"},

    {IN_CUT, 1, BYTES, NESTED, IN_PAIR, .name = "origin"},
    {IN_CUT, 2, BYTES, NESTED, IN_PAIR, .offset = sizeof(Pair), .name = "corner"},

    NUM(IN_CORE, 1, CoreLayer, core, 255),
    {IN_CORE, 2, BYTES, NAME, .limit = CHIP_LAYER_NAME, AT(CoreLayer, layer), .name = "layer"},
    SUB(IN_CORE, 3, CoreLayer, input_shape, IN_SHAPE),
    SUB(IN_CORE, 4, CoreLayer, output_shape, IN_SHAPE),
    SUB(IN_CORE, 5, CoreLayer, kernel_size, IN_PAIR),
    SUB(IN_CORE, 6, CoreLayer, stride, IN_PAIR),
    SUB(IN_CORE, 7, CoreLayer, padding, IN_PAIR),
    {IN_CORE, 8, BYTES, WEIGHTS, .name = "weights"},
    {IN_CORE, 9, BYTES, REFUSED, .name = "leak"},
    {IN_CORE, 10, VARINT, CHECKED, .limit = 1, .name = "leak_internal_slow_clock"},
    NUM(IN_CORE, 11, CoreLayer, threshold_high, 32767),
    {IN_CORE, 12, VARINT, SIGNED, AT(CoreLayer, threshold_low), .name = "threshold_low"},
    NUM(IN_CORE, 13, CoreLayer, return_to_zero, 1),
    NUM(IN_CORE, 14, CoreLayer, monitor_enable, 1),
    {IN_CORE, 15, VARINT, REFUSED, .name = "congestion balancer"},
    NUM(IN_CORE, 16, CoreLayer, decimator, U16),
    {IN_CORE, 17, BYTES, INITIAL_STATE, .name = "initial_state"},
    {IN_CORE, 18, BYTES, DESTINATION, IN_DESTINATION, .name = "destinations"},
    {IN_CORE, 19, FIXED64, IGNORED, .name = "scale"},

    NUM(IN_SHAPE, 1, MapShape, features, U16),
    NUM(IN_SHAPE, 2, MapShape, height, U16),
    NUM(IN_SHAPE, 3, MapShape, width, U16),

    NUM(IN_PAIR, 1, Pair, y, U16),
    NUM(IN_PAIR, 2, Pair, x, U16),

    NUM(IN_DESTINATION, 1, Destination, core, 255),
    NUM(IN_DESTINATION, 2, Destination, pooling, 4),
    NUM(IN_DESTINATION, 3, Destination, feature_shift, U16 - 1),

    /* A clock that nothing waits for: leak and filter are refused by their own fields. */
    {IN_CLOCK, 1, VARINT, CHECKED, .limit = UINT32_MAX, .name = "period_us"},
    {IN_CLOCK, 2, VARINT, CHECKED, .limit = 31, .name = "divider"},
};

/* ---- state ---- */

typedef struct {
  Message message;
  uint8_t *base;       /* the struct that its fields go to */
  uint32_t end;        /* position behind its last byte */
  uint32_t last_field; /* fields come in ascending order */
} Open;

typedef enum { TAG, VALUE, LENGTH, BODY } Expecting;

#define DEEPEST 5   /* file, config, input, cut, pair */
#define CRC_FIELD 5 /* tag 7D and four bytes end every file */

static struct {
  Envelope envelope;
  ChipConfiguration *staged;
  Open open[DEEPEST];
  uint32_t depth;
  uint32_t position; /* bytes read */
  Expecting expecting;
  const Rule *rule; /* field at hand */
  uint32_t number;  /* varint at hand */
  uint32_t shift;
  uint32_t left;  /* bytes of the field at hand that are still to come */
  uint32_t index; /* bytes of it that have come */
  uint8_t low;    /* first byte of an int16 */
  uint8_t tail[CRC_FIELD]; /* the last bytes so far, which the CRC does not cover if they are the last of all */
  uint32_t tail_length;
  uint32_t crc; /* of all bytes before the tail */
  ChipReaderVerdict verdict;
  char reason[96];
} reader;

static Open *top(void) { return &reader.open[reader.depth - 1]; }

static CoreLayer *core_at_hand(void) { return &reader.staged->cores[reader.staged->core_count - 1]; }

/* Notes what is wrong: "core 3: weights: length and shapes differ". `name` may be NULL, `core` -1. Always false. */
static bool fault_on(int core, ChipReaderVerdict verdict, const char *name, const char *why) {
  char where[24] = "";
  if (core >= 0) snprintf(where, sizeof where, "core %d: ", core);
  snprintf(reader.reason, sizeof reader.reason, "%s%s%s%s", where, name ? name : "", name ? ": " : "", why);
  reader.verdict = verdict;
  return false;
}

/* The same for the message at hand. */
static bool fault(ChipReaderVerdict verdict, const char *name, const char *why) {
  bool in_core = reader.depth > 2 && reader.open[2].message == IN_CORE;
  return fault_on(in_core ? (int)core_at_hand()->core : -1, verdict, name, why);
}

/* ---- messages ---- */

static bool open_message(Message message, void *base, uint32_t length) {
  reader.open[reader.depth++] = (Open){message, base, reader.position + length, 0};
  return true;
}

static bool open_core(uint32_t length) {
  ChipConfiguration *config = reader.staged;
  if (config->core_count == CHIP_CORES) {
    if (CHIP_CORES == 1) return fault(CHIP_READER_UNSUPPORTED, NULL, "this board has one core; the configuration has more");
    return fault(CHIP_READER_TOO_LARGE, NULL, "the configuration has more cores than this board");
  }
  return open_message(IN_CORE, &config->cores[config->core_count++], length);
}

static bool open_destination(uint32_t length) {
  bool input = top()->message == IN_INPUT;
  uint32_t *count = input ? &reader.staged->input.destination_count : &core_at_hand()->destination_count;
  Destination *list = input ? reader.staged->input.destinations : core_at_hand()->destinations;
  if (*count == CHIP_DESTINATIONS) return fault(CHIP_READER_CONFIG, NULL, "more than two destinations");
  return open_message(IN_DESTINATION, &list[(*count)++], length);
}

/* ---- fields ---- */

static bool begin_weights(uint32_t length) {
  CoreLayer *core = core_at_hand();
  const char *why = chip_check_shapes(core);
  if (why != NULL) return fault(CHIP_READER_CONFIG, NULL, why);
  if (!chip_stage_core(core)) {
    return fault(CHIP_READER_TOO_LARGE, NULL, "weights or neurons need more memory than this board has");
  }
  if (length != core->weight_count) return fault(CHIP_READER_CONFIG, NULL, "weights: length and shapes differ");
  return true;
}

static bool begin_bytes(const Rule *rule, uint32_t length) {
  if (length > top()->end - reader.position) return fault(CHIP_READER_CONFIG, rule->name, "reaches beyond its message");
  reader.left = length;
  reader.index = 0;
  reader.expecting = length > 0 ? BODY : TAG;
  switch (rule->action) {
    case NESTED:
      if (rule->inner == IN_CUT) reader.staged->input.has_cut = 1;
      reader.expecting = TAG;
      return open_message(rule->inner, rule->inner == IN_CONFIG ? (void *)reader.staged : top()->base + rule->offset, length);
    case CORE:
      reader.expecting = TAG;
      return open_core(length);
    case DESTINATION:
      reader.expecting = TAG;
      return open_destination(length);
    case TEXT:
      return length <= rule->limit || fault(CHIP_READER_CONFIG, rule->name, "is too long");
    case WEIGHTS:
      return begin_weights(length);
    case INITIAL_STATE:
      return length == 2 * core_at_hand()->neuron_count || fault(CHIP_READER_CONFIG, rule->name, "length and shapes differ");
    default:
      return true;
  }
}

static bool begin_field(uint32_t tag) {
  uint32_t field = tag >> 3;
  const Rule *rule = NULL;
  for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
    if (rules[i].message == top()->message && rules[i].field == field) rule = &rules[i];
  }
  if (rule == NULL || (tag & 7) != (uint32_t)rule->wire) {
    return fault(CHIP_READER_CONFIG, NULL, "a field that schema version 1 does not know");
  }
  bool repeated = rule->action == CORE || rule->action == DESTINATION || (top()->message == IN_CONFIG && field == 3);
  if (field < top()->last_field || (field == top()->last_field && !repeated)) {
    return fault(CHIP_READER_CONFIG, rule->name, "is out of order");
  }
  if (rule->action == REFUSED) return fault(CHIP_READER_UNSUPPORTED, rule->name, "this board has no such block");
  top()->last_field = field;
  reader.rule = rule;
  reader.expecting = rule->wire == VARINT ? VALUE : rule->wire == BYTES ? LENGTH : BODY;
  reader.left = rule->wire == FIXED64 ? 8 : 4;
  reader.index = 0;
  if (reader.expecting == BODY && reader.left > top()->end - reader.position) {
    return fault(CHIP_READER_CONFIG, rule->name, "reaches beyond its message");
  }
  return true;
}

static bool take_number(const Rule *rule, uint32_t number) {
  uint8_t *place = top()->base + rule->offset;
  reader.expecting = TAG;
  if (rule->action == SIGNED) {
    int32_t value = (int32_t)(number >> 1) ^ -(int32_t)(number & 1);
    memcpy(place, &value, sizeof value);
    return (value >= -32768 && value <= 0) || fault(CHIP_READER_CONFIG, rule->name, "is out of range");
  }
  if (number > rule->limit) return fault(CHIP_READER_CONFIG, rule->name, "is out of range");
  if (rule->action == NUMBER) memcpy(place, &number, sizeof number);
  if (place == (uint8_t *)&reader.envelope.version && number != 1) {
    return fault(CHIP_READER_VERSION, NULL, "the schema version is not 1");
  }
  return true;
}

static void take_byte(const Rule *rule, uint32_t index, uint8_t byte) {
  if (rule->action == WEIGHTS) {
    chip_stage_weight(core_at_hand(), index, (int8_t)byte);
  } else if (rule->action == INITIAL_STATE) {
    if (index % 2 == 0) reader.low = byte;
    else chip_stage_initial(core_at_hand(), index / 2, (int16_t)(reader.low | byte << 8));
  } else if ((rule->action == TEXT || rule->action == NAME) && index < rule->limit) {
    top()->base[rule->offset + index] = byte;
  } else if (rule->action == NAME && index == rule->limit) {
    uint8_t *name = top()->base + rule->offset, last = byte;
    /* Not in the middle of a character: bytes 10xxxxxx go on with the one before. */
    for (uint32_t at = rule->limit; at > 0 && (last & 0xc0) == 0x80; name[at] = 0) last = name[--at];
  }
}

/* ---- the engine ---- */

/* One byte of a varint; true when it was the last. */
static bool varint(uint8_t byte) {
  if (reader.shift == 28 && byte > 15) return fault(CHIP_READER_CONFIG, NULL, "a number of more than 32 bits");
  reader.number |= (uint32_t)(byte & 127) << reader.shift;
  reader.shift += 7;
  return byte < 128;
}

/* Reads from `bytes` as much as belongs together; returns how much. */
static size_t advance(const uint8_t *bytes, size_t length) {
  if (reader.expecting == BODY) {
    size_t count = length < reader.left ? length : reader.left;
    for (size_t i = 0; i < count; i++) take_byte(reader.rule, reader.index++, bytes[i]);
    reader.left -= (uint32_t)count;
    reader.position += (uint32_t)count;
    if (reader.left == 0) reader.expecting = TAG;
    return count;
  }
  reader.position++;
  if (varint(*bytes)) {
    uint32_t number = reader.number;
    reader.number = reader.shift = 0;
    if (reader.expecting == TAG) begin_field(number);
    else if (reader.expecting == VALUE) take_number(reader.rule, number);
    else begin_bytes(reader.rule, number);
  }
  return 1;
}

static void read(const uint8_t *bytes, size_t length) {
  while (length > 0 && reader.verdict == CHIP_READER_FINE) {
    size_t count = advance(bytes, length);
    bytes += count;
    length -= count;
    /* Bodies were measured when they began; anything else can still run over the end of its message. */
    bool between_fields = reader.expecting == TAG && reader.shift == 0;
    if (!between_fields && reader.expecting != BODY && reader.position >= top()->end) {
      fault(CHIP_READER_CONFIG, NULL, "a field reaches beyond its message");
    }
    while (between_fields && reader.depth > 1 && reader.position == top()->end) reader.depth--;
  }
}

/* ---- what others call ---- */

void chip_reader_begin(void) {
  memset(&reader, 0, sizeof reader);
  reader.staged = chip_stage_begin();
  open_message(IN_FILE, &reader.envelope, CHIP_FILE_BYTES);
}

void chip_reader_feed(const uint8_t *bytes, size_t length) {
  read(bytes, length);
  for (size_t i = 0; i < length; i++) {
    if (reader.tail_length < CRC_FIELD) {
      reader.tail[reader.tail_length++] = bytes[i];
      continue;
    }
    reader.crc = crc32_more(reader.crc, reader.tail, 1);
    memmove(reader.tail, reader.tail + 1, CRC_FIELD - 1);
    reader.tail[CRC_FIELD - 1] = bytes[i];
  }
}

static bool crc_fits(void) {
  const uint8_t *tail = reader.tail;
  uint32_t stored = tail[1] | (uint32_t)tail[2] << 8 | (uint32_t)tail[3] << 16 | (uint32_t)tail[4] << 24;
  return reader.tail_length == CRC_FIELD && tail[0] == 0x7d && stored == reader.crc;
}

/* From the outside in, as the README says: what is wrong further out explains what is wrong further in. */
ChipReaderVerdict chip_reader_finish(const char *device, const char *hash) {
  const Envelope *envelope = &reader.envelope;
  const char *why;
  int core = -1;
  if (strcmp(envelope->format, "spikewright-chip") != 0) {
    fault(CHIP_READER_DAMAGED, NULL, "this is no chip.pb");
  } else if (!crc_fits()) {
    fault(CHIP_READER_DAMAGED, NULL, "the CRC-32 at the end does not fit: cut off or damaged");
  } else if (reader.verdict == CHIP_READER_VERSION) {
    return reader.verdict;
  } else if (strcmp(envelope->device, device) != 0) {
    fault(CHIP_READER_DEVICE, envelope->device, "the configuration is made for that device, not for this one");
  } else if (*hash != 0 && strcmp(envelope->hash, hash) != 0) {
    fault(CHIP_READER_DEVICE, device, "the configuration is made with another description of this device");
  } else if (reader.verdict == CHIP_READER_FINE) {
    why = chip_check(reader.staged, &core);
    if (reader.depth != 1 || top()->last_field != 15) fault(CHIP_READER_CONFIG, NULL, "the file is incomplete");
    else if (why != NULL) fault_on(core, CHIP_READER_CONFIG, NULL, why);
  }
  return reader.verdict;
}

const char *chip_reader_reason(void) { return reader.reason; }
