#!/usr/bin/python3
"""$SRCDIR_ABS/python/samba/tests/dns_forwarder.py: the one of the packages.

It starts servers of its own from the source tree, and takes one for ready as soon as a packet to it could be sent. Under
socket_wrapper that fails until the server listens; the kernel only says so afterwards. So each is waited for here.
"""

import os
import subprocess
import tempfile
import time

import packaged
import samba

SECONDS = 15

start = subprocess.Popen


def start_and_wait(command, *args, **kwargs):
    """In place of subprocess.Popen."""
    with tempfile.TemporaryDirectory() as folder:
        listening = os.path.join(folder, "listening")
        process = start(command, *args, env=dict(os.environ, LISTENING=listening), **kwargs)
        end = time.monotonic() + SECONDS
        while not os.path.exists(listening) and process.poll() is None and time.monotonic() < end:
            time.sleep(0.01)
    return process


samba.source_tree_topdir = lambda: os.environ["SRCDIR_ABS"]
subprocess.Popen = start_and_wait
packaged.run(__file__)
