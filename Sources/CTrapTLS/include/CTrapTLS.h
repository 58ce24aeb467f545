// TLS and DTLS servers over memory: the caller moves the octets, nothing here waits. Each object is one thread's own.
#ifndef TRAPLINE_CTRAPTLS_H
#define TRAPLINE_CTRAPTLS_H

#include <stddef.h>
#include <stdint.h>

// What the listener shows, and whom it trusts.
typedef struct tl_tls_context tl_tls_context;
// One peer's connection.
typedef struct tl_tls_session tl_tls_session;

// Called once in a handshake, with the peer's certificates at hand (tl_tls_peer_*). Accepts by tl_tls_session_name and
// 1; refuses by tl_tls_session_refuse and 0.
typedef int (*tl_tls_judge)(void *owner, tl_tls_session *session);

// `is_obsolete` allows TLS 1.0 and DTLS 1.0, else 1.2 is the least. `authorities` is a file, a directory, or NULL. NULL: `reason` says why not.
tl_tls_context *tl_tls_context_new(int is_datagram, int is_obsolete, const char *certificate, const char *key,
                                   const char *authorities, tl_tls_judge judge, void *owner, char *reason, size_t reason_size);
void tl_tls_context_free(tl_tls_context *context);

// `peer` is what the cookie of DTLS is bound to: the peer's address, 32 octets at most.
tl_tls_session *tl_tls_session_new(tl_tls_context *context);
void tl_tls_session_free(tl_tls_session *session);
void tl_tls_session_peer(tl_tls_session *session, const uint8_t *peer, size_t count);

// Octets that came from the peer: of DTLS one datagram. 0: no memory.
int tl_tls_session_feed(tl_tls_session *session, const uint8_t *octets, size_t count);
// DTLS: 1 once the datagram fed was a ClientHello with our cookie; until then the session keeps nothing of the peer.
int tl_tls_session_listen(tl_tls_session *session);
// 1 done, 0 wants more octets, -1 failed.
int tl_tls_session_handshake(tl_tls_session *session);
// Octets read; 0 none yet, -1 the peer closed, -2 failed.
int tl_tls_session_read(tl_tls_session *session, uint8_t *into, int count);
// 1 written (to the output), 0 failed.
int tl_tls_session_write(tl_tls_session *session, const uint8_t *octets, int count);
void tl_tls_session_close(tl_tls_session *session);
// DTLS: sends the last flight again where its time has come. 0: the peer does not answer.
int tl_tls_session_timer(tl_tls_session *session);
// Takes output for the peer: of DTLS one datagram. 0 where there is none.
size_t tl_tls_session_output(tl_tls_session *session, uint8_t *into, size_t count);
// Why the last call failed.
void tl_tls_session_reason(tl_tls_session *session, char *into, size_t count);
// The name that the judge gave; its octets are copied.
size_t tl_tls_session_peer_name(tl_tls_session *session, uint8_t *into, size_t count);

// For the judge.
void tl_tls_session_name(tl_tls_session *session, const uint8_t *name, size_t count);
void tl_tls_session_refuse(tl_tls_session *session, const char *reason);
// 1 verified up to a trusted authority; 0 valid as far as it goes, but trusted by nobody; -1 not valid.
int tl_tls_peer_trust(tl_tls_session *session);
// Why it is not 1.
const char *tl_tls_peer_error(tl_tls_session *session);
// Certificates of the verified chain, the peer's own first; unverified: 1.
int tl_tls_peer_count(tl_tls_session *session);
// The digest of a certificate's DER, octets written to `into` (64 at most); 0 for an unknown algorithm.
size_t tl_tls_peer_digest(tl_tls_session *session, int index, const char *algorithm, uint8_t *into);
// The subject's commonName as UTF-8; -1 where there is none, or it does not fit.
int tl_tls_peer_common_name(tl_tls_session *session, uint8_t *into, size_t count);
// The subjectAltName at `index`, and its kind: 1 e-mail, 2 DNS, 7 IP, others skip. -1 at the end.
int tl_tls_peer_alternative(tl_tls_session *session, int index, int *kind, uint8_t *into, size_t count);

#endif
