#ifndef TRAPLINE_CTRAPTLS_INTERNAL_H
#define TRAPLINE_CTRAPTLS_INTERNAL_H

#include "CTrapTLS.h"

#include <openssl/ssl.h>
#include <openssl/x509v3.h>

// One datagram that waits to be sent.
struct tl_packet {
  struct tl_packet *next;
  size_t count;
  uint8_t octets[];
};

struct tl_tls_context {
  SSL_CTX *ssl;
  BIO_METHOD *packets;
  tl_tls_judge judge;
  void *owner;
  int is_datagram;
  // The key of the cookies.
  uint8_t secret[32];
};

struct tl_tls_session {
  tl_tls_context *context;
  SSL *ssl;
  BIO *input;
  BIO *output;
  struct tl_packet *first, *last;
  size_t packets;
  uint8_t peer[32];
  size_t peer_count;
  uint8_t name[32];
  size_t name_count;
  char reason[160];
  // Only while the judge is asked.
  X509_STORE_CTX *store;
  GENERAL_NAMES *names;
  int trust;
};

int tl_tls_verify(X509_STORE_CTX *store, void *context);
int tl_tls_make_cookie(SSL *ssl, unsigned char *cookie, unsigned int *count);
int tl_tls_check_cookie(SSL *ssl, const unsigned char *cookie, unsigned int count);
BIO_METHOD *tl_tls_packets_method(void);
void tl_tls_keep_error(tl_tls_session *session, const char *otherwise);

#endif
