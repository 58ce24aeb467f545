// Waiting for sockets and for a stop.
#define _GNU_SOURCE
#include "CTrapSystem.h"

#include <errno.h>
#include <poll.h>
#include <sys/eventfd.h>

int trap_eventfd(void) {
  int descriptor = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  return descriptor < 0 ? -errno : descriptor;
}

int trap_wait_readable(int first, int second, uint64_t nanoseconds) {
  struct pollfd entries[2] = {{.fd = first, .events = POLLIN}, {.fd = second, .events = POLLIN}};
  struct timespec limit = {.tv_sec = (time_t)(nanoseconds / 1000000000), .tv_nsec = (long)(nanoseconds % 1000000000)};
  // An interrupted wait is a wait that found nothing: the caller's loop turns and waits again.
  if (ppoll(entries, 2, &limit, NULL) < 0) return errno == EINTR ? 0 : -errno;
  return (entries[0].revents != 0) | (entries[1].revents != 0) << 1;
}
