#!/usr/bin/python3
"""The DNS server that samba.tests.dns_forwarder starts: the one of the packages. Makes the file $LISTENING when it listens."""

import importlib.util
import os
import runpy
import socketserver

serve = socketserver.BaseServer.serve_forever


def tell_and_serve(self, *args):
    """In place of the server's own loop, which begins when it listens."""
    open(os.environ["LISTENING"], "w", encoding="ascii").close()
    serve(self, *args)


socketserver.BaseServer.serve_forever = tell_and_serve
folder = importlib.util.find_spec("samba").submodule_search_locations[0]
runpy.run_path(os.path.join(folder, "tests", "dns_forwarder_helpers", "server.py"), run_name="__main__")
