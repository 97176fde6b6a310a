#!/usr/bin/python3
"""The accounts that Samba's suites expect in a fresh domain, made in one go (a samba-tool each would take a second)."""

import os

import ldb
from samba import param
from samba.auth import system_session
from samba.samdb import SamDB

password = os.environ["PASSWORD"]
realm = os.environ["REALM"]
dns_name = os.environ["DNSNAME"]
base = os.environ["BASEDN"]
private = os.path.join(os.environ["ENVDIR"], "private")

lp = param.LoadParm()
lp.load(os.environ["SERVERCONFFILE"])
sam = SamDB(url=os.path.join(private, "sam.ldb"), session_info=system_session(), lp=lp)


def change(dn, mode=ldb.FLAG_MOD_REPLACE, **attributes):
    message = ldb.Message(ldb.Dn(sam, dn))
    for name, value in attributes.items():
        message[name] = ldb.MessageElement(value, mode, name)
    sam.modify(message)


def user(name):
    return "CN=%s,CN=Users,%s" % (name, base)


for name in ("testallowed", "srv_account", "testdenied", "testupnspn"):
    sam.newuser(name, password)
for name in ("alice", "bob", "jane", "joe"):
    sam.newuser(name, "Secret007")

change(user("srv_account"), servicePrincipalName="HOST/srv_account")
# Its logon name and its principal have a blank, on purpose.
change(user("testallowed"), sAMAccountName="testallowed account")
change(user("testallowed"), userPrincipalName="testallowed upn@" + realm, servicePrincipalName="host/testallowed")
change(user("testdenied"), userPrincipalName="testdenied_upn@%s.upn" % realm)
http = "http/testupnspn." + dns_name
change(user("testupnspn"), userPrincipalName="%s@%s" % (http, realm), servicePrincipalName=http)
change(user("jane"), userPrincipalName="jane.doe@" + realm)

sam.add_remove_group_members("Allowed RODC Password Replication Group", ["testallowed account"])
sam.newgroup("Samba Users")
sam.add_remove_group_members("Samba Users", ["joe"])
group = sam.search(base, expression="(sAMAccountName=Samba Users)", attrs=["primaryGroupToken"])[0]
change(user("joe"), primaryGroupID=str(group["primaryGroupToken"]))

if os.environ.get("EXTRA_SUFFIXES") == "yes":
    change(
        "CN=Partitions,CN=Configuration," + base,
        uPNSuffixes=realm + ".upn",
        **{"msDS-SPNSuffixes": realm + ".spn"},
    )

# The replication partner that the suites about WINS play.
wins = ldb.Ldb(os.path.join(private, "wins_config.ldb"))
wins.add(
    {
        "dn": "name=TORTURE_11,CN=PARTNERS",
        "objectClass": "wreplPartner",
        "name": "TORTURE_11",
        "address": os.environ["CLIENT_IP"],
        "pullInterval": "0",
        "pushChangeCount": "0",
        "type": "0x3",
    }
)

# With upstream Administrator is the user whom smbd runs as, to whom it refuses nothing.
privileges = ldb.Ldb(os.path.join(private, "privilege.ldb"))
message = ldb.Message(ldb.Dn(privileges, "sid=S-1-5-32-544"))
message["privilege"] = ldb.MessageElement(
    ["SePrintOperatorPrivilege", "SeDiskOperatorPrivilege"], ldb.FLAG_MOD_ADD, "privilege"
)
privileges.modify(message)
