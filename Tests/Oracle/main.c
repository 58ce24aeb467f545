// Net-SNMP's own reading of SNMP messages, for comparison with ours.
//
// Standard input: `U user auth-arc auth-secret priv-number priv-secret` lines (0: none), then an empty line, then
// messages in hexadecimal, a line each. Standard output: a line for each message, at once:
//   R            refused, by snmp_parse
//   A command version request-id user level context | name type value | …
// user, or the community, and the context are in hexadecimal; a Trap-PDU of SNMPv1 has
// ` ! enterprise agent-addr generic specific time` behind the context.
// Its caller sets SNMP_PERSISTENT_DIR and SNMPCONFPATH to a directory of its own.
// Every message is read as the first of its engine, so that the time window plays no part: that is tested by itself.
#include <net-snmp/net-snmp-config.h>
#include <net-snmp/net-snmp-includes.h>
#include <net-snmp/library/snmpusm.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int snmp_parse(struct session_list *, netsnmp_session *, netsnmp_pdu *, u_char *, size_t);
void free_enginetime(u_char *, size_t);

struct known_user {
  char name[64], auth_secret[128], priv_secret[128];
  int auth, priv;
  struct usmUser *entered;  // at the engine that it was last seen at: its keys take long
};

// By the number of `PrivProtocol`, from 1.
static const struct privacy {
  oid *method;
  size_t method_count, key_octets;
} privacies[] = {
  {usmNoPrivProtocol, 10, 0}, {usmDESPrivProtocol, 10, 16}, {usmAESPrivProtocol, 10, 16}, {usmAES192PrivProtocol, 9, 24},
  {usmAES256PrivProtocol, 9, 32}, {usmAES192CiscoPrivProtocol, 11, 24}, {usmAES256CiscoPrivProtocol, 11, 32},
};

static struct known_user users[256];
static int user_count;

static int from_hex(const char *text, u_char *octets, int max) {
  int count = 0;
  unsigned value;
  for (; text[0] && text[1] && count < max && sscanf(text, "%2x", &value) == 1; text += 2) octets[count++] = value;
  return count;
}

static int element(const u_char *octets, int *at, int end, int *start, int *length) {
  if (*at + 2 > end) return -1;
  int tag = octets[(*at)++], size = octets[(*at)++];
  if (size & 0x80) {
    int more = size & 0x7f;
    if (more > 4 || more == 0) return -1;
    for (size = 0; more-- && *at < end;) size = size << 8 | octets[(*at)++];
  }
  *start = *at;
  *length = size;
  if (size < 0 || *at + size > end) return -1;
  *at += size;
  return tag;
}

// The engine ID and user of a v3 message; 0 where there are none.
static int identity(const u_char *octets, int count, const u_char **engine, int *engine_count, char *user) {
  int at = 0, start, length, end, version_start, ignored;
  if (element(octets, &at, count, &start, &length) != 0x30) {
    // A length that overruns is clamped, as both readers do it.
    if (count < 4 || octets[0] != 0x30) return 0;
    start = octets[1] & 0x80 ? 2 + (octets[1] & 0x7f) : 2;
    length = count - start;
  }
  at = start, end = start + length;
  if (element(octets, &at, end, &version_start, &ignored) != 0x02 || octets[at - 1] != 3) return 0;
  if (element(octets, &at, end, &start, &length) != 0x30) return 0;
  if (element(octets, &at, end, &start, &length) != 0x04) return 0;
  at = start, end = start + length;
  if (element(octets, &at, end, &start, &length) != 0x30) return 0;
  at = start, end = start + length;
  if (element(octets, &at, end, &start, &length) != 0x04) return 0;
  *engine = octets + start, *engine_count = length;
  if (element(octets, &at, end, &start, &length) != 0x02 || element(octets, &at, end, &start, &length) != 0x02) return 0;
  if (element(octets, &at, end, &start, &length) != 0x04 || length > 60) return 0;
  memcpy(user, octets + start, length);
  user[length] = 0;
  return 1;
}

static void master_key(const oid *auth_oid, const char *secret, u_char *key, size_t *count) {
  static struct { oid method; char secret[128]; u_char key[64]; size_t count; } kept[64];
  static int kept_count;
  for (int i = 0; i < kept_count; i++)
    if (kept[i].method == auth_oid[9] && !strcmp(kept[i].secret, secret)) {
      memcpy(key, kept[i].key, kept[i].count);
      *count = kept[i].count;
      return;
    }
  generate_Ku(auth_oid, 10, (u_char *)secret, strlen(secret), key, count);
  if (kept_count == 64) return;
  kept[kept_count].method = auth_oid[9];
  strcpy(kept[kept_count].secret, secret);
  memcpy(kept[kept_count].key, key, *count);
  kept[kept_count++].count = *count;
}

static struct usmUser *enter(struct known_user *known, const u_char *engine, int engine_count) {
  if (known->entered) {
    if ((int)known->entered->engineIDLen == engine_count && !memcmp(known->entered->engineID, engine, engine_count))
      return usm_add_user(known->entered);
    usm_free_user(known->entered);
  }
  static oid auth_oid[] = {1, 3, 6, 1, 6, 3, 10, 1, 1, 0};
  struct usmUser *user = usm_create_user();
  user->name = strdup(known->name);
  user->secName = strdup(known->name);
  user->engineID = netsnmp_memdup(engine, engine_count);
  user->engineIDLen = engine_count;
  auth_oid[9] = known->auth ? known->auth : 1;
  free(user->authProtocol);
  user->authProtocol = snmp_duplicate_objid(auth_oid, 10);
  user->authProtocolLen = 10;
  if (known->auth) {
    u_char master[64];
    size_t count = sizeof master;
    master_key(auth_oid, known->auth_secret, master, &count);
    user->authKey = malloc(64);
    user->authKeyLen = 64;
    generate_kul(auth_oid, 10, engine, engine_count, master, count, user->authKey, &user->authKeyLen);
  }
  const struct privacy *privacy = &privacies[known->priv];
  free(user->privProtocol);
  user->privProtocol = snmp_duplicate_objid(privacy->method, privacy->method_count);
  user->privProtocolLen = privacy->method_count;
  if (known->priv) {
    u_char master[64];
    size_t count = sizeof master;
    master_key(auth_oid, known->priv_secret, master, &count);
    user->privKey = malloc(128);
    user->privKeyLen = 64;
    generate_kul(auth_oid, 10, engine, engine_count, master, count, user->privKey, &user->privKeyLen);
    if (user->privKeyLen < privacy->key_octets)
      netsnmp_extend_kul(privacy->key_octets, auth_oid, 10, sc_get_privtype(privacy->method, privacy->method_count),
                         (u_char *)engine, engine_count, &user->privKey, &user->privKeyLen, 128);
    user->privKeyLen = privacy->key_octets;
  }
  known->entered = user;
  return usm_add_user(user);
}

static void print_octets(const u_char *octets, size_t count) {
  for (size_t i = 0; i < count; i++) printf("%02x", octets[i]);
}

static void print_oid(const oid *name, size_t count) {
  for (size_t i = 0; i < count; i++) printf("%s%lu", i ? "." : "", name[i] & 0xffffffff);
}

static void print(const netsnmp_variable_list *v) {
  printf(" | ");
  print_oid(v->name, v->name_length);
  printf(" %02x ", v->type);
  switch (v->type) {
    case ASN_INTEGER: printf("%ld", *v->val.integer); break;
    case ASN_COUNTER: case ASN_GAUGE: case ASN_TIMETICKS: case ASN_UINTEGER: printf("%lu", *v->val.integer & 0xffffffff); break;
    case ASN_COUNTER64:
      printf("%llu", (unsigned long long)v->val.counter64->high << 32 | (v->val.counter64->low & 0xffffffff)); break;
    case ASN_OBJECT_ID: print_oid(v->val.objid, v->val_len / sizeof(oid)); break;
    case ASN_OCTET_STR: case ASN_IPADDRESS: case ASN_OPAQUE: case ASN_NSAP: case ASN_BIT_STR:
      print_octets(v->val.string, v->val_len); break;
    case ASN_OPAQUE_FLOAT: case ASN_OPAQUE_DOUBLE: {
      u_char octets[8];
      for (size_t i = 0; i < v->val_len; i++) octets[i] = v->val.string[v->val_len - 1 - i];  // little-endian, as here
      print_octets(octets, v->val_len);
      break;
    }
    default: printf("-");
  }
}

static void print_or_dash(const void *octets, size_t count) {
  if (count) print_octets(octets, count); else printf("-");
}

static void print_header(const netsnmp_pdu *pdu) {
  int is_v3 = pdu->version == SNMP_VERSION_3;
  printf("A %02x %ld %ld ", pdu->command & 0xff, pdu->version, pdu->reqid);
  if (is_v3) print_or_dash(pdu->securityName, pdu->securityName ? strlen(pdu->securityName) : 0);
  else print_or_dash(pdu->community, pdu->community_len);
  printf(" %d ", is_v3 ? pdu->securityLevel : 0);
  print_or_dash(pdu->contextName, is_v3 ? pdu->contextNameLen : 0);
  if (pdu->command != SNMP_MSG_TRAP) return;
  printf(" ! ");
  print_oid(pdu->enterprise, pdu->enterprise_length);
  printf(" ");
  print_octets(pdu->agent_addr, 4);
  printf(" %ld %ld %lu", pdu->trap_type, pdu->specific_type, pdu->time & 0xffffffff);
}

int main(void) {
  static char line[200000];
  static u_char octets[70000];
  setenv("MIBS", "", 1);
  snmp_disable_log();
  for (int option = 0; option < 4; option++) {
    int options[] = {NETSNMP_DS_LIB_DONT_READ_CONFIGS, NETSNMP_DS_LIB_DONT_PERSIST_STATE,
                     NETSNMP_DS_LIB_DISABLE_PERSISTENT_LOAD, NETSNMP_DS_LIB_DISABLE_PERSISTENT_SAVE};
    netsnmp_ds_set_boolean(NETSNMP_DS_LIBRARY_ID, options[option], 1);
  }
  init_snmp("oracle");
  setvbuf(stdout, NULL, _IOLBF, 0);
  while (fgets(line, sizeof line, stdin) && line[0] == 'U') {
    struct known_user *u = &users[user_count];
    if (sscanf(line, "U %63s %d %127s %d %127s", u->name, &u->auth, u->auth_secret, &u->priv, u->priv_secret) == 5) user_count++;
  }
  netsnmp_session session;
  snmp_sess_init(&session);
  session.version = SNMP_DEFAULT_VERSION;
  session.isAuthoritative = SNMP_SESS_UNKNOWNAUTH;
  while (fgets(line, sizeof line, stdin)) {
    int count = from_hex(line, octets, sizeof octets);
    const u_char *engine = NULL;
    u_char engine_copy[256];
    int engine_count = 0;
    char name[64] = "";
    struct usmUser *user = NULL;
    int is_v3 = identity(octets, count, &engine, &engine_count, name) && engine_count > 0 && engine_count <= 32;
    if (is_v3) {
      memcpy(engine_copy, engine, engine_count);
      for (int i = 0; i < user_count; i++)
        if (!strcmp(users[i].name, name)) user = enter(&users[i], engine_copy, engine_count);
    }
    netsnmp_pdu *pdu = calloc(1, sizeof *pdu);
    session.s_snmp_errno = 0;
    int failure = snmp_parse(NULL, &session, pdu, octets, count);
    if (failure) {
      printf("R\n");
    } else {
      print_header(pdu);
      for (netsnmp_variable_list *v = pdu->variables; v; v = v->next_variable) print(v);
      printf("\n");
    }
    snmp_free_pdu(pdu);
    if (user) usm_remove_user(user);
    if (is_v3) free_enginetime(engine_copy, engine_count);
  }
  return 0;
}
