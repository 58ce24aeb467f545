// Socket options, and the BPF programs that are set through them.
#define _GNU_SOURCE
#include "CTrapSystem.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>

static int set_number(int descriptor, int level, int option, int value) {
  return setsockopt(descriptor, level, option, &value, sizeof value) < 0 ? -errno : 0;
}

static int get_number(int descriptor, int option) {
  int value = 0;
  socklen_t length = sizeof value;
  return getsockopt(descriptor, SOL_SOCKET, option, &value, &length) < 0 ? -errno : value;
}

int trap_enable_arrival_facts(int descriptor, int family) {
  // On a dual-stack socket IPV6_RECVPKTINFO speaks of IPv4 datagrams too, with mapped addresses.
  int result = family == AF_INET6 ? set_number(descriptor, IPPROTO_IPV6, IPV6_RECVPKTINFO, 1)
                                  : set_number(descriptor, IPPROTO_IP, IP_PKTINFO, 1);
  return result < 0 ? result : set_number(descriptor, SOL_SOCKET, SO_TIMESTAMPNS, 1);
}

int trap_set_receive_buffer(int descriptor, int octets, int forced) {
  return set_number(descriptor, SOL_SOCKET, forced ? SO_RCVBUFFORCE : SO_RCVBUF, octets);
}

int trap_receive_buffer(int descriptor) { return get_number(descriptor, SO_RCVBUF); }

int trap_socket_drops(int descriptor, uint32_t *drops) {
  uint32_t values[SK_MEMINFO_VARS] = {0};
  socklen_t length = sizeof values;
  if (getsockopt(descriptor, SOL_SOCKET, SO_MEMINFO, values, &length) < 0) return -errno;
  *drops = values[SK_MEMINFO_DROPS];
  return 0;
}

int trap_socket_cookie(int descriptor, uint64_t *cookie) {
  socklen_t length = sizeof *cookie;
  return getsockopt(descriptor, SOL_SOCKET, SO_COOKIE, cookie, &length) < 0 ? -errno : 0;
}

int trap_socket_family(int descriptor) { return get_number(descriptor, SO_DOMAIN); }

int trap_is_udp(int descriptor) {
  return get_number(descriptor, SO_TYPE) == SOCK_DGRAM && get_number(descriptor, SO_PROTOCOL) == IPPROTO_UDP;
}

int trap_steer_by_source(int descriptor, uint32_t lanes) {
  // Knuth's multiplier spreads neighbouring addresses; the high bits of a product are the well-mixed ones.
  const uint32_t multiplier = 2654435761u;
  struct sock_filter program[] = {
      BPF_STMT(BPF_LD | BPF_B | BPF_ABS, SKF_NET_OFF),
      BPF_STMT(BPF_ALU | BPF_RSH | BPF_K, 4),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 6, 2, 0),
      // IPv4, on a dual-stack socket as well: octets 12–15 of the header.
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, SKF_NET_OFF + 12),
      BPF_STMT(BPF_JMP | BPF_JA, 13),
      // IPv6: octets 8–23, folded word by word as (hash + word) * multiplier.
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, SKF_NET_OFF + 8),
      BPF_STMT(BPF_ALU | BPF_MUL | BPF_K, multiplier),
      BPF_STMT(BPF_MISC | BPF_TAX, 0),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, SKF_NET_OFF + 12),
      BPF_STMT(BPF_ALU | BPF_ADD | BPF_X, 0),
      BPF_STMT(BPF_ALU | BPF_MUL | BPF_K, multiplier),
      BPF_STMT(BPF_MISC | BPF_TAX, 0),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, SKF_NET_OFF + 16),
      BPF_STMT(BPF_ALU | BPF_ADD | BPF_X, 0),
      BPF_STMT(BPF_ALU | BPF_MUL | BPF_K, multiplier),
      BPF_STMT(BPF_MISC | BPF_TAX, 0),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, SKF_NET_OFF + 20),
      BPF_STMT(BPF_ALU | BPF_ADD | BPF_X, 0),
      // Both families meet here.
      BPF_STMT(BPF_ALU | BPF_MUL | BPF_K, multiplier),
      BPF_STMT(BPF_ALU | BPF_RSH | BPF_K, 16),
      BPF_STMT(BPF_ALU | BPF_MOD | BPF_K, lanes),
      BPF_STMT(BPF_RET | BPF_A, 0),
  };
  struct sock_fprog filter = {.len = sizeof program / sizeof program[0], .filter = program};
  return setsockopt(descriptor, SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, &filter, sizeof filter) < 0 ? -errno : 0;
}

int trap_close_to_arrivals(int descriptor) {
  struct sock_filter program[] = {BPF_STMT(BPF_RET | BPF_K, 0)};
  struct sock_fprog filter = {.len = 1, .filter = program};
  return setsockopt(descriptor, SOL_SOCKET, SO_ATTACH_FILTER, &filter, sizeof filter) < 0 ? -errno : 0;
}
