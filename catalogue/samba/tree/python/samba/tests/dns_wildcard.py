#!/usr/bin/python3
"""The one of the packages."""

import packaged

packaged.run(__file__)
