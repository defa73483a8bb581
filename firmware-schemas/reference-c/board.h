/* The board: its main loop, and what it can hold. Everything is static, so these numbers are the memory budget; `make size`
 * prints it. */
#ifndef BOARD_H
#define BOARD_H

#include <stdbool.h>
#include <stdint.h>

/* One round of the main loop: takes what has come in, works a little, sends what is due. Never waits. False: there is
 * nothing to do before something comes in, the line takes bytes again (board_sending) or it is board_wake_us. */
bool board_poll(void);
bool board_sending(void);
uint64_t board_wake_us(void);

/* Cores of the chip model. One is enough to start from; the program for the PC has as many as the chip. */
#ifndef CHIP_CORES
#define CHIP_CORES 1
#endif

/* Memory of all cores together: a byte a weight (twice, as there are two configurations), six bytes a neuron (two
 * initial states and a membrane). */
#ifndef CHIP_WEIGHTS
#define CHIP_WEIGHTS 16384
#endif
#ifndef CHIP_NEURONS
#define CHIP_NEURONS 8192
#endif

/* Largest chip.pb that is taken: weights and initial states, and a little for the rest. */
#ifndef CHIP_FILE_BYTES
#define CHIP_FILE_BYTES (CHIP_WEIGHTS + 2 * CHIP_NEURONS + 4096)
#endif

/* The link: longest payload, frames that are taken in before the first is worked off, frames that are kept until they are
 * acknowledged. Powers of two up to 64; another payload also changes the limits in link.options and events.options. */
#define LINK_PAYLOAD 1024
#ifndef LINK_WINDOW
#define LINK_WINDOW 4
#endif
#ifndef LINK_SLOTS
#define LINK_SLOTS 4
#endif

/* What the board says of itself. */
#define BOARD_FIRMWARE "spikewright-reference-c"
#define BOARD_VERSION "1"

/* Work between two looks at the line: taps of the chip model, and steps of the protocol. */
#define BOARD_TAPS 256
#define BOARD_STEPS 64

/* What the silicon does where it is not published: the switches of a device file [R4] [R5]. */
#ifndef CHIP_ZERO_WEIGHT_SKIP
#define CHIP_ZERO_WEIGHT_SKIP 1 /* a zero weight never reaches the neuron */
#endif
#ifndef CHIP_COMPARATOR_ABOVE
#define CHIP_COMPARATOR_ABOVE 0 /* 0: fires at >= threshold_high, 1: at > */
#endif
#ifndef CHIP_UPPER_SATURATION
#define CHIP_UPPER_SATURATION 1 /* 0: the 16-bit word wraps at the top */
#endif

#endif
