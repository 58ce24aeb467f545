// Makes and sends SNMPv3 traps, authPriv with HMAC-192-SHA-256 (RFC 7860) and AES-128 (RFC 3826), each another one: a
// receiver that knows repeats takes every one of them once.
//
// usage: v3traps make FILE COUNT USERS ENGINES FIRST
//          Writes COUNT traps, numbered from FIRST, of ENGINES engines in turn; engine e has user e % USERS. Each is two
//          octets of length, most significant first, and the message. All have the same size; engine times grow by a
//          minute from first to last.
//        v3traps users USERS ENGINES trapline|snmptrapd
//          The users, as lines of the receiver's configuration. Passphrases are "authentication" and "privacy-secret".
//        v3traps send FILE PORT RATE
//          Sends what is in the file to the loopback at RATE a second (0: full speed), engine e from 127.2.0.1 + e % 100.
//        v3traps flood FILE PORT RATE COUNT same|engines
//          Sends COUNT traps with wrong digests from 127.3.0.1: of the file's engines, or each of an engine ID of its own.
// `send` and `flood` print one JSON object: count, octets, started (ns since 1970), rate.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { SIZE = 1024, HASH = 32, DIGEST = 24, SALT = 8, ENGINE_ID = 17, NAME = 6, SOURCES = 100, BOOTS = 7, TIME = 1000000 };
static const char authentication[] = "authentication", privacy[] = "privacy-secret";

// A message is written back to front: `at` is where it begins in `octets`.
struct writer {
  uint8_t octets[SIZE];
  size_t at;
};
// Where the parts of a message stand that are filled in later.
struct places {
  size_t engine, digest, salt, data, size;
};
struct keys {
  uint8_t authentication[HASH], privacy[HASH];
};

static void raw(struct writer *writer, const void *octets, size_t count) {
  writer->at -= count;
  memcpy(writer->octets + writer->at, octets, count);
}

static void octet(struct writer *writer, uint8_t value) { writer->octets[--writer->at] = value; }

// The tag and the length of what was written since the end was at `end`.
static void close_element(struct writer *writer, uint8_t tag, size_t end) {
  size_t count = end - writer->at;
  if (count > 0xff) octet(writer, (uint8_t)count), octet(writer, (uint8_t)(count >> 8)), octet(writer, 0x82);
  else if (count > 0x7f) octet(writer, (uint8_t)count), octet(writer, 0x81);
  else octet(writer, (uint8_t)count);
  octet(writer, tag);
}

static void string(struct writer *writer, uint8_t tag, const void *octets, size_t count) {
  size_t end = writer->at;
  raw(writer, octets, count);
  close_element(writer, tag, end);
}

// A number that takes so many octets: all messages shall have one size.
static void number(struct writer *writer, uint8_t tag, uint32_t value, size_t width) {
  size_t end = writer->at;
  for (size_t i = 0; i < width; i++) octet(writer, (uint8_t)(value >> (8 * i)));
  close_element(writer, tag, end);
}

static void binding(struct writer *writer, const char *name, size_t count, uint8_t tag, const void *value, size_t size) {
  size_t end = writer->at;
  string(writer, tag, value, size);
  string(writer, 0x06, name, count);
  close_element(writer, 0x30, end);
}

#define OID(text) text, sizeof text - 1
#define IF_ENTRY "\x2b\x06\x01\x02\x01\x02\x02\x01"

static void engine_id(uint8_t *out, uint32_t engine) {
  memcpy(out, "\x80\x00\x1f\x88\x05trapline", ENGINE_ID - 4);
  for (int i = 0; i < 4; i++) out[ENGINE_ID - 4 + i] = (uint8_t)(engine >> (24 - 8 * i));
}

// linkDown with nine variable bindings, one of them the trap's number: a scoped PDU.
static void scoped_pdu(struct writer *writer, const uint8_t *engine, uint32_t trap) {
  uint8_t count[4] = {(uint8_t)(0x40 | (trap >> 24 & 0x3f)), (uint8_t)(trap >> 16), (uint8_t)(trap >> 8), (uint8_t)trap};
  size_t end = writer->at;
  binding(writer, OID(IF_ENTRY "\x08\x02"), 0x02, "\x02", 1);
  binding(writer, OID(IF_ENTRY "\x07\x02"), 0x02, "\x01", 1);
  binding(writer, OID(IF_ENTRY "\x02\x02"), 0x04, "GigabitEthernet0/0/2", 20);
  binding(writer, OID(IF_ENTRY "\x01\x02"), 0x02, "\x02", 1);
  binding(writer, OID(IF_ENTRY "\x08\x01"), 0x02, "\x02", 1);
  binding(writer, OID(IF_ENTRY "\x07\x01"), 0x02, "\x02", 1);
  binding(writer, OID(IF_ENTRY "\x0a\x01"), 0x41, count, 4);
  binding(writer, OID("\x2b\x06\x01\x06\x03\x01\x01\x04\x01\x00"), 0x06, OID("\x2b\x06\x01\x06\x03\x01\x01\x05\x03"));
  binding(writer, OID("\x2b\x06\x01\x02\x01\x01\x03\x00"), 0x43, "\x01\x02\x03", 3);
  close_element(writer, 0x30, end);
  number(writer, 0x02, 0, 1);
  number(writer, 0x02, 0, 1);
  number(writer, 0x02, 0x10000000 + trap, 4);
  close_element(writer, 0xa7, end);
  string(writer, 0x04, "", 0);
  string(writer, 0x04, engine, ENGINE_ID);
  close_element(writer, 0x30, end);
}

// The message, its scoped PDU not yet encrypted and its digest zero.
static struct places compose(struct writer *writer, const uint8_t *engine, uint32_t user, uint32_t trap, uint32_t time) {
  struct places places;
  char name[NAME + 1];
  uint8_t salt[SALT] = {0x5a, 0, 0, 0, (uint8_t)(trap >> 24), (uint8_t)(trap >> 16), (uint8_t)(trap >> 8), (uint8_t)trap};
  snprintf(name, sizeof name, "u%05u", user % 100000);
  writer->at = SIZE;
  scoped_pdu(writer, engine, trap);
  places.data = writer->at;
  close_element(writer, 0x04, SIZE);
  size_t end = writer->at;
  string(writer, 0x04, salt, SALT);
  places.salt = end - SALT;
  string(writer, 0x04, (uint8_t[DIGEST]){0}, DIGEST);
  places.digest = writer->at + 2;
  string(writer, 0x04, name, NAME);
  number(writer, 0x02, time, 3);
  number(writer, 0x02, BOOTS, 1);
  string(writer, 0x04, engine, ENGINE_ID);
  places.engine = writer->at + 2;
  close_element(writer, 0x30, end);
  close_element(writer, 0x04, end);
  end = writer->at;
  number(writer, 0x02, 3, 1);
  string(writer, 0x04, "\x03", 1);
  number(writer, 0x02, 65507, 3);
  number(writer, 0x02, 0x20000000 + trap, 4);
  close_element(writer, 0x30, end);
  number(writer, 0x02, 3, 1);
  close_element(writer, 0x30, SIZE);
  places.engine -= writer->at, places.digest -= writer->at, places.salt -= writer->at, places.data -= writer->at;
  places.size = SIZE - writer->at;
  return places;
}

// RFC 3414 A.2: a megabyte of the passphrase, hashed.
static void master(uint8_t *out, const char *passphrase) {
  EVP_MD_CTX *context = EVP_MD_CTX_new();
  uint8_t block[64];
  size_t length = strlen(passphrase), next = 0;
  EVP_DigestInit_ex(context, EVP_sha256(), NULL);
  for (int count = 0; count < 1048576; count += 64) {
    for (int i = 0; i < 64; i++) block[i] = (uint8_t)passphrase[next++ % length];
    EVP_DigestUpdate(context, block, 64);
  }
  EVP_DigestFinal_ex(context, out, NULL);
  EVP_MD_CTX_free(context);
}

static void localize(uint8_t *out, const uint8_t *key, const uint8_t *engine) {
  uint8_t octets[2 * HASH + ENGINE_ID];
  memcpy(octets, key, HASH);
  memcpy(octets + HASH, engine, ENGINE_ID);
  memcpy(octets + HASH + ENGINE_ID, key, HASH);
  EVP_Digest(octets, sizeof octets, out, NULL, EVP_sha256(), NULL);
}

static void secure(EVP_CIPHER_CTX *cipher, uint8_t *message, struct places places, const struct keys *keys, uint32_t time) {
  uint8_t vector[16] = {0, 0, 0, BOOTS, (uint8_t)(time >> 24), (uint8_t)(time >> 16), (uint8_t)(time >> 8), (uint8_t)time};
  uint8_t code[HASH];
  int done;
  memcpy(vector + 8, message + places.salt, SALT);
  EVP_EncryptInit_ex(cipher, EVP_aes_128_cfb128(), NULL, keys->privacy, vector);
  EVP_EncryptUpdate(cipher, message + places.data, &done, message + places.data, (int)(places.size - places.data));
  HMAC(EVP_sha256(), keys->authentication, HASH, message, places.size, code, NULL);
  memcpy(message + places.digest, code, DIGEST);
}

static int make(const char *path, uint32_t count, uint32_t users, uint32_t engines, uint32_t first) {
  FILE *file = fopen(path, "wb");
  struct keys *keys = calloc(engines, sizeof *keys);
  EVP_CIPHER_CTX *cipher = EVP_CIPHER_CTX_new();
  uint8_t masters[2][HASH], engine[ENGINE_ID];
  struct writer writer;
  if (!file || !keys || !cipher) return perror("v3traps"), 1;
  master(masters[0], authentication);
  master(masters[1], privacy);
  for (uint32_t i = 0; i < engines; i++) {
    engine_id(engine, i);
    localize(keys[i].authentication, masters[0], engine);
    localize(keys[i].privacy, masters[1], engine);
  }
  for (uint32_t trap = 0; trap < count; trap++) {
    // 7,919 is a prime that divides no sensible number of engines: neighbours are of different users and engines.
    uint32_t number = (uint32_t)((uint64_t)trap * 7919 % engines), time = TIME + (uint32_t)((uint64_t)trap * 60 / count);
    engine_id(engine, number);
    struct places places = compose(&writer, engine, number % users, first + trap, time);
    uint8_t *message = writer.octets + writer.at;
    secure(cipher, message, places, &keys[number], time);
    putc((int)(places.size >> 8), file);
    putc((int)(places.size & 0xff), file);
    fwrite(message, places.size, 1, file);
  }
  return fclose(file) == 0 ? 0 : (perror("v3traps: write"), 1);
}

static int print_users(uint32_t users, uint32_t engines, const char *whom) {
  uint8_t engine[ENGINE_ID];
  if (strcmp(whom, "trapline") == 0) {
    for (uint32_t user = 0; user < users; user++)
      printf("<user name=\"u%05u\" auth=\"SHA-256\" auth-secret=\"env:BENCH_AUTH\" priv=\"AES-128\" priv-secret=\"env:BENCH_PRIV\"/>\n",
             user);
    return 0;
  }
  for (uint32_t i = 0; i < engines; i++) {
    engine_id(engine, i);
    fputs("createUser -e 0x", stdout);
    for (int octet = 0; octet < ENGINE_ID; octet++) printf("%02x", engine[octet]);
    printf(" u%05u SHA-256 %s AES %s\n", i % users, authentication, privacy);
  }
  return 0;
}

static uint64_t now(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static int open_socket(uint32_t address, uint16_t port) {
  int descriptor = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), size = 4 << 20;
  struct sockaddr_in from = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(address)};
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
  if (bind(descriptor, (struct sockaddr *)&from, sizeof from) != 0 || connect(descriptor, (struct sockaddr *)&to, sizeof to) != 0) {
    perror("v3traps: socket");
    exit(1);
  }
  return descriptor;
}

// Sleeps until the trap's time has come; those of a millisecond leave together.
static void keep_pace(uint64_t start, uint64_t trap, double rate) {
  if (rate <= 0) return;
  uint64_t due = start + (uint64_t)((double)trap / rate * 1e9);
  while (now(CLOCK_MONOTONIC) < due) {
    struct timespec pause = {0, 1000000};
    nanosleep(&pause, NULL);
  }
}

static void report(uint64_t count, uint64_t octets, uint64_t started, uint64_t start) {
  double seconds = (double)(now(CLOCK_MONOTONIC) - start) / 1e9;
  printf("{\"count\":%lu,\"octets\":%lu,\"started\":%lu,\"rate\":%.1f}\n", count, octets, started,
         seconds > 0 ? (double)count / seconds : 0);
}

static uint8_t *map(const char *path, size_t *size) {
  FILE *file = fopen(path, "rb");
  struct stat status;
  if (!file || fstat(fileno(file), &status) != 0) return perror("v3traps: file"), NULL;
  uint8_t *octets = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fileno(file), 0);
  *size = (size_t)status.st_size;
  return octets == MAP_FAILED ? NULL : octets;
}

static void send_one(int descriptor, const uint8_t *message, size_t size) {
  while (send(descriptor, message, size, 0) < 0 && (errno == ENOBUFS || errno == EINTR || errno == ECONNREFUSED)) {}
}

static int send_file(const char *path, uint16_t port, double rate) {
  size_t size = 0, at = 0;
  uint8_t *octets = map(path, &size);
  int descriptors[SOURCES];
  if (!octets) return 1;
  struct places places = compose(&(struct writer){.at = SIZE}, (uint8_t[ENGINE_ID]){0}, 0, 0, TIME);
  for (uint32_t i = 0; i < SOURCES; i++) descriptors[i] = open_socket(0x7f020001 + i, port);
  uint64_t started = now(CLOCK_REALTIME), start = now(CLOCK_MONOTONIC), trap = 0;
  while (at + 2 < size) {
    size_t length = (size_t)octets[at] << 8 | octets[at + 1];
    keep_pace(start, trap++, rate);
    const uint8_t *engine = octets + at + 2 + places.engine + ENGINE_ID - 2;
    send_one(descriptors[(engine[0] << 8 | engine[1]) % SOURCES], octets + at + 2, length);
    at += 2 + length;
  }
  report(trap, size - 2 * trap, started, start);
  return 0;
}

static int flood(const char *path, uint16_t port, double rate, uint64_t count, int invents) {
  size_t size = 0, at = 0;
  uint8_t *octets = map(path, &size), message[SIZE], engine[ENGINE_ID];
  struct writer writer;
  if (!octets) return 1;
  engine_id(engine, 0);
  struct places places = compose(&writer, engine, 0, 0, TIME);
  int descriptor = open_socket(0x7f030001, port);
  uint64_t started = now(CLOCK_REALTIME), start = now(CLOCK_MONOTONIC);
  for (uint64_t trap = 0; trap < count; trap++) {
    size_t length = (size_t)octets[at] << 8 | octets[at + 1];
    memcpy(message, octets + at + 2, length);
    at = at + 2 + length + 2 < size ? at + 2 + length : 0;
    message[places.digest] ^= 0x01;
    for (int i = 0; i < 4; i++) message[places.digest + 4 + (size_t)i] ^= (uint8_t)(trap >> (8 * i));
    if (invents) engine_id(message + places.engine, 0x40000000 + (uint32_t)trap);
    keep_pace(start, trap, rate);
    send_one(descriptor, message, length);
  }
  report(count, count * places.size, started, start);
  return 0;
}

int main(int count, char **words) {
  if (count == 7 && strcmp(words[1], "make") == 0)
    return make(words[2], (uint32_t)atol(words[3]), (uint32_t)atol(words[4]), (uint32_t)atol(words[5]),
                (uint32_t)atol(words[6]));
  if (count == 5 && strcmp(words[1], "users") == 0)
    return print_users((uint32_t)atol(words[2]), (uint32_t)atol(words[3]), words[4]);
  if (count == 5 && strcmp(words[1], "send") == 0) return send_file(words[2], (uint16_t)atoi(words[3]), atof(words[4]));
  if (count == 7 && strcmp(words[1], "flood") == 0)
    return flood(words[2], (uint16_t)atoi(words[3]), atof(words[4]), strtoull(words[5], NULL, 10),
                 strcmp(words[6], "engines") == 0);
  fputs("usage: v3traps make|users|send|flood …\n", stderr);
  return 2;
}
