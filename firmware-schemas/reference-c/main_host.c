/* The board as a program on a PC: on stdin and stdout, or on a pseudo-terminal. Everything here is replaced on a real one.
 *
 *   firmware [--pty LINK] [--device NAME] [--hash SHA256] [--serial TEXT]
 *
 * --pty LINK makes a pseudo-terminal and the symbolic link LINK to it: a serial port for whoever opens LINK. Without it
 * the board ends when stdin does.
 */
#define _XOPEN_SOURCE 700
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "board.h"
#include "hal.h"
#include "protocol.h"

static int input = STDIN_FILENO, output = STDOUT_FILENO;
static bool ended; /* nobody is on the other side, for good */
static volatile sig_atomic_t stopped;

size_t uart_read(uint8_t *bytes, size_t room) {
  ssize_t count = read(input, bytes, room);
  if (count == 0) ended = true;
  return count > 0 ? (size_t)count : 0;
}

size_t uart_write(const uint8_t *bytes, size_t length) {
  ssize_t count = write(output, bytes, length);
  if (count < 0 && errno == EPIPE) ended = true;
  return count > 0 ? (size_t)count : 0;
}

uint64_t now_us(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000u + (uint64_t)now.tv_nsec / 1000u;
}

static void stop(int signal) {
  (void)signal;
  stopped = 1;
}

static int fail(const char *what) {
  fprintf(stderr, "firmware: %s: %s\n", what, strerror(errno));
  return 1;
}

/* Our own handle of the far side stays open, so that the line outlives whoever opens and closes it. */
static int open_pty(const char *link) {
  int near = posix_openpt(O_RDWR | O_NOCTTY);
  if (near < 0 || grantpt(near) != 0 || unlockpt(near) != 0) return fail("no pseudo-terminal");
  const char *name = ptsname(near);
  int far = open(name, O_RDWR | O_NOCTTY);
  struct termios raw;
  if (far < 0 || tcgetattr(far, &raw) != 0) return fail(name);
  raw.c_iflag = raw.c_oflag = raw.c_lflag = 0;
  raw.c_cc[VMIN] = 1;
  raw.c_cc[VTIME] = 0;
  if (tcsetattr(far, TCSANOW, &raw) != 0) return fail(name);
  if (symlink(name, link) != 0) return fail(link);
  input = output = near;
  return 0;
}

static void do_not_wait(int file) { fcntl(file, F_SETFL, fcntl(file, F_GETFL) | O_NONBLOCK); }

static void wait(void) {
  struct pollfd files[2] = {{input, POLLIN, 0}, {output, POLLOUT, 0}};
  uint64_t now = now_us(), wake = board_wake_us();
  int timeout = wake == UINT64_MAX ? -1 : wake <= now ? 0 : (int)((wake - now) / 1000u) + 1;
  poll(files, board_sending() ? 2 : 1, timeout);
}

int main(int argc, char **argv) {
  const char *link = NULL, *device = "speck2f", *hash = "", *serial = "";
  for (int i = 1; i < argc; i += 2) {
    const char **option = strcmp(argv[i], "--pty") == 0      ? &link
                          : strcmp(argv[i], "--device") == 0 ? &device
                          : strcmp(argv[i], "--hash") == 0   ? &hash
                          : strcmp(argv[i], "--serial") == 0 ? &serial
                                                             : NULL;
    if (option == NULL || i + 1 == argc) {
      fprintf(stderr, "usage: firmware [--pty LINK] [--device NAME] [--hash SHA256] [--serial TEXT]\n");
      return 2;
    }
    *option = argv[i + 1];
  }
  protocol_identity(device, hash, serial);
  if (link != NULL && open_pty(link) != 0) return 1;
  struct sigaction action = {.sa_handler = stop};
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
  signal(SIGPIPE, SIG_IGN);
  do_not_wait(input);
  do_not_wait(output);
  while (!ended && !stopped) {
    if (!board_poll()) wait();
  }
  if (link != NULL) unlink(link);
  return 0;
}
