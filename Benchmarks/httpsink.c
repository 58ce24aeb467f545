// The floor of HTTP: the least that a service can do with batches. Reads POSTs with a Content-Length from kept
// connections of the loopback, counts, answers 204, discards.
//
// usage: httpsink PORT (0: any). Prints "ready PORT". At SIGTERM prints one JSON object: requests, octets of bodies,
// traps by Trapline-Count, missed traps by Trapline-Missed, CPU in microseconds.
//        httpsink --post PORT OCTETS TRAPS CONNECTIONS SECONDS: the floor of a sender. Posts bodies of that size, each
// claiming that many traps, over so many connections, one request outstanding on each; prints the same object.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { HEADER = 64 << 10, READ = 1 << 20, EVENTS = 64 };

// `head` holds what has come of a header; once it is whole, `body` octets are still to come.
struct connection {
  int descriptor;
  size_t used, body;
  char head[HEADER];
};

static volatile sig_atomic_t stopping;
static uint64_t requests, octets, traps, missed;
static char discarded[READ];
static const char answer[] = "HTTP/1.1 204 No Content\r\n\r\n";
static const char next[] = "HTTP/1.1 100 Continue\r\n\r\n";

static void stop(int number) { (void)number; stopping = 1; }

static uint64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static void report(uint64_t since) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  long cpu = (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000L + usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
  printf("{\"requests\":%lu,\"octets\":%lu,\"traps\":%lu,\"missed\":%lu,\"cpu_us\":%ld,\"ns\":%lu}\n", requests, octets,
         traps, missed, cpu, since ? now() - since : 0);
}

static void send_all(struct connection *connection, const char *text, size_t size) {
  // An answer is a few octets after the request was read: it always fits the send buffer.
  if (send(connection->descriptor, text, size, MSG_NOSIGNAL) != (ssize_t)size) shutdown(connection->descriptor, SHUT_RDWR);
}

static void finish(struct connection *connection) {
  requests++;
  send_all(connection, answer, sizeof answer - 1);
}

// Takes what the header says; the lines are NUL-terminated here.
static void read_header(struct connection *connection, char *end) {
  *end = 0;
  connection->body = 0;
  for (char *line = connection->head; line && *line; line = strstr(line, "\r\n"), line = line ? line + 2 : NULL) {
    if (strncasecmp(line, "Content-Length:", 15) == 0) connection->body = strtoul(line + 15, NULL, 10);
    else if (strncasecmp(line, "Trapline-Count:", 15) == 0) traps += strtoul(line + 15, NULL, 10);
    else if (strncasecmp(line, "Trapline-Missed:", 16) == 0) missed += strtoul(line + 16, NULL, 10);
    else if (strncasecmp(line, "Expect:", 7) == 0) send_all(connection, next, sizeof next - 1);
  }
}

// Takes `size` octets that came; those of a body are not looked at. False for what is no header.
static int take(struct connection *connection, char *data, size_t size) {
  while (size > 0) {
    if (connection->body > 0) {
      size_t part = size < connection->body ? size : connection->body;
      octets += part;
      connection->body -= part;
      data += part;
      size -= part;
      if (connection->body == 0) finish(connection);
      continue;
    }
    size_t room = HEADER - 1 - connection->used, part = size < room ? size : room;
    if (part == 0) return 0;
    memcpy(connection->head + connection->used, data, part);
    size_t before = connection->used;
    connection->used += part;
    char *end = memmem(connection->head, connection->used, "\r\n\r\n", 4);
    if (!end) {
      data += part;
      size -= part;
      continue;
    }
    size_t header = (size_t)(end - connection->head) + 4;
    data += header - before;
    size -= header - before;
    connection->used = 0;
    read_header(connection, end + 2);
    if (connection->body == 0) finish(connection);
  }
  return 1;
}

static int serve(uint16_t port) {
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), on = 1, poller = epoll_create1(EPOLL_CLOEXEC);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof address;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(listener, (struct sockaddr *)&address, length) != 0 || listen(listener, 128) != 0 ||
      getsockname(listener, (struct sockaddr *)&address, &length) != 0) {
    perror("httpsink: bind");
    return 1;
  }
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL}, events[EVENTS];
  epoll_ctl(poller, EPOLL_CTL_ADD, listener, &event);
  printf("ready %u\n", ntohs(address.sin_port));
  fflush(stdout);
  while (!stopping) {
    int count = epoll_wait(poller, events, EVENTS, 1000);
    for (int i = 0; i < count; i++) {
      struct connection *connection = events[i].data.ptr;
      if (!connection) {
        int descriptor = accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (descriptor < 0) continue;
        setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        connection = calloc(1, sizeof *connection);
        connection->descriptor = descriptor;
        event.data.ptr = connection;
        epoll_ctl(poller, EPOLL_CTL_ADD, descriptor, &event);
        continue;
      }
      ssize_t got = read(connection->descriptor, discarded, READ);
      if (got < 0 && (errno == EAGAIN || errno == EINTR)) continue;
      if (got > 0 && take(connection, discarded, (size_t)got)) continue;
      close(connection->descriptor);
      free(connection);
    }
  }
  report(0);
  return 0;
}

static int post(uint16_t port, size_t size, unsigned count, int connections, int seconds) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  int descriptors[EVENTS], on = 1;
  char head[256], back[256], *body = calloc(1, size);
  int head_size = snprintf(head, sizeof head,
                           "POST / HTTP/1.1\r\nHost: localhost\r\nTrapline-Count: %u\r\nContent-Length: %zu\r\n\r\n", count, size);
  if (connections < 1 || connections > EVENTS || !body) return 2;
  for (int i = 0; i < connections; i++) {
    descriptors[i] = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    setsockopt(descriptors[i], IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (connect(descriptors[i], (struct sockaddr *)&address, sizeof address) != 0) {
      perror("httpsink: connect");
      return 1;
    }
  }
  uint64_t since = now(), until = since + (uint64_t)seconds * 1000000000u;
  while (!stopping && now() < until) {
    for (int i = 0; i < connections; i++) {
      struct iovec parts[2] = {{head, (size_t)head_size}, {body, size}};
      size_t left = (size_t)head_size + size;
      while (left > 0) {
        ssize_t sent = writev(descriptors[i], parts, 2);
        if (sent < 0) return perror("httpsink: write"), 1;
        left -= (size_t)sent;
        for (int part = 0; part < 2; part++) {
          size_t gone = (size_t)sent < parts[part].iov_len ? (size_t)sent : parts[part].iov_len;
          parts[part].iov_base = (char *)parts[part].iov_base + gone;
          parts[part].iov_len -= gone;
          sent -= (ssize_t)gone;
        }
      }
    }
    for (int i = 0; i < connections; i++) {
      if (read(descriptors[i], back, sizeof back) <= 0) return fputs("httpsink: closed\n", stderr), 1;
      requests++;
      octets += size;
      traps += count;
    }
  }
  report(since);
  return 0;
}

int main(int count, char **arguments) {
  struct sigaction action = {.sa_handler = stop};
  sigaction(SIGTERM, &action, NULL);
  sigaction(SIGINT, &action, NULL);
  if (count == 2) return serve((uint16_t)atoi(arguments[1]));
  if (count == 7 && strcmp(arguments[1], "--post") == 0)
    return post((uint16_t)atoi(arguments[2]), strtoul(arguments[3], NULL, 10), (unsigned)atoi(arguments[4]),
                atoi(arguments[5]), atoi(arguments[6]));
  fputs("usage: httpsink PORT | httpsink --post PORT OCTETS TRAPS CONNECTIONS SECONDS\n", stderr);
  return 2;
}
