"""The module of this name of the packages' samba.tests, by the short name under which some suites run it."""

import importlib.util

_file = importlib.util.find_spec("samba.tests." + __name__).origin
with open(_file, encoding="utf-8") as _source:
    exec(compile(_source.read(), _file, "exec"))
