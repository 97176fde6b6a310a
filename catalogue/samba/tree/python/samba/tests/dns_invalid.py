#!/usr/bin/python3
"""$SRCDIR_ABS/python/samba/tests/dns_invalid.py: the one of the packages, as a program of its own."""

import importlib.util
import os
import sys

samba = importlib.util.find_spec("samba").submodule_search_locations[0]
os.execv(sys.executable, [sys.executable, os.path.join(samba, "tests", os.path.basename(__file__))] + sys.argv[1:])
