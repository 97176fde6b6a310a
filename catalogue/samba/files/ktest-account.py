#!/usr/bin/python3
"""The machine account of ktest's server: `create PASSWORD` and `change PASSWORD` in the directory of the controller,
`secrets OLD NEW` in the server's own database, as a join and a later change of the password leave it."""

import os
import struct
import sys
import time

import ldb
import tdb
from samba import param
from samba.auth import system_session
from samba.dcerpc import security
from samba.ndr import ndr_pack
from samba.samdb import SamDB

environment = os.environ
BASE = "DC=" + environment["DNSNAME"].replace(".", ",DC=")
NAME = environment["NETBIOSNAME"]
HOST = NAME.lower()


def directory():
    lp = param.LoadParm()
    lp.load(os.path.join(environment["ENVDIR"], "kdc/smb.conf"))
    url = os.path.join(environment["ENVDIR"], "kdc/private/sam.ldb")
    return SamDB(url=url, session_info=system_session(), lp=lp)


def create(password):
    full = "%s.%s" % (HOST, environment["DNSNAME"])
    sam = directory()
    sam.add(
        {
            "dn": "CN=%s,CN=Computers,%s" % (NAME, BASE),
            "objectClass": "computer",
            "sAMAccountName": NAME + "$",
            "userAccountControl": "4096",
            "dNSHostName": full,
            "servicePrincipalName": ["host/" + HOST, "host/" + full, "cifs/" + HOST, "cifs/" + full],
            "unicodePwd": quoted(password),
        }
    )


def change(password):
    sam = directory()
    message = ldb.Message(ldb.Dn(sam, "CN=%s,CN=Computers,%s" % (NAME, BASE)))
    message["unicodePwd"] = ldb.MessageElement(quoted(password), ldb.FLAG_MOD_REPLACE, "unicodePwd")
    sam.modify(message)


def quoted(password):
    return ('"%s"' % password).encode("utf-16-le")


def secrets(old, new):
    """The keys of old, from which smbd makes today's record at its first start."""
    domain = environment["DOMAIN"].encode()
    sid = ndr_pack(security.dom_sid(environment["DOMAIN_SID"]))
    entries = {
        b"SECRETS/MACHINE_PASSWORD/": new.encode() + b"\0",
        b"SECRETS/MACHINE_PASSWORD.PREV/": old.encode() + b"\0",
        b"SECRETS/MACHINE_LAST_CHANGE_TIME/": struct.pack("<I", int(time.time())),
        b"SECRETS/MACHINE_SEC_CHANNEL_TYPE/": struct.pack("<I", 2),
        b"SECRETS/SID/": sid.ljust(68, b"\0"),
    }
    database = tdb.open(os.path.join(environment["ENVDIR"], "private/secrets.tdb"), flags=os.O_RDWR)
    for key, value in entries.items():
        database.store(key + domain, value)
    database.close()


{"create": create, "change": change, "secrets": secrets}[sys.argv[1]](*sys.argv[2:])
