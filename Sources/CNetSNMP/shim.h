// Net-SNMP, plus the macros with casts that Swift's importer leaves out.
#ifndef TRAPLINE_CNETSNMP_SHIM_H
#define TRAPLINE_CNETSNMP_SHIM_H

// First, so that `fd_set` is the one that Swift's Glibc module has: Net-SNMP's configuration asks for another spelling.
#include <sys/select.h>
#include <sys/epoll.h>

#include <net-snmp/net-snmp-config.h>
#include <net-snmp/net-snmp-includes.h>
#include <net-snmp/agent/net-snmp-agent-includes.h>
#include <net-snmp/library/large_fd_set.h>
#include <net-snmp/library/lcd_time.h>
#include <net-snmp/library/snmpusm.h>

// PDU types as a handler sees them.
static const int tl_mode_get = MODE_GET;
static const int tl_mode_getnext = MODE_GETNEXT;
static const int tl_mode_set_reserve1 = MODE_SET_RESERVE1;
static const int tl_mode_set_reserve2 = MODE_SET_RESERVE2;
static const int tl_mode_set_action = MODE_SET_ACTION;
static const int tl_mode_set_commit = MODE_SET_COMMIT;
static const int tl_mode_set_free = MODE_SET_FREE;
static const int tl_mode_set_undo = MODE_SET_UNDO;

// PDU types as a client sends them.
static const int tl_msg_get = SNMP_MSG_GET;
static const int tl_msg_getnext = SNMP_MSG_GETNEXT;
static const int tl_msg_getbulk = SNMP_MSG_GETBULK;
static const int tl_msg_report = SNMP_MSG_REPORT;
static const int tl_msg_inform = SNMP_MSG_INFORM;
static const int tl_msg_trap2 = SNMP_MSG_TRAP2;

// Value types on the wire.
static const unsigned char tl_asn_integer = ASN_INTEGER;
static const unsigned char tl_asn_octet_string = ASN_OCTET_STR;
static const unsigned char tl_asn_object_id = ASN_OBJECT_ID;
static const unsigned char tl_asn_ip_address = ASN_IPADDRESS;
static const unsigned char tl_asn_counter32 = ASN_COUNTER;
static const unsigned char tl_asn_gauge32 = ASN_GAUGE;
static const unsigned char tl_asn_timeticks = ASN_TIMETICKS;
static const unsigned char tl_asn_counter64 = ASN_COUNTER64;
static const unsigned char tl_asn_null = ASN_NULL;
static const unsigned char tl_asn_opaque = ASN_OPAQUE;
static const unsigned char tl_asn_nsap = ASN_NSAP;
static const unsigned char tl_asn_uinteger = ASN_UINTEGER;
static const unsigned char tl_asn_opaque_float = ASN_OPAQUE_FLOAT;
static const unsigned char tl_asn_opaque_double = ASN_OPAQUE_DOUBLE;
static const unsigned char tl_no_such_object = SNMP_NOSUCHOBJECT;
static const unsigned char tl_no_such_instance = SNMP_NOSUCHINSTANCE;
static const unsigned char tl_end_of_mib_view = SNMP_ENDOFMIBVIEW;

// Exported, but in no header.
int snmp_config_when(char *line, int when);

// Both ends of a connection or a datagram: addresses as two big numbers, IPv4 in its mapped form.
struct tl_ends {
  uint64_t peer_high, peer_low, local_high, local_low;
  uint16_t peer_port;
};
typedef struct tl_ends tl_ends;

static inline int tl_number(const struct sockaddr *address, uint64_t *high, uint64_t *low, uint16_t *port) {
  if (address->sa_family == AF_INET) {
    const struct sockaddr_in *four = (const struct sockaddr_in *)address;
    *high = 0;
    *low = 0xffff00000000u | ntohl(four->sin_addr.s_addr);
    *port = ntohs(four->sin_port);
    return 1;
  }
  if (address->sa_family != AF_INET6) return 0;
  const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)address;
  uint64_t words[2] = {0, 0};
  for (int i = 0; i < 16; i++) words[i / 8] = words[i / 8] << 8 | six->sin6_addr.s6_addr[i];
  *high = words[0];
  *low = words[1];
  *port = ntohs(six->sin6_port);
  return 1;
}

// Has the kernel keep from a UDP socket what comes from anybody but this peer: Net-SNMP takes a response from everybody.
// 0, or -1 with errno.
static inline int tl_connect(int descriptor, uint64_t high, uint64_t low, uint16_t port) {
  if (high == 0 && low >> 32 == 0xffff) {
    struct sockaddr_in four = {.sin_family = AF_INET, .sin_port = htons(port)};
    four.sin_addr.s_addr = htonl((uint32_t)low);
    return connect(descriptor, (const struct sockaddr *)&four, sizeof four);
  }
  struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_port = htons(port)};
  for (int i = 0; i < 16; i++) six.sin6_addr.s6_addr[i] = (uint8_t)((i < 8 ? high : low) >> (56 - 8 * (i % 8)));
  return connect(descriptor, (const struct sockaddr *)&six, sizeof six);
}

static inline int tl_connection_ends(int descriptor, tl_ends *ends) {
  struct sockaddr_storage peer = {0}, local = {0};
  socklen_t size = sizeof peer;
  uint16_t ignored;
  if (getpeername(descriptor, (struct sockaddr *)&peer, &size) != 0) return 0;
  size = sizeof local;
  if (getsockname(descriptor, (struct sockaddr *)&local, &size) != 0) return 0;
  return tl_number((struct sockaddr *)&peer, &ends->peer_high, &ends->peer_low, &ends->peer_port)
         && tl_number((struct sockaddr *)&local, &ends->local_high, &ends->local_low, &ignored);
}

static inline int tl_pair_ends(const void *opaque, size_t size, tl_ends *ends, uint32_t *interface) {
  const netsnmp_indexed_addr_pair *pair = (const netsnmp_indexed_addr_pair *)opaque;
  uint16_t ignored;
  ends->local_high = ends->local_low = 0;
  *interface = 0;
  // Of IPv6 the library keeps the peer alone.
  if (size == sizeof(struct sockaddr_in6))
    return tl_number((const struct sockaddr *)opaque, &ends->peer_high, &ends->peer_low, &ends->peer_port);
  if (size != sizeof *pair) return 0;
  *interface = pair->if_index > 0 ? (uint32_t)pair->if_index : 0;
  // The local address is not known on every socket.
  if (!tl_number(&pair->local_addr.sa, &ends->local_high, &ends->local_low, &ignored))
    ends->local_high = ends->local_low = 0;
  return tl_number(&pair->remote_addr.sa, &ends->peer_high, &ends->peer_low, &ends->peer_port);
}

#endif
