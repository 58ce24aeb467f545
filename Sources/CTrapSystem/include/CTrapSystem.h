#ifndef CTRAPSYSTEM_H
#define CTRAPSYSTEM_H
// The system calls and C macros that Swift's Glibc overlay hides. Functions return 0 or more, or -errno.

#include <stdint.h>
#include <sys/socket.h>
#include <time.h>

/// Mirror of `struct mmsghdr` (recvmmsg(2)), which glibc shows only under _GNU_SOURCE; its layout is asserted.
struct trap_message {
  struct msghdr header;
  unsigned int length;
};

/// Octets of control data that one received message can carry with the options of `trap_enable_arrival_facts`.
#define TRAP_CONTROL_OCTETS 128

/// recvmmsg(2) that never blocks: the number of messages, or -EAGAIN and the like.
int trap_recvmmsg(int descriptor, struct trap_message *messages, unsigned int count);

/// True where the datagram was longer than its buffer (MSG_TRUNC).
int trap_is_truncated(const struct trap_message *message);

/// Where a message came from and went to. Addresses are IPv6 octets in network order, IPv4 as ::ffff:a.b.c.d.
struct trap_arrival {
  uint8_t source[16];
  uint8_t local[16];   // all zero where the kernel did not tell
  int64_t received;    // SCM_TIMESTAMPNS in nanoseconds since 1970; 0 where the kernel did not tell
  uint32_t interface;  // 0 where the kernel did not tell
  uint16_t port;       // host order
};

/// Reads the peer's address and the control messages of one received message.
void trap_read_arrival(const struct trap_message *message, struct trap_arrival *arrival);

/// Reads the peer's address alone, in the form of `trap_arrival.source`.
void trap_read_source(const struct trap_message *message, uint8_t source[16]);

/// Where a message goes, and from where: the addresses as in `trap_arrival`.
struct trap_departure {
  uint8_t destination[16];
  uint8_t local[16];   // all zero: the kernel chooses
  uint32_t interface;  // 0: unknown
  uint16_t port;       // host order
};

/// sendmsg(2) that never blocks, from the local address of `to`, on a socket of `family`: 0 or -errno. The routing table
/// chooses the interface, or the interface of `to` where `by_interface` (or where a link-local address needs one).
int trap_send_from(int descriptor, int family, const void *octets, size_t count, const struct trap_departure *to,
                   int by_interface);

/// Waits until the descriptor takes more or `nanoseconds` have passed: 1 or 0.
int trap_wait_writable(int descriptor, uint64_t nanoseconds);

/// Asks for IP_PKTINFO or IPV6_RECVPKTINFO, by the socket's family, and for SO_TIMESTAMPNS.
int trap_enable_arrival_facts(int descriptor, int family);

/// Sets SO_RCVBUFFORCE where `forced`, else SO_RCVBUF (clamped by the kernel without an error).
int trap_set_receive_buffer(int descriptor, int octets, int forced);

/// SO_RCVBUF as the kernel reports it: twice what was granted.
int trap_receive_buffer(int descriptor);

/// The socket's drops, SO_MEMINFO[SK_MEMINFO_DROPS]: 32 bits, wraps.
int trap_socket_drops(int descriptor, uint32_t *drops);

/// The socket's cookie, SO_COOKIE: its name for as long as it lives, whichever process holds it, and nobody else's.
int trap_socket_cookie(int descriptor, uint64_t *cookie);

/// Steers the SO_REUSEPORT group of the socket by a classic BPF program: a hash of the source address modulo `lanes`
/// is the index, in bind order, of the socket that gets the datagram.
int trap_steer_by_source(int descriptor, uint32_t lanes);

/// Attaches a filter that drops every datagram from now on. The kernel counts them in the socket's drops.
int trap_close_to_arrivals(int descriptor);

/// SO_DOMAIN: AF_INET or AF_INET6.
int trap_socket_family(int descriptor);

/// SO_TYPE and SO_PROTOCOL say UDP: 1 or 0.
int trap_is_udp(int descriptor);

/// eventfd(2), close-on-exec and non-blocking.
int trap_eventfd(void);

/// Waits until a descriptor is readable or `nanoseconds` have passed; a negative descriptor is left out.
/// Bit 0: the first is ready (or broken), bit 1: the second. 0: neither.
int trap_wait_readable(int first, int second, uint64_t nanoseconds);

#endif
