#!/usr/bin/python3
"""$SRCDIR_ABS/python/samba/tests/dns_forwarder.py: the one of the packages, as dns.py beside it.

It starts servers of its own from the source tree, and takes one for ready as soon as a packet to it could be sent. Under
socket_wrapper that fails until the server listens; the kernel only says so afterwards. So each is waited for here.
"""

import importlib.util
import os
import runpy
import subprocess
import sys
import tempfile
import time

import samba
from samba.tests.subunitrun import TestProgram

SECONDS = 15

run = TestProgram.__init__
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


def run_what_is_asked_for(self, module=None, args=None, opts=None):
    """In place of TestProgram's own start."""
    asked = [word for word in sys.argv[1:] if word in ("-l", "--list") or word.startswith("--load-list=")]
    run(self, module=module, args=asked + (args or []))


TestProgram.__init__ = run_what_is_asked_for
folder = importlib.util.find_spec("samba").submodule_search_locations[0]
sys.argv[0] = os.path.join(folder, "tests", os.path.basename(__file__))
sys.path[0] = os.path.dirname(sys.argv[0])
runpy.run_path(sys.argv[0], run_name="__main__")
