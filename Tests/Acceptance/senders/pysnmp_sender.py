"""Sends notifications with pysnmp 7: a JSON object a line in, its 'id' and what went wrong, or null, a line out.

{"id": 1, "host": "127.0.0.1", "port": 1162, "version": "3", "kind": "inform", "user": "noc", "auth": "SHA-256",
 "priv": "AES-128", "text": "…"}; 'auth' and 'priv' may be null."""

import asyncio
import json
import sys

from pysnmp.hlapi.v3arch.asyncio import (
    CommunityData, ContextData, NotificationType, ObjectIdentity, OctetString, SnmpEngine, Udp6TransportTarget,
    UdpTransportTarget, UsmUserData, send_notification)
from pysnmp.hlapi.v3arch.asyncio import auth as protocols

AUTHENTICATIONS = {
    "MD5": "USM_AUTH_HMAC96_MD5", "SHA-1": "USM_AUTH_HMAC96_SHA", "SHA-224": "USM_AUTH_HMAC128_SHA224",
    "SHA-256": "USM_AUTH_HMAC192_SHA256", "SHA-384": "USM_AUTH_HMAC256_SHA384", "SHA-512": "USM_AUTH_HMAC384_SHA512"}
PRIVACIES = {
    "DES": "USM_PRIV_CBC56_DES", "AES-128": "USM_PRIV_CFB128_AES", "AES-192": "USM_PRIV_CFB192_AES_BLUMENTHAL",
    "AES-256": "USM_PRIV_CFB256_AES_BLUMENTHAL", "AES-192-C": "USM_PRIV_CFB192_AES",
    "AES-256-C": "USM_PRIV_CFB256_AES"}


def security(order):
    if order["version"] != "3":
        return CommunityData("public", mpModel=0 if order["version"] == "1" else 1)
    keys = {}
    if order["auth"]:
        keys |= {"authKey": "authentication", "authProtocol": getattr(protocols, AUTHENTICATIONS[order["auth"]])}
    if order["priv"]:
        keys |= {"privKey": "private enough", "privProtocol": getattr(protocols, PRIVACIES[order["priv"]])}
    return UsmUserData(order["user"], **keys)


async def send(engine, order):
    target = Udp6TransportTarget if ":" in order["host"] else UdpTransportTarget
    error, status, index, _ = await send_notification(
        engine, security(order), await target.create((order["host"], order["port"]), timeout=10, retries=2),
        ContextData(), order["kind"],
        NotificationType(ObjectIdentity("1.3.6.1.6.3.1.1.5.3")).add_varbinds(
            ("1.3.6.1.2.1.1.5.0", OctetString(order["text"]))))
    return f"{error or status} at {index}" if error or status else None


async def main():
    engine = SnmpEngine(OctetString(hexValue="8000000001020305"))
    for line in sys.stdin:
        order = json.loads(line)
        try:
            problem = await send(engine, order)
        except Exception as error:
            problem = repr(error)
        print(json.dumps([order["id"], problem]), flush=True)


asyncio.run(main())
