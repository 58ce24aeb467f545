// recvmmsg and what comes with a message.
#define _GNU_SOURCE
#include "CTrapSystem.h"

#include <errno.h>
#include <netinet/in.h>
#include <stddef.h>
#include <string.h>

_Static_assert(sizeof(struct trap_message) == sizeof(struct mmsghdr), "struct mmsghdr has another size");
_Static_assert(offsetof(struct trap_message, length) == offsetof(struct mmsghdr, msg_len), "msg_len lies elsewhere");
_Static_assert(
    CMSG_SPACE(sizeof(struct timespec)) + CMSG_SPACE(sizeof(struct in6_pktinfo)) + CMSG_SPACE(sizeof(struct in_pktinfo))
        <= TRAP_CONTROL_OCTETS,
    "the control data does not fit");

int trap_recvmmsg(int descriptor, struct trap_message *messages, unsigned int count) {
  int received = recvmmsg(descriptor, (struct mmsghdr *)messages, count, MSG_DONTWAIT, NULL);
  return received < 0 ? -errno : received;
}

int trap_is_truncated(const struct trap_message *message) { return (message->header.msg_flags & MSG_TRUNC) != 0; }

// RFC 4291 §2.5.5.2.
static void write_mapped(uint8_t octets[16], const struct in_addr *address) {
  memset(octets, 0, 10);
  octets[10] = octets[11] = 0xff;
  memcpy(octets + 12, &address->s_addr, 4);
}

// Returns the port in network order.
static uint16_t read_peer(const struct msghdr *header, uint8_t source[16]) {
  const struct sockaddr_storage *peer = header->msg_name;
  if (peer->ss_family == AF_INET) {
    const struct sockaddr_in *four = (const struct sockaddr_in *)peer;
    write_mapped(source, &four->sin_addr);
    return four->sin_port;
  }
  memset(source, 0, 16);
  if (peer->ss_family != AF_INET6) return 0;
  const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)peer;
  memcpy(source, &six->sin6_addr, 16);
  return six->sin6_port;
}

void trap_read_source(const struct trap_message *message, uint8_t source[16]) { read_peer(&message->header, source); }

void trap_read_arrival(const struct trap_message *message, struct trap_arrival *arrival) {
  struct msghdr *header = (struct msghdr *)&message->header;
  memset(arrival, 0, sizeof *arrival);
  arrival->port = ntohs(read_peer(header, arrival->source));
  for (struct cmsghdr *part = CMSG_FIRSTHDR(header); part != NULL; part = CMSG_NXTHDR(header, part)) {
    if (part->cmsg_level == SOL_SOCKET && part->cmsg_type == SCM_TIMESTAMPNS) {
      struct timespec time;
      memcpy(&time, CMSG_DATA(part), sizeof time);
      arrival->received = (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
    } else if (part->cmsg_level == IPPROTO_IP && part->cmsg_type == IP_PKTINFO) {
      struct in_pktinfo info;
      memcpy(&info, CMSG_DATA(part), sizeof info);
      // The destination, but for a broadcast the interface's own address, from which an answer can leave.
      write_mapped(arrival->local, &info.ipi_spec_dst);
      arrival->interface = (uint32_t)info.ipi_ifindex;
    } else if (part->cmsg_level == IPPROTO_IPV6 && part->cmsg_type == IPV6_PKTINFO) {
      struct in6_pktinfo info;
      memcpy(&info, CMSG_DATA(part), sizeof info);
      memcpy(arrival->local, &info.ipi6_addr, 16);
      arrival->interface = info.ipi6_ifindex;
    }
  }
}
