// The floor: the least that a receiver of traps can do. recvmmsg into reused slots, count, discard.
//
// usage: sink PORT [RECEIVE-BUFFER]. Says "ready" on standard error. At SIGTERM reads its socket empty and prints one
// JSON object: received, octets, kernel drops, CPU in microseconds, the times (CLOCK_REALTIME, ns) of first and last.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>

enum { BATCH = 64, SLOT = 65535, CONTROL = 256, MEMINFO = 55, MEMINFO_DROPS = 8 };

static volatile sig_atomic_t stopping;
static unsigned char slots[BATCH][SLOT];
static char controls[BATCH][CONTROL];
static struct mmsghdr headers[BATCH];
static struct iovec pieces[BATCH];
static struct sockaddr_storage peers[BATCH];
static uint64_t received, octets, first_time, last_time;

static void stop(int number) { (void)number; stopping = 1; }

static uint64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_REALTIME, &time);
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static int open_socket(uint16_t port, int buffer) {
  int descriptor = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), on = 1;
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  if (setsockopt(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, &buffer, sizeof buffer) != 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
  setsockopt(descriptor, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
  setsockopt(descriptor, IPPROTO_IP, IP_PKTINFO, &on, sizeof on);
  if (bind(descriptor, (struct sockaddr *)&address, sizeof address) != 0) {
    perror("sink: bind");
    exit(1);
  }
  return descriptor;
}

/// Datagrams read; 0 where none waits.
static int receive(int descriptor) {
  for (int i = 0; i < BATCH; i++) {
    headers[i].msg_hdr.msg_namelen = sizeof peers[i];
    headers[i].msg_hdr.msg_controllen = CONTROL;
  }
  int got = recvmmsg(descriptor, headers, BATCH, MSG_DONTWAIT, NULL);
  if (got <= 0) return 0;
  last_time = now();
  if (first_time == 0) first_time = last_time;
  for (int i = 0; i < got; i++) octets += headers[i].msg_len;
  received += (uint64_t)got;
  return got;
}

int main(int count, char **arguments) {
  if (count < 2) {
    fprintf(stderr, "usage: sink PORT [RECEIVE-BUFFER]\n");
    return 2;
  }
  struct sigaction action = {.sa_handler = stop};
  sigaction(SIGTERM, &action, NULL);
  sigaction(SIGINT, &action, NULL);
  int descriptor = open_socket((uint16_t)atoi(arguments[1]), count > 2 ? atoi(arguments[2]) : 8 << 20);
  for (int i = 0; i < BATCH; i++) {
    pieces[i] = (struct iovec){slots[i], SLOT};
    headers[i].msg_hdr = (struct msghdr){
      .msg_name = &peers[i], .msg_iov = &pieces[i], .msg_iovlen = 1, .msg_control = controls[i]};
  }
  fprintf(stderr, "ready\n");
  struct pollfd waiting = {.fd = descriptor, .events = POLLIN};
  while (!stopping)
    if (receive(descriptor) == 0) poll(&waiting, 1, 1000);
  while (receive(descriptor) > 0) {}
  uint32_t memory[16] = {0};
  socklen_t length = sizeof memory;
  getsockopt(descriptor, SOL_SOCKET, MEMINFO, memory, &length);
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  long cpu = (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000L + usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
  printf("{\"received\":%lu,\"octets\":%lu,\"drops\":%u,\"cpu_us\":%ld,\"first_ns\":%lu,\"last_ns\":%lu}\n", received,
         octets, memory[MEMINFO_DROPS], cpu, first_time, last_time);
  return 0;
}
