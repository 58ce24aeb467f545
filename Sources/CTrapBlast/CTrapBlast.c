#define _GNU_SOURCE
#include "CTrapBlast.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct blast_control {
  _Alignas(struct cmsghdr) char octets[CMSG_SPACE(sizeof(struct in_pktinfo))];
};

struct blast_socket {
  int descriptor;
  struct sockaddr_storage to;
  socklen_t to_length;
  struct mmsghdr headers[BLAST_BATCH_MAX];
  struct iovec pieces[BLAST_BATCH_MAX];
  struct blast_control controls[BLAST_BATCH_MAX];
  uint8_t messages[BLAST_BATCH_MAX][BLAST_MESSAGE_MAX];
};

static int set_target(struct blast_socket *socket, const char *host, uint16_t port) {
  struct sockaddr_in *four = (struct sockaddr_in *)&socket->to;
  struct sockaddr_in6 *six = (struct sockaddr_in6 *)&socket->to;
  if (inet_pton(AF_INET, host, &four->sin_addr) == 1) {
    four->sin_family = AF_INET;
    four->sin_port = htons(port);
    socket->to_length = sizeof *four;
    return AF_INET;
  }
  if (inet_pton(AF_INET6, host, &six->sin6_addr) == 1) {
    six->sin6_family = AF_INET6;
    six->sin6_port = htons(port);
    socket->to_length = sizeof *six;
    return AF_INET6;
  }
  errno = EINVAL;
  return -1;
}

struct blast_socket *blast_open(const char *host, uint16_t port) {
  struct blast_socket *made = calloc(1, sizeof *made);
  if (!made) return NULL;
  int family = set_target(made, host, port);
  made->descriptor = family < 0 ? -1 : socket(family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (made->descriptor < 0) {
    int reason = errno;
    free(made);
    errno = reason;
    return NULL;
  }
  for (unsigned i = 0; i < BLAST_BATCH_MAX; i++) {
    made->pieces[i].iov_base = made->messages[i];
    struct msghdr *header = &made->headers[i].msg_hdr;
    header->msg_name = &made->to;
    header->msg_namelen = made->to_length;
    header->msg_iov = &made->pieces[i];
    header->msg_iovlen = 1;
  }
  return made;
}

void blast_close(struct blast_socket *socket) {
  close(socket->descriptor);
  free(socket);
}

uint8_t *blast_message(struct blast_socket *socket, unsigned index) { return socket->messages[index]; }

void blast_set(struct blast_socket *socket, unsigned index, unsigned length, uint32_t source) {
  socket->pieces[index].iov_len = length;
  struct msghdr *header = &socket->headers[index].msg_hdr;
  if (source == 0) {
    header->msg_control = NULL;
    header->msg_controllen = 0;
    return;
  }
  header->msg_control = socket->controls[index].octets;
  header->msg_controllen = sizeof socket->controls[index].octets;
  struct cmsghdr *control = CMSG_FIRSTHDR(header);
  control->cmsg_level = IPPROTO_IP;
  control->cmsg_type = IP_PKTINFO;
  control->cmsg_len = CMSG_LEN(sizeof(struct in_pktinfo));
  struct in_pktinfo information = {.ipi_spec_dst.s_addr = htonl(source)};
  memcpy(CMSG_DATA(control), &information, sizeof information);
}

int blast_send(struct blast_socket *socket, unsigned first, unsigned end) {
  int taken = sendmmsg(socket->descriptor, socket->headers + first, end - first, 0);
  return taken < 0 ? -errno : taken;
}

long blast_find(const uint8_t *octets, size_t count, const char *needle, size_t needle_count) {
  const uint8_t *found = memmem(octets, count, needle, needle_count);
  return found ? found - octets : -1;
}
