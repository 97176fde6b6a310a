"""The suite `netlogonsvc`, which upstream's plan names without its package: the one of the packages."""

from samba.tests.netlogonsvc import *  # noqa: F403
