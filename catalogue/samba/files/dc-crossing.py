#!/usr/bin/python3
"""Changes something on each of two domain controllers and waits until the other one has it.

`samba-tool drs showrepl` also looks well when nothing was ever replicated; this does not.
"""

import os
import sys
import time

import ldb
from samba import param
from samba.credentials import Credentials
from samba.samdb import SamDB

SECONDS = 50

base = os.environ["BASEDN"]
here = os.environ["HOST_FQDN"]
first = os.environ["FIRST"]
user, password = os.environ["FIRST_USER"].split("%", 1)

lp = param.LoadParm()
lp.load(os.environ["SERVERCONFFILE"])
credentials = Credentials()
credentials.guess(lp)
credentials.set_username(user)
credentials.set_password(password)
sam = {name: SamDB(url="ldap://" + name, credentials=credentials, lp=lp) for name in (first, here)}
marked = {
    first: "CN=%s,OU=Domain Controllers,%s" % (os.environ["FIRST_NETBIOSNAME"], base),
    here: "CN=%s,OU=Domain Controllers,%s" % (os.environ["NETBIOSNAME"], base),
}


def read(server, dn):
    found = sam[server].search(dn, ldb.SCOPE_BASE, attrs=["description"])
    return str(found[0].get("description", ""))


for server, dn in marked.items():
    message = ldb.Message(ldb.Dn(sam[server], dn))
    message["description"] = ldb.MessageElement("marked on " + server, ldb.FLAG_MOD_REPLACE, "description")
    sam[server].modify(message)

deadline = time.monotonic() + SECONDS
for server, dn in marked.items():
    other = here if server == first else first
    while read(other, dn) != "marked on " + server:
        if time.monotonic() > deadline:
            sys.exit("a change made on %s did not reach %s in %d s" % (server, other, SECONDS))
        time.sleep(0.1)
