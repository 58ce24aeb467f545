// The peer's certificates, as the judge sees them.
#include "internal.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>
#include <string.h>

// Nobody vouches for the certificate; nothing is wrong with it otherwise.
static int is_trust_error(int error) {
  switch (error) {
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_CERT_UNTRUSTED: return 1;
    default: return 0;
  }
}

// The chain's building stops at the first error, before it looks at the times.
static int check_times(X509_STORE_CTX *store) {
  X509 *own = X509_STORE_CTX_get0_cert(store);
  if (X509_cmp_current_time(X509_get0_notBefore(own)) >= 0) {
    X509_STORE_CTX_set_error(store, X509_V_ERR_CERT_NOT_YET_VALID);
    return 0;
  }
  if (X509_cmp_current_time(X509_get0_notAfter(own)) <= 0) {
    X509_STORE_CTX_set_error(store, X509_V_ERR_CERT_HAS_EXPIRED);
    return 0;
  }
  return 1;
}

static X509 *certificate(tl_tls_session *session, int index) {
  if (session->trust != 1) return index == 0 ? X509_STORE_CTX_get0_cert(session->store) : NULL;
  return sk_X509_value(X509_STORE_CTX_get0_chain(session->store), index);
}

int tl_tls_verify(X509_STORE_CTX *store, void *argument) {
  tl_tls_context *context = argument;
  SSL *ssl = X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx());
  tl_tls_session *session = SSL_get_app_data(ssl);
  session->trust = 1;
  if (X509_verify_cert(store) != 1)
    session->trust = is_trust_error(X509_STORE_CTX_get_error(store)) && check_times(store) ? 0 : -1;
  session->store = store;
  // Once: a certificate may have thousands.
  session->names = X509_get_ext_d2i(certificate(session, 0), NID_subject_alt_name, NULL, NULL);
  int accepted = context->judge(context->owner, session);
  session->store = NULL;
  GENERAL_NAMES_free(session->names);
  session->names = NULL;
  if (accepted) X509_STORE_CTX_set_error(store, X509_V_OK);
  else if (session->trust == 1) X509_STORE_CTX_set_error(store, X509_V_ERR_APPLICATION_VERIFICATION);
  return accepted;
}

int tl_tls_peer_trust(tl_tls_session *session) { return session->trust; }

const char *tl_tls_peer_error(tl_tls_session *session) {
  return X509_verify_cert_error_string(X509_STORE_CTX_get_error(session->store));
}

int tl_tls_peer_count(tl_tls_session *session) {
  return session->trust == 1 ? sk_X509_num(X509_STORE_CTX_get0_chain(session->store)) : 1;
}

size_t tl_tls_peer_digest(tl_tls_session *session, int index, const char *algorithm, uint8_t *into) {
  const EVP_MD *method = EVP_get_digestbyname(algorithm);
  X509 *subject = certificate(session, index);
  unsigned int count = 0;
  if (method == NULL || subject == NULL || X509_digest(subject, method, into, &count) != 1) return 0;
  return count;
}

int tl_tls_peer_common_name(tl_tls_session *session, uint8_t *into, size_t count) {
  X509_NAME *subject = X509_get_subject_name(certificate(session, 0));
  int index = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
  if (index < 0) return -1;
  unsigned char *text = NULL;
  int length = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, index)));
  if (length >= 0 && (size_t)length <= count) memcpy(into, text, (size_t)length);
  else length = -1;
  OPENSSL_free(text);
  return length;
}

int tl_tls_peer_alternative(tl_tls_session *session, int index, int *kind, uint8_t *into, size_t count) {
  GENERAL_NAMES *names = session->names;
  int length = -1;
  if (names != NULL && index < sk_GENERAL_NAME_num(names)) {
    int type = 0;
    void *value = GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(names, index), &type);
    *kind = type;
    length = 0;
    if (type == GEN_EMAIL || type == GEN_DNS || type == GEN_IPADD) {
      length = ASN1_STRING_length(value);
      if ((size_t)length <= count) memcpy(into, ASN1_STRING_get0_data(value), (size_t)length);
      // A name that does not fit is none of ours.
      else length = 0;
    }
  }
  return length;
}
