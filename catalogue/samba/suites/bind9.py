"""A domain whose DNS server is BIND9: updates signed by Kerberos, what the directory has of them, who else sees them.

Warren's own suite, of ad_dc_bind9; the tests of a second controller and of a member are for their testenvs.
"""

import os
import subprocess
import time
import uuid

import dns.message
import dns.query
import dns.rcode
import dns.update
import ldb
from samba import param
from samba.credentials import DONT_USE_KERBEROS, Credentials
from samba.samdb import SamDB
from samba.tests import TestCase

SECONDS = 60


class Bind9(TestCase):
    def setUp(self):
        super().setUp()
        self.domain = os.environ["DNSNAME"]
        self.first = os.environ["DC_SERVER_IP"]
        with open("/etc/resolv.conf") as file:
            self.resolver = [line.split()[1] for line in file if line.startswith("nameserver")][0]
        subprocess.run(
            ["kinit", "%s@%s" % (os.environ["DC_USERNAME"], os.environ["REALM"])],
            input=os.environ["DC_PASSWORD"] + "\n",
            stdout=subprocess.DEVNULL,
            text=True,
            check=True,
            timeout=60,
        )

    def fresh(self):
        return "%s.%s" % (uuid.uuid4().hex[:12], self.domain)

    def ask(self, name, kind, server=None, way=dns.query.udp):
        answer = way(dns.message.make_query(name, kind), server or self.first, timeout=15)
        return sorted(str(data).lower() for records in answer.answer for data in records)

    def nsupdate(self, *lines, options=("-g",)):
        """Its exit code, and what it said."""
        done = subprocess.run(
            ["nsupdate", *options],
            input="\n".join(lines + ("send", "")),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=60,
        )
        return done.returncode, done.stdout

    def add(self, name, address, server):
        done = self.nsupdate("server " + server, "zone " + self.domain, "update add %s 60 A %s" % (name, address))
        self.assertEqual((0, ""), done)

    def remove(self, name, server):
        self.assertEqual((0, ""), self.nsupdate("server " + server, "zone " + self.domain, "update delete %s" % name))

    def wait(self, what, condition):
        deadline = time.monotonic() + SECONDS
        while not condition():
            if time.monotonic() > deadline:
                self.fail("not within %d s: %s" % (SECONDS, what))
            time.sleep(0.2)


class ServerTests(Bind9):
    def test_it_is_bind(self):
        done = subprocess.run(
            ["dig", "+short", "CH", "TXT", "version.bind", "@" + self.first], stdout=subprocess.PIPE, text=True, timeout=30
        )
        self.assertRegex(done.stdout, r'^"9\.')

    def test_the_controller_has_registered_itself(self):
        server = "%s.%s." % (os.environ["DC_SERVER"], self.domain)
        for way in (dns.query.udp, dns.query.tcp):
            for address in (self.first, os.environ["DC_SERVER_IPV6"]):
                self.assertIn("0 100 389 " + server, self.ask("_ldap._tcp." + self.domain, "SRV", address, way))
                self.assertIn("0 100 88 " + server, self.ask("_kerberos._udp." + self.domain, "SRV", address, way))

    def update(self, server):
        name = self.fresh()
        self.add(name, "10.53.57.201", server)
        self.assertEqual(["10.53.57.201"], self.ask(name, "A"))
        self.remove(name, server)
        self.assertEqual([], self.ask(name, "A"))

    def test_signed_update(self):
        self.update(self.first)

    def test_signed_update_through_the_hub(self):
        """Which passes it on as it is, and the answer back: both signatures hold."""
        self.update(self.resolver)

    def test_unsigned_update_is_refused(self):
        name = self.fresh()
        code, said = self.nsupdate(
            "server " + self.first, "zone " + self.domain, "update add %s 60 A 10.53.57.202" % name, options=()
        )
        self.assertEqual(2, code, said)
        self.assertIn("REFUSED", said)
        self.assertEqual([], self.ask(name, "A"))

    def test_an_update_is_in_the_directory(self):
        name = self.fresh()
        self.add(name, "10.53.57.203", self.first)
        self.addCleanup(self.remove, name, self.first)
        lp = param.LoadParm()
        lp.load(os.environ["SMB_CONF_PATH"])
        credentials = Credentials()
        credentials.guess(lp)
        credentials.set_domain(os.environ["DOMAIN"])
        credentials.set_username(os.environ["DC_USERNAME"])
        credentials.set_password(os.environ["DC_PASSWORD"])
        credentials.set_kerberos_state(DONT_USE_KERBEROS)
        sam = SamDB(url="ldap://" + self.first, credentials=credentials, lp=lp)
        zone = "DC=%s,CN=MicrosoftDNS,DC=DomainDnsZones,%s" % (self.domain, sam.get_default_basedn())
        found = sam.search(zone, ldb.SCOPE_ONELEVEL, "(name=%s)" % name.split(".")[0], attrs=["dnsRecord"])
        self.assertEqual(1, len(found))
        self.assertEqual(1, len(found[0]["dnsRecord"]))


class SecondControllerTests(Bind9):
    def test_both_controllers_are_found(self):
        servers = {"0 100 389 %s.%s." % (os.environ[name], self.domain) for name in ("SERVER", "DC_SERVER")}
        for server in (self.first, os.environ["SERVER_IP"]):
            self.wait(
                "the SRV records of both on " + server,
                lambda: servers <= set(self.ask("_ldap._tcp." + self.domain, "SRV", server)),
            )

    def test_an_update_crosses(self):
        second = os.environ["SERVER_IP"]
        for here, there in ((self.first, second), (second, self.first)):
            name = self.fresh()
            self.add(name, "10.53.57.204", here)
            self.wait("what was added at %s is at %s" % (here, there), lambda: self.ask(name, "A", there) == ["10.53.57.204"])
            self.remove(name, here)
            self.wait("what was removed at %s is not at %s" % (here, there), lambda: self.ask(name, "A", there) == [])


class MemberTests(Bind9):
    def test_the_member_has_registered_itself(self):
        name = "%s.%s" % (os.environ["SERVER"], self.domain)
        self.assertEqual([os.environ["SERVER_IP"]], self.ask(name, "A"))

    def test_the_member_is_reached_with_kerberos(self):
        subprocess.run(
            [
                "smbclient",
                "--configfile=" + os.environ["SMB_CONF_PATH"],
                "--use-kerberos=required",
                "//%s.%s/tmp" % (os.environ["SERVER"], self.domain),
                "-c",
                "ls",
            ],
            stdout=subprocess.DEVNULL,
            check=True,
            timeout=60,
        )
