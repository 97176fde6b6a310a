"""An LDAP workload: adds users to a directory, then looks them up. Prints the seconds that both took.

    ldap_load.py URL BASE_DN PASSWORD USERS SEARCHES
"""

import random
import sys
import time

import ldb
from samba import param
from samba.credentials import DONT_USE_KERBEROS, Credentials
from samba.samdb import SamDB

url, base, password, users, searches = sys.argv[1:]
users, searches = int(users), int(searches)

lp = param.LoadParm()
lp.load_default()
credentials = Credentials()
credentials.guess(lp)
credentials.set_kerberos_state(DONT_USE_KERBEROS)
credentials.set_bind_dn("CN=Administrator,CN=Users," + base)
credentials.set_password(password)
directory = SamDB(url=url, credentials=credentials, lp=lp)

begin = time.perf_counter()
for number in range(users):
    name = "load%05d" % number
    directory.add(
        {"dn": "CN=%s,CN=Users,%s" % (name, base), "objectClass": "user", "sAMAccountName": name, "description": "of a benchmark"}
    )
added = time.perf_counter()
chooser = random.Random(1)
for _ in range(searches):
    name = "load%05d" % chooser.randrange(users)
    found = directory.search(base, ldb.SCOPE_SUBTREE, "(sAMAccountName=%s)" % name, attrs=["memberOf", "objectSid", "description"])
    if len(found) != 1:
        sys.exit("%s was found %d times" % (name, len(found)))
print("%.3f %.3f" % (added - begin, time.perf_counter() - added))
