"""Users of a domain on a member of it: their ids, whom the files belong to that they make, who may log on.

Warren's own suite. Samba's (idmap.*, samba.blackbox.offline_logon) come with its source tree only, not with its packages.
It runs in the member's own host: the ids are those that the kernel sees there.
"""

import os
import pwd
import subprocess
import uuid

from samba.tests import TestCase

PASSWORD = "Secret007"


def run(*words):
    return subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60)


class Member(TestCase):
    def setUp(self):
        super().setUp()
        self.domain = os.environ["DOMAIN"]

    def ask(self, *options):
        answer = run("wbinfo", *options)
        self.assertEqual(0, answer.returncode, answer.stdout)
        return answer.stdout.strip()

    def sid(self, user):
        return self.ask("--name-to-sid=%s/%s" % (self.domain, user)).split()[0]

    def uid(self, user):
        return int(self.ask("--sid-to-uid=" + self.sid(user)))


class Ids(Member):
    # There are users of these names in the host itself too.
    users = ("bob", "jane")

    def test_a_user_has_one_id_and_the_id_one_user(self):
        for user in self.users:
            self.assertEqual(self.sid(user), self.ask("--uid-to-sid=%d" % self.uid(user)))
        self.assertEqual(len(self.users), len({self.uid(user) for user in self.users}))

    def test_ids_differ_as_rids_do(self):
        """Whichever range there is: of the back ends `rid` and `autorid`."""
        rids = {user: int(self.sid(user).rpartition("-")[2]) for user in self.users}
        self.assertEqual(rids["jane"] - rids["bob"], self.uid("jane") - self.uid("bob"))

    def test_the_name_service_knows_the_id(self):
        for user in self.users:
            self.assertEqual(self.uid(user), pwd.getpwnam("%s/%s" % (self.domain, user)).pw_uid)

    def test_the_id_is_that_of_the_hosts_user(self):
        """Of the back end `nss`."""
        for user in self.users:
            self.assertEqual(pwd.getpwnam(user).pw_uid, self.uid(user))

    def test_a_file_belongs_to_who_made_it(self):
        for user in self.users:
            name = "of-%s-%s" % (user, uuid.uuid4().hex[:8])
            made = run(
                "smbclient",
                "//%s/tmp" % os.environ["SERVER"],
                "-U%s/%s%%%s" % (self.domain, user, PASSWORD),
                "-c",
                "put /etc/hostname " + name,
            )
            self.assertEqual(0, made.returncode, made.stdout)
            path = os.path.join(os.environ["LOCAL_PATH"], name)
            self.addCleanup(os.remove, path)
            self.assertEqual(self.uid(user), os.stat(path).st_uid)


class Logons(Member):
    def logon(self, user, password):
        return run("wbinfo", "--pam-logon=%s/%s%%%s" % (self.domain, user, password)).returncode == 0

    def test_the_controller_is_out_of_reach(self):
        self.assertNotEqual(0, run("wbinfo", "--ping-dc").returncode)

    def test_who_has_been_there_before_may_log_on(self):
        for user in ("alice", "bob"):
            self.assertTrue(self.logon(user, PASSWORD), user)

    def test_a_wrong_password_is_refused(self):
        self.assertFalse(self.logon("alice", "no" + PASSWORD))

    def test_who_has_not_may_not(self):
        for user in ("jane", "joe"):
            self.assertFalse(self.logon(user, PASSWORD), user)
