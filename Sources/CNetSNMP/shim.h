// Net-SNMP, plus the macros with casts that Swift's importer leaves out.
#ifndef TRAPLINE_CNETSNMP_SHIM_H
#define TRAPLINE_CNETSNMP_SHIM_H

// First, so that `fd_set` is the one that Swift's Glibc module has: Net-SNMP's configuration asks for another spelling.
#include <sys/select.h>
#include <sys/epoll.h>

#include <net-snmp/net-snmp-config.h>
#include <net-snmp/net-snmp-includes.h>
#include <net-snmp/agent/net-snmp-agent-includes.h>
#include <net-snmp/library/large_fd_set.h>
#include <net-snmp/library/lcd_time.h>
#include <net-snmp/library/snmpusm.h>

// PDU types as a handler sees them.
static const int tl_mode_get = MODE_GET;
static const int tl_mode_getnext = MODE_GETNEXT;

// PDU types as a client sends them.
static const int tl_msg_get = SNMP_MSG_GET;
static const int tl_msg_getnext = SNMP_MSG_GETNEXT;
static const int tl_msg_getbulk = SNMP_MSG_GETBULK;
static const int tl_msg_report = SNMP_MSG_REPORT;

// Value types on the wire.
static const unsigned char tl_asn_integer = ASN_INTEGER;
static const unsigned char tl_asn_octet_string = ASN_OCTET_STR;
static const unsigned char tl_asn_object_id = ASN_OBJECT_ID;
static const unsigned char tl_asn_ip_address = ASN_IPADDRESS;
static const unsigned char tl_asn_counter32 = ASN_COUNTER;
static const unsigned char tl_asn_gauge32 = ASN_GAUGE;
static const unsigned char tl_asn_timeticks = ASN_TIMETICKS;
static const unsigned char tl_asn_counter64 = ASN_COUNTER64;
static const unsigned char tl_asn_null = ASN_NULL;
static const unsigned char tl_asn_opaque = ASN_OPAQUE;
static const unsigned char tl_asn_nsap = ASN_NSAP;
static const unsigned char tl_asn_uinteger = ASN_UINTEGER;
static const unsigned char tl_asn_opaque_float = ASN_OPAQUE_FLOAT;
static const unsigned char tl_asn_opaque_double = ASN_OPAQUE_DOUBLE;
static const unsigned char tl_no_such_object = SNMP_NOSUCHOBJECT;
static const unsigned char tl_no_such_instance = SNMP_NOSUCHINSTANCE;
static const unsigned char tl_end_of_mib_view = SNMP_ENDOFMIBVIEW;

#endif
