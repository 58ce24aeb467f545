#include "internal.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char *load(SSL_CTX *ssl, const char *certificate, const char *key, const char *authorities) {
  if (SSL_CTX_use_certificate_chain_file(ssl, certificate) != 1) return certificate;
  if (SSL_CTX_use_PrivateKey_file(ssl, key, SSL_FILETYPE_PEM) != 1) return key;
  if (SSL_CTX_check_private_key(ssl) != 1) return key;
  if (authorities == NULL) return NULL;
  struct stat status;
  if (stat(authorities, &status) != 0) return authorities;
  int loaded = S_ISDIR(status.st_mode) ? SSL_CTX_load_verify_dir(ssl, authorities)
                                       : SSL_CTX_load_verify_file(ssl, authorities);
  return loaded == 1 ? NULL : authorities;
}

static void configure(tl_tls_context *context, int is_obsolete) {
  SSL_CTX *ssl = context->ssl;
  SSL_CTX_set_min_proto_version(ssl, context->is_datagram ? DTLS1_2_VERSION : TLS1_2_VERSION);
  if (is_obsolete) {
    SSL_CTX_set_min_proto_version(ssl, context->is_datagram ? DTLS1_VERSION : TLS1_VERSION);
    // The old versions sign with SHA-1 and MD5, which no higher level has.
    SSL_CTX_set_security_level(ssl, 0);
  }
  // A resumed session would skip the judge.
  SSL_CTX_set_session_cache_mode(ssl, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_options(ssl, SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
  SSL_CTX_set_num_tickets(ssl, 0);
  // An idle connection gives its buffers back.
  SSL_CTX_set_mode(ssl, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_AUTO_RETRY);
  SSL_CTX_set_verify(ssl, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, NULL);
  SSL_CTX_set_cert_verify_callback(ssl, tl_tls_verify, context);
  SSL_CTX_set_verify_depth(ssl, 8);
  SSL_CTX_set_max_cert_list(ssl, 32 * 1024);
  if (context->is_datagram) {
    SSL_CTX_set_cookie_generate_cb(ssl, tl_tls_make_cookie);
    SSL_CTX_set_cookie_verify_cb(ssl, tl_tls_check_cookie);
  }
}

tl_tls_context *tl_tls_context_new(int is_datagram, int is_obsolete, const char *certificate, const char *key,
                                   const char *authorities, tl_tls_judge judge, void *owner, char *reason, size_t reason_size) {
  tl_tls_context *context = calloc(1, sizeof *context);
  if (context == NULL) return NULL;
  context->judge = judge;
  context->owner = owner;
  context->is_datagram = is_datagram;
  ERR_clear_error();
  context->ssl = SSL_CTX_new(is_datagram ? DTLS_server_method() : TLS_server_method());
  context->packets = tl_tls_packets_method();
  const char *culprit = "OpenSSL";
  if (context->ssl != NULL && context->packets != NULL && RAND_bytes(context->secret, sizeof context->secret) == 1) {
    configure(context, is_obsolete);
    culprit = load(context->ssl, certificate, key, authorities);
    if (culprit == NULL) return context;
  }
  const char *why = ERR_reason_error_string(ERR_peek_error());
  snprintf(reason, reason_size, "%s: %s", culprit, why != NULL ? why : "cannot be read");
  ERR_clear_error();
  tl_tls_context_free(context);
  return NULL;
}

void tl_tls_context_free(tl_tls_context *context) {
  if (context == NULL) return;
  SSL_CTX_free(context->ssl);
  BIO_meth_free(context->packets);
  OPENSSL_cleanse(context->secret, sizeof context->secret);
  free(context);
}

int tl_tls_make_cookie(SSL *ssl, unsigned char *cookie, unsigned int *count) {
  tl_tls_session *session = SSL_get_app_data(ssl);
  size_t size = 0;
  if (EVP_Q_mac(NULL, "HMAC", NULL, "SHA256", NULL, session->context->secret, sizeof session->context->secret,
                session->peer, session->peer_count, cookie, 32, &size) == NULL)
    return 0;
  *count = (unsigned int)size;
  return 1;
}

int tl_tls_check_cookie(SSL *ssl, const unsigned char *cookie, unsigned int count) {
  unsigned char expected[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  if (!tl_tls_make_cookie(ssl, expected, &size)) return 0;
  return size == count && CRYPTO_memcmp(expected, cookie, count) == 0;
}
