#!/usr/bin/python3
"""$SRCDIR_ABS/python/samba/tests/NAME.py: the one of the packages, as a program of its own.

Samba's own programs of this kind take --list and --load-list, and do not hand them on.
"""

import importlib.util
import os
import runpy
import sys

from samba.tests.subunitrun import TestProgram

run = TestProgram.__init__


def run_what_is_asked_for(self, module=None, args=None, opts=None):
    """In place of TestProgram's own start."""
    asked = [word for word in sys.argv[1:] if word in ("-l", "--list") or word.startswith("--load-list=")]
    run(self, module=module, args=asked + (args or []))


TestProgram.__init__ = run_what_is_asked_for
folder = importlib.util.find_spec("samba").submodule_search_locations[0]
sys.argv[0] = os.path.join(folder, "tests", os.path.basename(__file__))
sys.path[0] = os.path.dirname(sys.argv[0])
runpy.run_path(sys.argv[0], run_name="__main__")
