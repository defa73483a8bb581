/* What this board can hold. Everything is static, so these numbers are the memory budget; `make size` prints it. */
#ifndef BOARD_H
#define BOARD_H

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
