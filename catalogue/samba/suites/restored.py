"""A controller that was restored from a backup of backupfromdc, beside that one, which is in the same lab.

Warren's own suite. Upstream compares both with scripts of its source tree, by their databases' files.
"""

import os
import subprocess

import ldb
from samba import param
from samba.credentials import DONT_USE_KERBEROS, Credentials
from samba.samdb import SamDB
from samba.tests import TestCase

ORIGINAL = "backupfromdc"

# What a restore changes on purpose: whose domain it is, its DNS records, and what is one controller's own.
DIFFERS = (
    "dnsRecord dNSTombstoned msDS-NC-Replica-Locations msDS-HasInstantiatedNCs interSiteTopologyGenerator "
    "servicePrincipalName lastLogonTimestamp rIDAllocationPool rIDAvailablePool localPolicyFlags operatingSystem "
    "displayName serverReferenceBL msDS-IsDomainFor whenChanged"
).split()


class Restored(TestCase):
    def setUp(self):
        super().setUp()
        self.here = self.connect(os.environ["SERVER"])
        self.original = self.connect(ORIGINAL)
        self.base = str(self.here.get_default_basedn())

    def connect(self, server, user=None, password=None):
        lp = param.LoadParm()
        lp.load(os.environ["SMB_CONF_PATH"])
        credentials = Credentials()
        credentials.guess(lp)
        credentials.set_domain("")
        credentials.set_username(user or os.environ["USERNAME"])
        credentials.set_password(password or os.environ["PASSWORD"])
        credentials.set_kerberos_state(DONT_USE_KERBEROS)
        return SamDB(url="ldap://" + server, credentials=credentials, lp=lp)

    def test_it_is_the_only_controller(self):
        found = self.here.search("OU=Domain Controllers," + self.base, ldb.SCOPE_ONELEVEL, attrs=["cn"])
        self.assertEqual([os.environ["NETBIOSNAME"]], [str(one["cn"]) for one in found])

    def test_all_roles_are_its_own(self):
        settings = "CN=NTDS Settings,CN=%s,CN=Servers,CN=Default-First-Site-Name,CN=Sites,CN=Configuration,%s" % (
            os.environ["NETBIOSNAME"],
            self.base,
        )
        for dn in (
            self.base,
            "CN=Infrastructure," + self.base,
            "CN=RID Manager$,CN=System," + self.base,
            "CN=Schema,CN=Configuration," + self.base,
            "CN=Partitions,CN=Configuration," + self.base,
            "CN=Infrastructure,DC=DomainDnsZones," + self.base,
            "CN=Infrastructure,DC=ForestDnsZones," + self.base,
        ):
            owner = self.here.search(dn, ldb.SCOPE_BASE, attrs=["fSMORoleOwner"])[0]["fSMORoleOwner"][0]
            self.assertEqual(settings.lower(), str(owner).lower(), dn)

    def test_it_is_the_same_domain(self):
        self.assertEqual(self.original.get_domain_sid(), self.here.get_domain_sid())
        for name in ("alice", "joe", "testallowed account", "Samba Users"):
            found = [
                sam.search(base, ldb.SCOPE_SUBTREE, "(sAMAccountName=%s)" % name, attrs=["objectGUID"])
                for sam, base in ((self.here, self.base), (self.original, str(self.original.get_default_basedn())))
            ]
            self.assertEqual(*(bytes(one[0]["objectGUID"][0]) for one in found), name)

    def test_the_objects_are_those_of_the_original(self):
        command = ["samba-tool", "ldapcmp", "ldap://" + ORIGINAL, "ldap://" + os.environ["SERVER"]]
        command += ["-U%s%%%s" % (os.environ["USERNAME"], os.environ["PASSWORD"]), "--two", "--skip-missing-dn"]
        command += ["--filter=" + ",".join(DIFFERS)]
        if str(self.original.get_default_basedn()) != self.base:
            command += ["--base=" + str(self.original.get_default_basedn()), "--base2=" + self.base]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300)
        self.assertEqual(0, done.returncode, done.stdout)


class SecretTests(Restored):
    def test_users_have_their_passwords(self):
        self.connect(os.environ["SERVER"], "alice", "Secret007")


class NoSecretTests(Restored):
    def test_users_have_no_passwords(self):
        with self.assertRaises(ldb.LdbError):
            self.connect(os.environ["SERVER"], "alice", "Secret007")
