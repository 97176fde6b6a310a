#!/usr/bin/python3
"""Joins a domain as a member with Samba's own code for that; samba-tool offers it in builds for its selftest only."""

import os

from samba import param
from samba.credentials import Credentials
from samba.net import LIBNET_JOIN_AUTOMATIC, Net

lp = param.LoadParm()
lp.load(os.environ["SERVERCONFFILE"])
user, password = os.environ["FIRST_USER"].split("%", 1)
credentials = Credentials()
credentials.guess(lp)
credentials.set_username(user)
credentials.set_password(password)

net = Net(credentials, lp, server=os.environ["FIRST"])
_, sid, domain = net.join_member(
    os.environ["REALM"],
    os.environ["NETBIOSNAME"],
    LIBNET_JOIN_AUTOMATIC,
    "machine" + os.environ["PASSWORD"],
)
print("joined %s (%s)" % (domain, sid))
