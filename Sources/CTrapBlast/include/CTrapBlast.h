#ifndef CTRAPBLAST_H
#define CTRAPBLAST_H
// What the load generator needs of the kernel and Swift's Glibc overlay hides: sendmmsg with a source address each.

#include <stddef.h>
#include <stdint.h>

enum { BLAST_BATCH_MAX = 64, BLAST_MESSAGE_MAX = 8192 };

struct blast_socket;

/// Opens an unconnected UDP socket for a numeric `host` (IPv4 or IPv6). NULL with errno set where it can't.
struct blast_socket *blast_open(const char *host, uint16_t port);
void blast_close(struct blast_socket *socket);
/// Where message `index` of the next batch is written: BLAST_MESSAGE_MAX octets.
uint8_t *blast_message(struct blast_socket *socket, unsigned index);
/// Sets message `index`'s length and, where `source` is not 0, the IPv4 address that it leaves from (host order).
void blast_set(struct blast_socket *socket, unsigned index, unsigned length, uint32_t source);
/// Sends messages `first`..<`end`. The number that the kernel took, or -errno where it took none.
int blast_send(struct blast_socket *socket, unsigned first, unsigned end);

/// The offset of `needle` in `octets`, or -1.
long blast_find(const uint8_t *octets, size_t count, const char *needle, size_t needle_count);
#endif
