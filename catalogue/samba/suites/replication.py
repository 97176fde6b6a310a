"""Replication between the two controllers of vampire_dc, both ways: what is changed on one arrives at the other.

Warren's own suite. Samba's (samba4.drs.*) come with its source tree only, not with its packages.
Nothing is pulled by hand here: the controllers must tell each other by themselves.
"""

import os
import time
import uuid

import ldb
from samba import dsdb, param
from samba.credentials import DONT_USE_KERBEROS, Credentials
from samba.samdb import SamDB
from samba.tests import TestCase

SECONDS = 60


class Replication(TestCase):
    def setUp(self):
        super().setUp()
        domain = os.environ["DNSNAME"]
        self.first = self.connect("%s.%s" % (os.environ["DC_SERVER"], domain))
        self.second = self.connect("%s.%s" % (os.environ["SERVER"], domain))
        self.base = str(self.first.get_default_basedn())

    def connect(self, server, user=None, password=None):
        lp = param.LoadParm()
        lp.load(os.environ["SMB_CONF_PATH"])
        credentials = Credentials()
        credentials.guess(lp)
        credentials.set_domain(os.environ["DOMAIN"])
        credentials.set_username(user or os.environ["DC_USERNAME"])
        credentials.set_password(password or os.environ["DC_PASSWORD"])
        credentials.set_kerberos_state(DONT_USE_KERBEROS)
        return SamDB(url="ldap://" + server, credentials=credentials, lp=lp)

    def wait(self, direction, arrived):
        deadline = time.monotonic() + SECONDS
        while not arrived():
            if time.monotonic() > deadline:
                self.fail("nothing arrived within %d s, %s" % (SECONDS, direction))
            time.sleep(0.1)

    def find(self, sam, name, attributes=("*",)):
        found = sam.search(self.base, expression="(sAMAccountName=%s)" % name, attrs=list(attributes))
        return found[0] if len(found) == 1 else None

    def fresh(self, kind):
        return "%s-%s" % (kind, uuid.uuid4().hex[:8])

    def new_user(self, sam, password="Secret007"):
        name = self.fresh("user")
        sam.newuser(name, password)
        self.addCleanup(self.remove, sam, name)
        return name

    def remove(self, sam, name):
        there = self.find(sam, name, ["objectSid"])
        if there:
            sam.delete(there.dn)

    def directions(self):
        return (("first to second", self.first, self.second), ("second to first", self.second, self.first))

    def both_ways(self, act, arrived):
        """Acts on each controller, then waits until the other one has seen it."""
        acted = [(direction, there, act(direction, here)) for direction, here, there in self.directions()]
        for direction, there, name in acted:
            self.wait(direction, lambda: arrived(direction, there, name))
        return {direction: name for direction, there, name in acted}

    def users_both_ways(self):
        return self.both_ways(
            lambda direction, here: self.new_user(here),
            lambda direction, there, name: self.enabled(there, name),
        )

    def enabled(self, sam, name):
        """A new user arrives disabled: it is enabled by the last of the changes that make it."""
        found = self.find(sam, name, ["userAccountControl"])
        return found and not int(found["userAccountControl"][0]) & dsdb.UF_ACCOUNTDISABLE

    def test_user_both_ways(self):
        names = self.users_both_ways()
        for direction, here, there in self.directions():
            original, copy = self.find(here, names[direction]), self.find(there, names[direction])
            for attribute in ("objectGUID", "objectSid", "whenCreated", "userAccountControl"):
                self.assertEqual(original[attribute][0], copy[attribute][0], attribute + ", " + direction)

    def test_change_both_ways(self):
        names = self.users_both_ways()

        def change(direction, here):
            message = ldb.Message(self.find(here, names[direction]).dn)
            message["description"] = ldb.MessageElement(direction, ldb.FLAG_MOD_REPLACE, "description")
            here.modify(message)
            return names[direction]

        self.both_ways(
            change,
            lambda direction, there, name: str(self.find(there, name).get("description", "")) == direction,
        )

    def test_membership_both_ways(self):
        users = {}

        def join(direction, here):
            users[direction] = self.new_user(here)
            group = self.fresh("group")
            here.newgroup(group)
            self.addCleanup(self.remove, here, group)
            here.add_remove_group_members(group, [users[direction]])
            return group

        def joined(direction, there, group):
            found = self.find(there, group, ["member"])
            return found and ["CN=%s,CN=Users,%s" % (users[direction], self.base)] == [str(m) for m in found.get("member", [])]

        groups = self.both_ways(join, joined)

        def leave(direction, here):
            here.add_remove_group_members(groups[direction], [users[direction]], add_members_operation=False)
            return groups[direction]

        self.both_ways(leave, lambda direction, there, group: "member" not in self.find(there, group, ["member"]))

    def test_deletion_both_ways(self):
        names = self.users_both_ways()

        def delete(direction, here):
            here.delete(self.find(here, names[direction]).dn)
            return names[direction]

        self.both_ways(delete, lambda direction, there, name: not self.find(there, name))

    def test_password_both_ways(self):
        servers = {self.first: os.environ["DC_SERVER"], self.second: os.environ["SERVER"]}
        password = "Crossed-" + uuid.uuid4().hex

        def logon(direction, there, name):
            if not self.enabled(there, name):
                return False
            self.connect("%s.%s" % (servers[there], os.environ["DNSNAME"]), name, password)
            return True

        self.both_ways(lambda direction, here: self.new_user(here, password), logon)

    def test_rid_pools_do_not_overlap(self):
        pools = []
        for name in (os.environ["DC_NETBIOSNAME"], os.environ["NETBIOSNAME"]):
            dn = "CN=RID Set,CN=%s,OU=Domain Controllers,%s" % (name, self.base)
            pool = int(self.second.search(dn, ldb.SCOPE_BASE, attrs=["rIDAllocationPool"])[0]["rIDAllocationPool"][0])
            pools.append((pool & 0xFFFFFFFF, pool >> 32))
        (_, end), (start, _) = sorted(pools)
        self.assertLess(end, start)
