#!/usr/bin/python3
"""Many users in a domain, each in one of some groups: user00001 and so on in OU=Big, and group001 and so on.

Only every hundredth has a password (that of the testenv) and may log on: to make a password's keys takes most of the time.
"""

import os

import ldb
from samba import param
from samba.auth import system_session
from samba.dsdb import UF_ACCOUNTDISABLE, UF_NORMAL_ACCOUNT
from samba.samdb import SamDB

USERS, GROUPS, AT_ONCE = int(os.environ["BIG_USERS"]), int(os.environ["BIG_GROUPS"]), 1000

ou = "OU=Big," + os.environ["BASEDN"]
lp = param.LoadParm()
lp.load(os.environ["SERVERCONFFILE"])
sam = SamDB(url=os.path.join(os.environ["ENVDIR"], "private", "sam.ldb"), session_info=system_session(), lp=lp)


def name(number):
    return "user%05d" % number


def dn(number):
    return "CN=%s,%s" % (name(number), ou)


sam.add({"dn": ou, "objectClass": "organizationalUnit"})
for first in range(1, USERS + 1, AT_ONCE):
    # One transaction for many: other writers wait no longer than some seconds.
    sam.transaction_start()
    for number in range(first, min(first + AT_ONCE, USERS + 1)):
        user = {
            "dn": dn(number),
            "objectClass": "user",
            "sAMAccountName": name(number),
            "userPrincipalName": "%s@%s" % (name(number), os.environ["DNSNAME"]),
            "givenName": "User",
            "sn": "Number %d" % number,
            "mail": "%s@%s" % (name(number), os.environ["DNSNAME"]),
            "employeeNumber": str(number),
        }
        if number % 100:
            user["userAccountControl"] = str(UF_NORMAL_ACCOUNT | UF_ACCOUNTDISABLE)
        else:
            user["userAccountControl"] = str(UF_NORMAL_ACCOUNT)
            user["unicodePwd"] = ('"%s"' % os.environ["PASSWORD"]).encode("utf-16-le")
        sam.add(user)
    sam.transaction_commit()

sam.transaction_start()
for group in range(1, GROUPS + 1):
    sam.add(
        {
            "dn": "CN=group%03d,%s" % (group, ou),
            "objectClass": "group",
            "sAMAccountName": "group%03d" % group,
            "member": [dn(number) for number in range(group, USERS + 1, GROUPS)],
        }
    )
sam.transaction_commit()

found = sam.search(ou, ldb.SCOPE_SUBTREE, "(&(objectClass=user)(memberOf=*))", attrs=["cn"])
if len(found) != USERS:
    raise SystemExit("there are %d users with a group, and not %d" % (len(found), USERS))
