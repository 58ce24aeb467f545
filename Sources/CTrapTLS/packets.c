// A BIO that keeps what is written datagram by datagram: DTLS records must not be split between two.
#include "internal.h"

#include <openssl/bio.h>
#include <stdlib.h>
#include <string.h>

// A flight of a handshake has a few; a peer that makes more of them wait is no peer.
static const size_t packets_max = 64;

static int put(BIO *bio, const char *octets, int count) {
  tl_tls_session *session = BIO_get_data(bio);
  BIO_clear_retry_flags(bio);
  if (session == NULL || count <= 0 || session->packets >= packets_max) return -1;
  struct tl_packet *packet = malloc(sizeof *packet + (size_t)count);
  if (packet == NULL) return -1;
  packet->next = NULL;
  packet->count = (size_t)count;
  memcpy(packet->octets, octets, (size_t)count);
  if (session->last != NULL) session->last->next = packet;
  else session->first = packet;
  session->last = packet;
  session->packets++;
  return count;
}

static long control(BIO *bio, int command, long number, void *pointer) {
  (void)bio, (void)number, (void)pointer;
  switch (command) {
    case BIO_CTRL_FLUSH:
    case BIO_CTRL_DUP: return 1;
    // IPv6 and UDP headers.
    case BIO_CTRL_DGRAM_GET_MTU_OVERHEAD: return 48;
    default: return 0;
  }
}

static int create(BIO *bio) {
  BIO_set_init(bio, 1);
  return 1;
}

BIO_METHOD *tl_tls_packets_method(void) {
  BIO_METHOD *method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "datagrams");
  if (method == NULL) return NULL;
  BIO_meth_set_write(method, put);
  BIO_meth_set_ctrl(method, control);
  BIO_meth_set_create(method, create);
  return method;
}
