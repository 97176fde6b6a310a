"""The resolver of all hosts, dns_hub, in the lab of ad_dc, over UDP and TCP, IPv4 and IPv6.

Warren's own suite. In the controller's own host it also finds out what the hub says when the controller is silent.
"""

import os
import socket
import subprocess
import time

import dns.flags
import dns.message
import dns.opcode
import dns.query
import dns.rcode
import dns.reversename
import dns.update
from samba.tests import TestCase

HUB = "rootdnsforwarder.samba.example.com"


class Hub(TestCase):
    def setUp(self):
        super().setUp()
        with open("/etc/resolv.conf") as file:
            self.ipv4 = [line.split()[1] for line in file if line.startswith("nameserver")][0]
        self.ipv6 = socket.getaddrinfo(HUB, 53, socket.AF_INET6, socket.SOCK_DGRAM)[0][4][0]
        self.domain = os.environ["DNSNAME"]
        self.server = "%s.%s." % (os.environ["SERVER"], self.domain)

    def ways(self):
        for address in (self.ipv4, self.ipv6):
            for way in (dns.query.udp, dns.query.tcp):
                yield "%s to %s" % (way.__name__, address), lambda message: way(message, address, timeout=15)

    def answers(self, name, kind):
        """What comes back, as text, which must be the same whichever way."""
        found = {}
        for title, way in self.ways():
            query = dns.message.make_query(name, kind)
            answer = way(query)
            self.assertEqual(query.id, answer.id, title)
            code = dns.rcode.to_text(answer.rcode())
            found[title] = (code, sorted(str(data) for records in answer.answer for data in records))
        self.assertEqual(1, len({str(value) for value in found.values()}), found)
        return found.popitem()[1]


class HubTests(Hub):
    def test_hosts_have_their_addresses(self):
        address = os.environ["SERVER_IP"]
        self.assertEqual(("NOERROR", [address]), self.answers(self.server, "A"))
        long_form = self.answers(self.server, "AAAA")[1][0]
        packed = socket.inet_pton(socket.AF_INET6, os.environ["SERVER_IPV6"])
        self.assertEqual(packed, socket.inet_pton(socket.AF_INET6, long_form))

    def test_addresses_have_their_hosts(self):
        for address in (os.environ["SERVER_IP"], os.environ["SERVER_IPV6"]):
            code, names = self.answers(dns.reversename.from_address(address), "PTR")
            self.assertEqual(("NOERROR", [self.server]), (code, [name.lower() for name in names]))

    def test_the_domain_is_asked_at_its_controller(self):
        code, records = self.answers("_ldap._tcp." + self.domain, "SRV")
        self.assertEqual("NOERROR", code)
        self.assertIn("0 100 389 " + self.server, [record.lower() for record in records])
        self.assertEqual("NOERROR", self.answers(self.domain, "SOA")[0])

    def test_what_the_controller_does_not_know(self):
        self.assertEqual(("NXDOMAIN", []), self.answers("nobody." + self.domain, "A"))

    def test_what_nobody_owns(self):
        for name in ("nobody.", "www.example.org.", "other.example.com.", "250.57.53.10.in-addr.arpa."):
            self.assertEqual(("NXDOMAIN", []), self.answers(name, "A"), name)

    def test_updates_reach_the_controller(self):
        """An unsigned one it refuses itself; one of what nobody owns the hub refuses."""
        for zone in (self.domain, "example.org"):
            for title, way in self.ways():
                update = dns.update.Update(zone)
                update.add("new", 60, "A", "10.53.57.99")
                answer = way(update)
                self.assertEqual(dns.opcode.UPDATE, answer.opcode(), title)
                self.assertEqual("REFUSED", dns.rcode.to_text(answer.rcode()), title)


class SilentControllerTests(Hub):
    def test_a_silent_controller_is_a_failure(self):
        """What goes to the hub from here gets lost; so the hub is asked from another of its addresses' family."""
        silenced = ["ip", "route", "%s", "blackhole", self.ipv4]
        subprocess.check_call([word % "add" if "%" in word else word for word in silenced])
        try:
            begin = time.monotonic()
            query = dns.message.make_query("_ldap._tcp." + self.domain, "SRV")
            answer = dns.query.udp(query, self.ipv6, timeout=20)
            self.assertEqual("SERVFAIL", dns.rcode.to_text(answer.rcode()))
            self.assertLess(9, time.monotonic() - begin)
            # Others are answered meanwhile and afterwards.
            answer = dns.query.udp(dns.message.make_query(HUB, "A"), self.ipv6, timeout=5)
            self.assertEqual("NOERROR", dns.rcode.to_text(answer.rcode()))
        finally:
            subprocess.check_call([word % "del" if "%" in word else word for word in silenced])
        answer = dns.query.udp(query, self.ipv6, timeout=20)
        self.assertEqual("NOERROR", dns.rcode.to_text(answer.rcode()))
