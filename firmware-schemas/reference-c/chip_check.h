/* Does a configuration make sense, and can this chip run it? What a map or a weight array must be, follows from the
 * comments of chip.proto; without these checks a wrong file could reach memory that is not the core's own. */
#ifndef CHIP_CHECK_H
#define CHIP_CHECK_H

#include "chip.h"

/* Both return NULL when all is well, or the reason in a few words. */

/* Shapes of one core, before memory is given out by them. */
const char *chip_check_shapes(const CoreLayer *core);

/* Everything, once it is all there. `core` receives the number of the core that the reason is about, or -1. */
const char *chip_check(const ChipConfiguration *config, int *core);

#endif
