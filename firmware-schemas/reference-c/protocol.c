#include "protocol.h"

#include <pb_decode.h>
#include <pb_encode.h>
#include <stdio.h>
#include <string.h>

#include "chip.h"
#include "chip_reader.h"
#include "crc32.h"
#include "hal.h"
#include "messages.h"
#include "run.h"
#include "transport.h"

static const char *device_name = "speck2f", *device_hash = "", *serial_number = "";

static bool in_session;
static PB(ToBoard) request;  /* the message at hand */
static PB(FromBoard) reply;  /* the message being written */
static bool at_hand;         /* request holds events that are being worked off */
static bool listing;         /* GetCounters is being answered... */
static uint32_t listed;      /* ...for so many cores already */

static struct {
  bool begun, spoilt;
  uint32_t bytes, expected_crc; /* as announced */
  uint32_t received, crc;       /* as arrived */
} upload;

static bool configured;
static uint32_t config_crc;

static uint32_t log_level; /* 0: nobody listens */
static uint32_t log_dropped;

uint32_t protocol_capabilities(void) {
  uint32_t capabilities = 0;
  if (CHIP_CORES > 1) capabilities |= PB(Capability_CAPABILITY_MANY_CORES);
  capabilities |= PB(Capability_CAPABILITY_INPUT_STEPS) | PB(Capability_CAPABILITY_DECIMATOR);
  capabilities |= PB(Capability_CAPABILITY_INITIAL_STATE) | PB(Capability_CAPABILITY_READ_NEURONS);
  capabilities |= PB(Capability_CAPABILITY_WRITE_NEURONS) | PB(Capability_CAPABILITY_SELECT_MONITOR);
  capabilities |= PB(Capability_CAPABILITY_LIVE_COUNTERS) | PB(Capability_CAPABILITY_LOG);
  return capabilities;
}

void protocol_identity(const char *device, const char *hash, const char *serial) {
  device_name = device;
  device_hash = hash;
  serial_number = serial;
}

/* ---- session ---- */

void protocol_session_began(const char *program) {
  (void)program;
  in_session = true;
}

void protocol_session_ended(void) {
  in_session = at_hand = listing = false;
  run_drop();
  memset(&upload, 0, sizeof upload);
  log_level = log_dropped = 0;
}

void protocol_abort(uint16_t run) { run_abort(run); }

/* ---- sending ---- */

PB(FromBoard) *message_begin(uint32_t id, pb_size_t kind) {
  if (transport_free_slots() == 0) return NULL;
  memset(&reply, 0, sizeof reply);
  reply.id = id;
  reply.which_body = kind;
  return &reply;
}

void message_send(void) {
  pb_ostream_t stream = pb_ostream_from_buffer(transport_slot(), transport_max_payload());
  /* The limits of link.options are below 512 bytes, the least that a host takes; longer fields are cut to what it takes. */
  if (pb_encode(&stream, PB(FromBoard_fields), &reply)) transport_send(stream.bytes_written);
}

void protocol_log(LogLevel level, const char *text) {
  if (log_level == 0 || (uint32_t)level < log_level) return;
  if (transport_free_slots() * 2 < LINK_SLOTS) {
    log_dropped++;
    return;
  }
  PB(FromBoard) *message = message_begin(0, FROM_BOARD(log_line));
  PB(LogLine) *line = &message->body.log_line;
  line->time_low = LOW(now_us());
  line->time_high = HIGH(now_us());
  line->level = (PB(LogLevel))level;
  line->dropped = log_dropped;
  strncpy(line->text, text, sizeof line->text - 1);
  message_send();
  log_dropped = 0;
}

/* Answers to the request at hand; there is a free slot whenever a message is worked off. */

static PB(FromBoard) *answer_begin(pb_size_t kind) {
  message_begin(request.id, kind);
  return &reply;
}

static void done(void) {
  answer_begin(FROM_BOARD(done));
  message_send();
}

static void error(PB(ErrorCode) code, const char *why) {
  PB(FromBoard) *message = answer_begin(FROM_BOARD(error));
  message->body.error.code = code;
  strncpy(message->body.error.message, why, sizeof message->body.error.message - 1);
  message_send();
}

static void not_configured(void) { error(ERROR(NOT_CONFIGURED), "the board has no configuration; upload one first"); }

/* Position of a core in the configuration, or -1 after an error. */
static int find_core(uint32_t core) {
  const ChipConfiguration *config = chip_running();
  for (uint32_t i = 0; i < config->core_count; i++) {
    if (config->cores[i].core == core) return (int)i;
  }
  char why[64];
  snprintf(why, sizeof why, "core %lu holds no layer in this configuration", (unsigned long)core);
  error(ERROR(INPUT), why);
  return -1;
}

/* ---- requests ---- */

static void get_identity(void) {
  PB(Identity) *identity = &answer_begin(FROM_BOARD(identity))->body.identity;
  strncpy(identity->firmware, BOARD_FIRMWARE, sizeof identity->firmware - 1);
  strncpy(identity->firmware_version, BOARD_VERSION, sizeof identity->firmware_version - 1);
  strncpy(identity->device_name, device_name, sizeof identity->device_name - 1);
  strncpy(identity->device_hash, device_hash, sizeof identity->device_hash - 1);
  strncpy(identity->serial, serial_number, sizeof identity->serial - 1);
  identity->max_config_bytes = CHIP_FILE_BYTES;
  identity->has_config_crc32 = configured;
  identity->config_crc32 = config_crc;
  message_send();
}

static void upload_begin(const PB(UploadBegin) *begin) {
  memset(&upload, 0, sizeof upload);
  if (begin->bytes > CHIP_FILE_BYTES) {
    char why[96];
    snprintf(why, sizeof why, "a configuration of %lu bytes; this board takes %lu", (unsigned long)begin->bytes,
             (unsigned long)CHIP_FILE_BYTES);
    error(ERROR(TOO_LARGE), why);
    return;
  }
  upload.begun = true;
  upload.bytes = begin->bytes;
  upload.expected_crc = begin->crc32;
  chip_reader_begin();
  done();
}

static void upload_chunk(const PB(UploadChunk) *chunk) {
  uint32_t size = chunk->data.size;
  if (!upload.begun || upload.spoilt || run_active() || chunk->offset != upload.received ||
      size > upload.bytes - upload.received) {
    upload.spoilt = true;
    return;
  }
  upload.received += size;
  upload.crc = crc32_more(upload.crc, chunk->data.bytes, size);
  chip_reader_feed(chunk->data.bytes, size);
}

static void upload_commit(void) {
  static const PB(ErrorCode) codes[] = {
      [CHIP_READER_DAMAGED] = ERROR(DAMAGED),         [CHIP_READER_VERSION] = ERROR(VERSION),
      [CHIP_READER_DEVICE] = ERROR(DEVICE_MISMATCH),  [CHIP_READER_TOO_LARGE] = ERROR(TOO_LARGE),
      [CHIP_READER_UNSUPPORTED] = ERROR(UNSUPPORTED), [CHIP_READER_CONFIG] = ERROR(CONFIG),
  };
  bool whole = upload.begun && !upload.spoilt && upload.received == upload.bytes && upload.crc == upload.expected_crc;
  upload.begun = false;
  if (!whole) {
    error(ERROR(DAMAGED), "the upload is incomplete or damaged; upload the configuration again");
    return;
  }
  ChipReaderVerdict verdict = chip_reader_finish(device_name, device_hash);
  if (verdict != CHIP_READER_FINE) {
    error(codes[verdict], chip_reader_reason());
    return;
  }
  chip_commit();
  configured = true;
  config_crc = upload.crc;
  done();
  protocol_log(LOG_INFO, "a new configuration is in use");
}

static void select_monitor(const PB(SelectMonitor) *select) {
  for (uint32_t i = 0; i < select->cores.size; i++) {
    if (find_core(select->cores.bytes[i]) < 0) return;
  }
  for (uint32_t i = 0; i < chip_running()->core_count; i++) {
    bool enable = false;
    for (uint32_t n = 0; n < select->cores.size; n++) {
      if (select->cores.bytes[n] == chip_running()->cores[i].core) enable = true;
    }
    chip_monitor(i, enable);
  }
  done();
}

/* Whether `count` neurons from `offset` on are on the core. */
static bool within(const CoreLayer *core, uint32_t offset, uint32_t count) {
  if (count > 0 && offset < core->neuron_count && count <= core->neuron_count - offset) return true;
  char why[96];
  snprintf(why, sizeof why, "neurons %lu and %lu more; core %lu has %lu", (unsigned long)offset, (unsigned long)count,
           (unsigned long)core->core, (unsigned long)core->neuron_count);
  error(ERROR(BAD_REQUEST), why);
  return false;
}

static void read_neurons(const PB(ReadNeurons) *read) {
  int index = find_core(read->core);
  if (index < 0) return;
  const CoreLayer *core = &chip_running()->cores[index];
  if (!within(core, read->offset, read->count)) return;
  uint32_t count = read->count;
  if (count > ((uint32_t)transport_max_payload() - 40) / 2) {
    error(ERROR(BAD_REQUEST), "more neurons than go into one answer");
    return;
  }
  PB(NeuronValues) *values = &answer_begin(FROM_BOARD(neuron_values))->body.neuron_values;
  values->core = core->core;
  values->offset = read->offset;
  values->features = core->output_shape.features;
  values->height = core->output_shape.height;
  values->width = core->output_shape.width;
  values->values.size = (pb_size_t)(2 * count);
  for (uint32_t i = 0; i < count; i++) {
    uint16_t state = (uint16_t)chip_read_neuron((uint32_t)index, read->offset + i);
    values->values.bytes[2 * i] = (uint8_t)state;
    values->values.bytes[2 * i + 1] = (uint8_t)(state >> 8);
  }
  message_send();
}

static void write_neurons(const PB(WriteNeurons) *write) {
  int index = find_core(write->core);
  if (index < 0) return;
  const uint8_t *bytes = write->values.bytes;
  if (write->values.size % 2 != 0) {
    error(ERROR(BAD_REQUEST), "half a neuron");
    return;
  }
  if (!within(&chip_running()->cores[index], write->offset, write->values.size / 2u)) return;
  for (uint32_t i = 0; i < write->values.size / 2u; i++) {
    chip_write_neuron((uint32_t)index, write->offset + i, (int16_t)(bytes[2 * i] | bytes[2 * i + 1] << 8));
  }
  done();
}

static void begin_run(const PB(BeginRun) *begin) {
  if (begin->run == 0 || begin->run > 65535) {
    error(ERROR(BAD_REQUEST), "runs are numbered from 1 to 65535");
    return;
  }
  run_begin(begin);
  done();
}

static void subscribe(const PB(Subscribe) *wish) {
  if (wish->power_interval_us > 0) {
    error(ERROR(UNSUPPORTED), "this board measures no power");
    return;
  }
  log_level = (uint32_t)wish->log_level;
  done();
}

/* ---- one message ---- */

static bool needs_configuration(pb_size_t kind) {
  return kind == TO_BOARD(select_monitor) || kind == TO_BOARD(read_neurons) || kind == TO_BOARD(write_neurons) ||
         kind == TO_BOARD(reset) || kind == TO_BOARD(get_counters) || kind == TO_BOARD(begin_run);
}

static bool goes_during_run(pb_size_t kind) {
  return kind == TO_BOARD(get_identity) || kind == TO_BOARD(get_counters) || kind == TO_BOARD(subscribe);
}

static void answer(void) {
  if (run_active() && !goes_during_run(request.which_body)) {
    error(ERROR(BUSY), "not during a run");
    return;
  }
  if (needs_configuration(request.which_body) && chip_running() == NULL) {
    not_configured();
    return;
  }
  switch (request.which_body) {
    case TO_BOARD(get_identity):
      get_identity();
      break;
    case TO_BOARD(upload_begin):
      upload_begin(&request.body.upload_begin);
      break;
    case TO_BOARD(upload_commit):
      upload_commit();
      break;
    case TO_BOARD(select_monitor):
      select_monitor(&request.body.select_monitor);
      break;
    case TO_BOARD(read_neurons):
      read_neurons(&request.body.read_neurons);
      break;
    case TO_BOARD(write_neurons):
      write_neurons(&request.body.write_neurons);
      break;
    case TO_BOARD(reset):
      chip_reset();
      done();
      break;
    case TO_BOARD(get_counters):
      listing = true;
      listed = 0;
      break;
    case TO_BOARD(subscribe):
      subscribe(&request.body.subscribe);
      break;
    case TO_BOARD(begin_run):
      begin_run(&request.body.begin_run);
      break;
    default:
      error(ERROR(UNSUPPORTED), "a request that this board does not know");
  }
}

static void handle(const uint8_t *bytes, size_t length) {
  request = (PB(ToBoard))spikewright_link_v1_ToBoard_init_zero;
  pb_istream_t stream = pb_istream_from_buffer(bytes, length);
  if (!pb_decode(&stream, PB(ToBoard_fields), &request)) {
    error(ERROR(BAD_REQUEST), "a message that is not understood");
  } else if (request.which_body == TO_BOARD(upload_chunk)) {
    upload_chunk(&request.body.upload_chunk);
  } else if (request.which_body == TO_BOARD(events)) {
    run_events(&request.body.events);
  } else if (request.which_body == TO_BOARD(end_input)) {
    run_end_input(request.body.end_input.run);
  } else {
    answer();
  }
}

static bool list_counters(void) {
  bool more = listed < chip_running()->core_count;
  PB(FromBoard) *message = message_begin(request.id, more ? FROM_BOARD(core_counters) : FROM_BOARD(done));
  if (message == NULL) return false;
  if (more) run_counters(listed++, &message->body.core_counters);
  else listing = false;
  message_send();
  return true;
}

bool protocol_poll(void) {
  if (!in_session) return false;
  if (listing) return list_counters();
  size_t length;
  const uint8_t *message = transport_message(&length);
  /* The message at hand keeps its slot until it is worked off, so that the host sends no more than there is room for. */
  if (at_hand && !run_reading() && !listing) {
    at_hand = false;
    transport_message_done();
    return true;
  }
  if (run_poll(message != NULL && !at_hand)) return true;
  if (at_hand || message == NULL || transport_free_slots() == 0) return false;
  at_hand = true;
  handle(message, length);
  return true;
}
