#include "internal.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Fits every path of today without fragments (RFC 6353 leaves it to the implementation).
static const long link_mtu = 1280;

tl_tls_session *tl_tls_session_new(tl_tls_context *context) {
  tl_tls_session *session = calloc(1, sizeof *session);
  if (session == NULL) return NULL;
  session->context = context;
  session->ssl = SSL_new(context->ssl);
  session->input = BIO_new(BIO_s_mem());
  session->output = context->is_datagram ? BIO_new(context->packets) : BIO_new(BIO_s_mem());
  if (session->ssl == NULL || session->input == NULL || session->output == NULL) {
    SSL_free(session->ssl);
    BIO_free(session->input);
    BIO_free(session->output);
    free(session);
    return NULL;
  }
  BIO_set_mem_eof_return(session->input, -1);
  if (context->is_datagram) BIO_set_data(session->output, session);
  else BIO_set_mem_eof_return(session->output, -1);
  SSL_set_app_data(session->ssl, session);
  SSL_set_bio(session->ssl, session->input, session->output);
  SSL_set_accept_state(session->ssl);
  if (context->is_datagram) {
    SSL_set_options(session->ssl, SSL_OP_NO_QUERY_MTU | SSL_OP_COOKIE_EXCHANGE);
    DTLS_set_link_mtu(session->ssl, link_mtu);
  }
  return session;
}

void tl_tls_session_free(tl_tls_session *session) {
  if (session == NULL) return;
  if (session->context->is_datagram) BIO_set_data(session->output, NULL);
  SSL_free(session->ssl);
  while (session->first != NULL) {
    struct tl_packet *packet = session->first;
    session->first = packet->next;
    free(packet);
  }
  free(session);
}

void tl_tls_session_peer(tl_tls_session *session, const uint8_t *peer, size_t count) {
  session->peer_count = count < sizeof session->peer ? count : sizeof session->peer;
  memcpy(session->peer, peer, session->peer_count);
}

int tl_tls_session_feed(tl_tls_session *session, const uint8_t *octets, size_t count) {
  return BIO_write(session->input, octets, (int)count) == (int)count;
}

void tl_tls_keep_error(tl_tls_session *session, const char *otherwise) {
  unsigned long code = ERR_peek_last_error();
  const char *why = code != 0 ? ERR_reason_error_string(code) : NULL;
  // What the judge said is more to the point.
  if (session->reason[0] == 0) snprintf(session->reason, sizeof session->reason, "%s", why != NULL ? why : otherwise);
  ERR_clear_error();
}

int tl_tls_session_listen(tl_tls_session *session) {
  BIO_ADDR *address = BIO_ADDR_new();
  if (address == NULL) return 0;
  ERR_clear_error();
  int result = DTLSv1_listen(session->ssl, address);
  BIO_ADDR_free(address);
  if (result < 1) {
    ERR_clear_error();
    (void)BIO_reset(session->input);
  }
  return result == 1;
}

int tl_tls_session_handshake(tl_tls_session *session) {
  ERR_clear_error();
  int result = SSL_do_handshake(session->ssl);
  if (result == 1) return 1;
  int error = SSL_get_error(session->ssl, result);
  if (error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE) return 0;
  tl_tls_keep_error(session, "the handshake ended");
  return -1;
}

int tl_tls_session_read(tl_tls_session *session, uint8_t *into, int count) {
  ERR_clear_error();
  int result = SSL_read(session->ssl, into, count);
  if (result > 0) return result;
  switch (SSL_get_error(session->ssl, result)) {
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE: return 0;
    case SSL_ERROR_ZERO_RETURN: return -1;
    default: tl_tls_keep_error(session, "the connection broke"); return -2;
  }
}

int tl_tls_session_write(tl_tls_session *session, const uint8_t *octets, int count) {
  ERR_clear_error();
  int result = SSL_write(session->ssl, octets, count);
  if (result == count) return 1;
  tl_tls_keep_error(session, "nothing can be written");
  return 0;
}

void tl_tls_session_close(tl_tls_session *session) {
  ERR_clear_error();
  if (SSL_is_init_finished(session->ssl)) SSL_shutdown(session->ssl);
  ERR_clear_error();
}

int tl_tls_session_timer(tl_tls_session *session) {
  ERR_clear_error();
  int result = (int)DTLSv1_handle_timeout(session->ssl);
  ERR_clear_error();
  return result >= 0;
}

size_t tl_tls_session_output(tl_tls_session *session, uint8_t *into, size_t count) {
  if (!session->context->is_datagram) {
    int taken = BIO_read(session->output, into, (int)count);
    return taken > 0 ? (size_t)taken : 0;
  }
  struct tl_packet *packet = session->first;
  if (packet == NULL) return 0;
  session->first = packet->next;
  if (session->first == NULL) session->last = NULL;
  session->packets--;
  size_t taken = packet->count <= count ? packet->count : 0;
  memcpy(into, packet->octets, taken);
  free(packet);
  return taken;
}

void tl_tls_session_reason(tl_tls_session *session, char *into, size_t count) {
  snprintf(into, count, "%s", session->reason);
}

size_t tl_tls_session_peer_name(tl_tls_session *session, uint8_t *into, size_t count) {
  if (session->name_count > count) return 0;
  memcpy(into, session->name, session->name_count);
  return session->name_count;
}

void tl_tls_session_name(tl_tls_session *session, const uint8_t *name, size_t count) {
  if (count > sizeof session->name) return;
  memcpy(session->name, name, count);
  session->name_count = count;
}

void tl_tls_session_refuse(tl_tls_session *session, const char *reason) {
  snprintf(session->reason, sizeof session->reason, "%s", reason);
}
