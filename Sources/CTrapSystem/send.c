// sendmsg from a chosen local address.
#define _GNU_SOURCE
#include "CTrapSystem.h"

#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>

static int is_unspecified(const uint8_t octets[16]) {
  static const uint8_t zero[16] = {0};
  static const uint8_t mapped_zero[16] = {[10] = 0xff, [11] = 0xff};
  return memcmp(octets, zero, 16) == 0 || memcmp(octets, mapped_zero, 16) == 0;
}

static int is_link_local(const uint8_t octets[16]) { return octets[0] == 0xfe && (octets[1] & 0xc0) == 0x80; }

struct control {
  _Alignas(struct cmsghdr) char octets[CMSG_SPACE(sizeof(struct in6_pktinfo))];
};

static void put_control(struct msghdr *header, struct control *control, int level, int type, const void *info,
                        size_t length) {
  memset(control, 0, sizeof *control);
  header->msg_control = control->octets;
  header->msg_controllen = CMSG_SPACE(length);
  struct cmsghdr *part = CMSG_FIRSTHDR(header);
  part->cmsg_level = level;
  part->cmsg_type = type;
  part->cmsg_len = CMSG_LEN(length);
  memcpy(CMSG_DATA(part), info, length);
}

int trap_send_from(int descriptor, int family, const void *octets, size_t count, const struct trap_departure *to,
                   int by_interface) {
  struct iovec part = {.iov_base = (void *)octets, .iov_len = count};
  struct msghdr header = {.msg_iov = &part, .msg_iovlen = 1};
  struct control control;
  struct sockaddr_in four = {.sin_family = AF_INET, .sin_port = htons(to->port)};
  struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_port = htons(to->port)};
  uint32_t interface = by_interface ? to->interface : 0;
  if (family == AF_INET) {
    memcpy(&four.sin_addr, to->destination + 12, 4);
    header.msg_name = &four;
    header.msg_namelen = sizeof four;
    struct in_pktinfo info = {.ipi_ifindex = (int)interface};
    memcpy(&info.ipi_spec_dst, to->local + 12, 4);
    if (!is_unspecified(to->local) || interface != 0)
      put_control(&header, &control, IPPROTO_IP, IP_PKTINFO, &info, sizeof info);
  } else {
    memcpy(&six.sin6_addr, to->destination, 16);
    // A link-local address means nothing without its link.
    if (is_link_local(to->destination)) six.sin6_scope_id = interface = to->interface;
    header.msg_name = &six;
    header.msg_namelen = sizeof six;
    // On a dual-stack socket this speaks of IPv4 too, with mapped addresses.
    struct in6_pktinfo info = {.ipi6_ifindex = interface};
    // What came by multicast cannot be answered from there: the kernel chooses.
    if (to->local[0] != 0xff) memcpy(&info.ipi6_addr, to->local, 16);
    if (!is_unspecified((const uint8_t *)&info.ipi6_addr) || interface != 0)
      put_control(&header, &control, IPPROTO_IPV6, IPV6_PKTINFO, &info, sizeof info);
  }
  return sendmsg(descriptor, &header, MSG_DONTWAIT | MSG_NOSIGNAL) < 0 ? -errno : 0;
}

int trap_wait_writable(int descriptor, uint64_t nanoseconds) {
  struct pollfd entry = {.fd = descriptor, .events = POLLOUT};
  struct timespec limit = {.tv_sec = (time_t)(nanoseconds / 1000000000), .tv_nsec = (long)(nanoseconds % 1000000000)};
  if (ppoll(&entry, 1, &limit, NULL) < 0) return errno == EINTR ? 0 : -errno;
  return entry.revents != 0;
}
