/* Feeds the board with what no line should carry: frames that were changed on the way, frames whose content was changed
 * before the CRC, garbage, and chip.pb files that were changed. Meant to be built with SANITIZE=1.
 *
 *   fuzz SEED COUNT    COUNT inputs; prints how many of what were taken, or dies
 *
 * Time is part of the input: it moves in jumps, so that time-outs, resends and ends of sessions come, too.
 */
#include <pb_encode.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "board.h"
#include "chip.h"
#include "chip_reader.h"
#include "crc32.h"
#include "frame.h"
#include "hal.h"
#include "messages.h"
#include "run.h"
#include "session.h"

/* PCG32 (O'Neill 2014). */
static uint64_t state;

static uint32_t draw(void) {
  uint64_t old = state;
  state = old * 6364136223846793005u + 1442695040888963407u;
  uint32_t word = (uint32_t)(((old >> 18) ^ old) >> 27), turn = (uint32_t)(old >> 59);
  return word >> turn | word << (-turn & 31);
}

static uint32_t below(uint32_t bound) { return draw() % bound; }

/* ---- the line ---- */

static uint8_t incoming[4096];
static size_t incoming_length, incoming_at;
static uint64_t clock_us;
static uint64_t sent_bytes;
static uint16_t session = 1; /* as the board told in its last frame */
static uint16_t board_next;  /* its next sequence number expected, told in its last ACK */
static uint16_t stamp;

size_t uart_read(uint8_t *bytes, size_t room) {
  size_t count = incoming_length - incoming_at;
  if (count > room) count = room;
  if (count > 0) memcpy(bytes, incoming + incoming_at, count);
  incoming_at += count;
  return count;
}

/* What the board sends must be sound, whatever it was told. */
size_t uart_write(const uint8_t *bytes, size_t length) {
  static FrameParser parser;
  size_t taken = 1 + below((uint32_t)length);
  uint32_t discarded = parser.discarded;
  for (size_t i = 0; i < taken; i++) {
    Frame frame;
    if (!frame_parse(&parser, bytes[i], LINK_PAYLOAD, &frame)) continue;
    if (frame.kind == FRAME_WELCOME) session = frame.session, board_next = 0, stamp = 0;
    if (frame.kind == FRAME_ACK && frame.session == session) board_next = frame.a;
  }
  if (parser.discarded != discarded) abort();
  sent_bytes += taken;
  return taken;
}

uint64_t now_us(void) { return clock_us; }

/* Lets the board work until it has nothing more to do; it must come to that. */
static void settle(void) {
  for (uint32_t rounds = 0; board_poll(); rounds++) {
    clock_us += 1 + below(50);
    if (rounds > 2000000) abort(); /* it hangs */
  }
}

/* ---- sound inputs ---- */

static void put(const Frame *frame) {
  incoming_length = frame_encode(frame, incoming);
  incoming_at = 0;
}

static uint32_t some(void) {
  static const uint32_t often[] = {0, 1, 2, 3, 4, 63, 64, 255, 256, 984, 1000, 65535, 65536, 0x7fffffff, 0xffffffff};
  return below(3) == 0 ? draw() : below(2) == 0 ? below(300) : often[below(sizeof often / sizeof *often)];
}

static size_t hello(uint8_t *payload) {
  PB(Hello) message = {.protocol = "spikewright-link", .min_version = 1, .max_version = 1, .nonce = 1 + below(3)};
  message.resume = below(3) == 0;
  message.max_payload = below(4) == 0 ? some() : 512 + below(4096);
  message.window = below(8) == 0 ? some() : 1 + below(64);
  message.keepalive_ms = 10 + below(1000);
  message.timeout_ms = 100 + below(10000);
  pb_ostream_t stream = pb_ostream_from_buffer(payload, 256);
  return pb_encode(&stream, PB(Hello_fields), &message) ? stream.bytes_written : 0;
}

static uint32_t last_run; /* begun, perhaps */

static const uint8_t *file; /* the chip.pb, and how much of it was sent */
static size_t file_length, file_at;
static bool uploading;

/* Anything at all, but often what goes on with what was begun: otherwise no run and no upload would come far. */
static pb_size_t next_kind(void) {
  if (below(4) == 0) return (pb_size_t)(2 + below(13));
  if (run_active()) return below(6) == 0 ? TO_BOARD(end_input) : TO_BOARD(events);
  if (!uploading) return below(4) == 0 ? TO_BOARD(upload_begin) : (pb_size_t)(2 + below(13));
  return file_at < file_length ? TO_BOARD(upload_chunk) : TO_BOARD(upload_commit);
}

static void some_bytes(uint8_t *bytes, pb_size_t *size) {
  *size = (pb_size_t)(below(4) == 0 ? below(985) : below(40));
  for (pb_size_t i = 0; i < *size; i++) bytes[i] = (uint8_t)(below(3) == 0 ? draw() : below(3));
}

static size_t request(uint8_t *payload) {
  static PB(ToBoard) message;
  memset(&message, 0, sizeof message);
  message.id = 1 + below(1000);
  message.which_body = next_kind();
  switch (message.which_body) {
    case TO_BOARD(upload_begin):
      message.body.upload_begin.bytes = below(8) == 0 ? some() : (uint32_t)file_length;
      message.body.upload_begin.crc32 = crc32(file, file_length);
      file_at = 0;
      uploading = true;
      break;
    case TO_BOARD(upload_commit):
      uploading = false;
      break;
    case TO_BOARD(upload_chunk): {
      PB(UploadChunk) *chunk = &message.body.upload_chunk;
      size_t left = file_length - file_at;
      chunk->offset = below(20) == 0 ? some() : (uint32_t)file_at;
      chunk->data.size = (pb_size_t)(left < 900 ? left : 900);
      memcpy(chunk->data.bytes, file + file_at, chunk->data.size);
      file_at += chunk->data.size;
      break;
    }
    case TO_BOARD(select_monitor):
      some_bytes(message.body.select_monitor.cores.bytes, &message.body.select_monitor.cores.size);
      message.body.select_monitor.cores.size %= 3;
      break;
    case TO_BOARD(read_neurons):
      message.body.read_neurons = (PB(ReadNeurons)){below(9), below(2) ? 0 : some(), some()};
      break;
    case TO_BOARD(write_neurons):
      message.body.write_neurons.core = below(9);
      message.body.write_neurons.offset = below(2) ? 0 : some();
      some_bytes(message.body.write_neurons.values.bytes, &message.body.write_neurons.values.size);
      break;
    case TO_BOARD(subscribe):
      message.body.subscribe.log_level = (PB(LogLevel))below(5);
      break;
    case TO_BOARD(begin_run):
      message.body.begin_run = (PB(BeginRun)){last_run = 1 + below(3), below(4) == 0, some(), 0};
      break;
    case TO_BOARD(events): {
      PB(EventBatch) *batch = &message.body.events;
      uint32_t bytes = below(4), count = below(200), values = 1 + below(4);
      batch->run = below(8) == 0 ? 1 + below(3) : last_run;
      batch->base_low = below(2) ? 0 : some();
      batch->feature_bits = bytes == 0 ? 0 : 1;
      batch->y_bits = batch->x_bits = bytes == 0 ? 0 : 4 * bytes - 1;
      for (batch->count = 0; batch->count < count; batch->count++) {
        batch->packed.bytes[batch->packed.size++] = (uint8_t)below(100);
        for (uint32_t i = 0; i < (batch->feature_bits + 2 * batch->y_bits + 7) / 8; i++) {
          batch->packed.bytes[batch->packed.size++] = (uint8_t)below(values);
        }
      }
      break;
    }
    case TO_BOARD(end_input):
      message.body.end_input.run = below(8) == 0 ? 1 + below(3) : last_run;
      break;
    default:
      break;
  }
  pb_ostream_t stream = pb_ostream_from_buffer(payload, LINK_PAYLOAD);
  return pb_encode(&stream, PB(ToBoard_fields), &message) ? stream.bytes_written : 0;
}

/* ---- accidents ---- */

static size_t mutate(uint8_t *bytes, size_t length, size_t room) {
  if (length == 0) return 0;
  for (uint32_t i = 1 + below(4); i > 0; i--) {
    size_t at = below((uint32_t)length);
    uint32_t kind = below(8);
    if (kind == 0) length = at + 1;
    else if (kind == 1 && length + 8 < room) memset(bytes + length, (int)below(256), 8), length += 8;
    else if (kind == 2) bytes[at] = (uint8_t[]){0, 255, 128, 1, 127}[below(5)];
    else if (kind == 3) memmove(bytes + at, bytes + length / 2, length - (at > length / 2 ? at : length / 2));
    else bytes[at] = (uint8_t)(bytes[at] ^ 1u << below(8));
  }
  return length;
}

/* A frame of the session, sound or with an accident before or after its CRC. */
static void send_frame(void) {
  static uint8_t payload[LINK_PAYLOAD];
  Frame frame = {0, session, 0, 0, payload, 0};
  uint32_t kind = below(20);
  if (kind == 0) {
    frame = (Frame){FRAME_HELLO, 0, 0, 0, payload, hello(payload)};
  } else if (kind < 14) {
    frame.kind = FRAME_DATA;
    frame.a = (uint16_t)(board_next + (below(10) == 0 ? below(6) : 0));
    frame.b = stamp++;
    frame.length = request(payload);
  } else if (kind < 18) {
    frame.kind = FRAME_ACK;
    frame.a = (uint16_t)below(400);
    frame.b = (uint16_t)below(2000);
    frame.length = 9;
    for (size_t i = 0; i < 9; i++) payload[i] = (uint8_t)(i == 0 ? below(70) : below(3) ? 0 : draw());
  } else if (kind == 18) {
    frame.kind = FRAME_PING;
    frame.b = stamp++;
  } else {
    frame.kind = below(2) ? FRAME_ABORT : (uint8_t)below(12);
    frame.a = (uint16_t)below(4);
  }
  if (below(30) == 0) frame.session = (uint16_t)draw();
  if (below(4) == 0) frame.length = mutate(payload, frame.length, sizeof payload);
  put(&frame);
  if (below(4) == 0) incoming_length = mutate(incoming, incoming_length, sizeof incoming);
}

static void send_garbage(void) {
  incoming_length = below(sizeof incoming);
  incoming_at = 0;
  for (size_t i = 0; i < incoming_length; i++) incoming[i] = (uint8_t)(below(20) == 0 ? 0 : draw());
}

/* The reader alone, with the CRC of what was changed: most faults lie behind it. */
static ChipReaderVerdict read_file(const uint8_t *sound, size_t length) {
  static uint8_t bytes[65536];
  if (length > sizeof bytes) length = sizeof bytes;
  memcpy(bytes, sound, length);
  if (below(16) > 0) length = mutate(bytes, length, sizeof bytes);
  if (length > 5 && below(8) > 0) {
    uint32_t crc = crc32(bytes, length - 5);
    bytes[length - 5] = 0x7d;
    for (uint32_t i = 0; i < 4; i++) bytes[length - 4 + i] = (uint8_t)(crc >> 8 * i);
  }
  chip_reader_begin();
  for (size_t at = 0; at < length;) {
    size_t piece = 1 + below(300);
    if (piece > length - at) piece = length - at;
    chip_reader_feed(bytes + at, piece);
    at += piece;
  }
  return chip_reader_finish("speck2f", "");
}

/* A configuration that passed must run. */
static void run_some(void) {
  Spike spike;
  for (int i = 0; i < 4; i++) {
    chip_input(below(3), below(8), below(8));
    for (int step = 0; step < 1000 && chip_step(64, &spike) != CHIP_IDLE; step++) continue;
    chip_stop();
  }
}

/* Only a reader that is not in the middle of an upload may be used beside the board. */
static void leave_session(void) {
  Frame close = {FRAME_CLOSE, session, 0, 0, NULL, 0};
  put(&close);
  settle();
}

/* stdin: sound chip.pb files, each behind its length (u32). */
int main(int argc, char **argv) {
  static uint8_t files[1 << 20];
  static size_t starts[64], lengths[64];
  size_t size = fread(files, 1, sizeof files, stdin), count = 0;
  for (size_t at = 0; at + 4 <= size && count < 64; at += 4 + lengths[count++]) {
    lengths[count] = files[at] | (size_t)files[at + 1] << 8 | (size_t)files[at + 2] << 16;
    starts[count] = at + 4;
  }
  if (argc != 3 || count == 0) return 2;
  state = strtoull(argv[1], NULL, 10) * 2 + 1;
  unsigned long inputs = strtoul(argv[2], NULL, 10), verdicts[7] = {0};
  for (unsigned long i = 0; i < inputs; i++) {
    if (i % 4 == 0) {
      size_t which = below((uint32_t)count);
      if (i % 4000 == 0) leave_session();
      if (i % 4000 < 2000) {
        if (i % 4000 == 0) file = files + starts[which], file_length = lengths[which], file_at = 0;
      } else {
        if (i % 4000 == 2000) leave_session();
        ChipReaderVerdict verdict = read_file(files + starts[which], lengths[which]);
        verdicts[verdict]++;
        if (verdict == CHIP_READER_FINE) chip_commit(), run_some();
        continue;
      }
    }
    if (below(50) == 0) send_garbage();
    else send_frame();
    settle();
    clock_us += below(100) == 0 ? below(12000000) : below(3000);
  }
  printf("%lu inputs: %lu frames taken, %lu discarded, %lu bytes answered; files:", inputs, (unsigned long)session_frames(),
         (unsigned long)session_discarded(), (unsigned long)sent_bytes);
  for (size_t v = 0; v < 7; v++) printf(" %lu", verdicts[v]);
  printf("\n");
  return 0;
}
