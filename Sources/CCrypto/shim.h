// libcrypto, plus hashes and DES as plain data: they hold no allocation, need no provider, and copy like numbers.
#ifndef TRAPLINE_CCRYPTO_SHIM_H
#define TRAPLINE_CCRYPTO_SHIM_H

// OpenSSL 3 calls the low-level hashes and DES deprecated. The replacements for the hashes allocate twice per message, and
// the one for DES lies in a provider module ("legacy") that many systems lack.
#ifndef OPENSSL_SUPPRESS_DEPRECATED
#define OPENSSL_SUPPRESS_DEPRECATED
#endif

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/des.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/md5.h>
#include <openssl/params.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

// The authentication protocols' hashes, numbered as AuthProtocol is.
enum { ccrypto_md5, ccrypto_sha1, ccrypto_sha224, ccrypto_sha256, ccrypto_sha384, ccrypto_sha512 };

// A hash that has read some octets.
struct ccrypto_hash {
  unsigned int kind;
  union {
    MD5_CTX md5;
    SHA_CTX sha1;
    SHA256_CTX sha256;
    SHA512_CTX sha512;
  } state;
};

static inline struct ccrypto_hash ccrypto_hash_make(unsigned int kind) {
  struct ccrypto_hash hash;
  hash.kind = kind;
  switch (kind) {
  case ccrypto_md5: MD5_Init(&hash.state.md5); break;
  case ccrypto_sha1: SHA1_Init(&hash.state.sha1); break;
  case ccrypto_sha224: SHA224_Init(&hash.state.sha256); break;
  case ccrypto_sha256: SHA256_Init(&hash.state.sha256); break;
  case ccrypto_sha384: SHA384_Init(&hash.state.sha512); break;
  default: SHA512_Init(&hash.state.sha512); break;
  }
  return hash;
}

static inline void ccrypto_hash_add(struct ccrypto_hash *hash, const void *octets, size_t count) {
  switch (hash->kind) {
  case ccrypto_md5: MD5_Update(&hash->state.md5, octets, count); break;
  case ccrypto_sha1: SHA1_Update(&hash->state.sha1, octets, count); break;
  case ccrypto_sha224: SHA224_Update(&hash->state.sha256, octets, count); break;
  case ccrypto_sha256: SHA256_Update(&hash->state.sha256, octets, count); break;
  case ccrypto_sha384: SHA384_Update(&hash->state.sha512, octets, count); break;
  default: SHA512_Update(&hash->state.sha512, octets, count); break;
  }
}

// Writes as many octets as the hash has: at most 64.
static inline void ccrypto_hash_finish(struct ccrypto_hash *hash, unsigned char *out) {
  switch (hash->kind) {
  case ccrypto_md5: MD5_Final(out, &hash->state.md5); break;
  case ccrypto_sha1: SHA1_Final(out, &hash->state.sha1); break;
  case ccrypto_sha224: SHA224_Final(out, &hash->state.sha256); break;
  case ccrypto_sha256: SHA256_Final(out, &hash->state.sha256); break;
  case ccrypto_sha384: SHA384_Final(out, &hash->state.sha512); break;
  default: SHA512_Final(out, &hash->state.sha512); break;
  }
}

// DES in cipher block chaining mode, in place; `count` is a multiple of eight. Eight octets of key, parity ignored.
static inline void ccrypto_des_cbc(
    const unsigned char *key, const unsigned char *iv, unsigned char *octets, size_t count, int encrypts) {
  DES_key_schedule schedule;
  DES_cblock key_block, chain;
  for (int index = 0; index < 8; index++) {
    key_block[index] = key[index];
    chain[index] = iv[index];
  }
  DES_set_key_unchecked(&key_block, &schedule);
  DES_ncbc_encrypt(octets, octets, (long)count, &schedule, &chain, encrypts ? DES_ENCRYPT : DES_DECRYPT);
  OPENSSL_cleanse(&schedule, sizeof schedule);
  OPENSSL_cleanse(&key_block, sizeof key_block);
}

#endif
