"""Runs a test of the packages' samba.tests as a program of its own, as $SRCDIR_ABS/python/samba/tests/NAME.py does.

Samba's own programs of this kind take --list and --load-list, and do not hand them on.
"""

import importlib.util
import os
import runpy
import sys

from samba.tests.subunitrun import TestProgram


def run(program):
    """The one of the same name as the file `program`."""
    start = TestProgram.__init__

    def start_with_what_is_asked_for(self, module=None, args=None, opts=None):
        asked = [word for word in sys.argv[1:] if word in ("-l", "--list") or word.startswith("--load-list=")]
        start(self, module=module, args=asked + (args or []))

    TestProgram.__init__ = start_with_what_is_asked_for
    folder = importlib.util.find_spec("samba").submodule_search_locations[0]
    sys.argv[0] = os.path.join(folder, "tests", os.path.basename(program))
    sys.path[0] = os.path.dirname(sys.argv[0])
    runpy.run_path(sys.argv[0], run_name="__main__")
