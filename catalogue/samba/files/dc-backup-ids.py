#!/usr/bin/python3
"""Copies a backup of a domain, and makes the ids of its accounts fit into those that are mapped here.

Samba gives accounts ids from 3000000 up. Where hosts have 65536 ids the kernel refuses those, and the restore, which
gives the files of sysvol their owners, fails.
"""

import os
import shutil
import sys
import tarfile
import tempfile

import ldb

LOWEST, HIGHEST = 31000, 60000

source, target = sys.argv[1:]
ids = int(os.environ["WARREN_IDS"])


def fit(path):
    idmap = ldb.Ldb(path)
    config = idmap.search("CN=CONFIG", ldb.SCOPE_BASE)[0]
    lowest = int(config["lowerBound"][0])
    if int(config["upperBound"][0]) < ids:
        return
    entries = idmap.search("", ldb.SCOPE_SUBTREE, "(xidNumber=*)", ["xidNumber"])
    idmap.transaction_start()
    for entry in entries:
        old = int(entry["xidNumber"][0])
        if old < ids:
            continue
        new = old - lowest + LOWEST
        if not LOWEST <= new < HIGHEST:
            sys.exit("the id %d of %s does not fit into the %d ids that are mapped here" % (old, entry.dn, ids))
        message = ldb.Message(entry.dn)
        message["xidNumber"] = ldb.MessageElement(str(new), ldb.FLAG_MOD_REPLACE, "xidNumber")
        idmap.modify(message)
    message = ldb.Message(config.dn)
    for name, value in (("lowerBound", LOWEST), ("upperBound", HIGHEST)):
        message[name] = ldb.MessageElement(str(value), ldb.FLAG_MOD_REPLACE, name)
    idmap.modify(message)
    idmap.transaction_commit()


if ids >= 4000000:
    os.symlink(source, target)
    sys.exit()

with tempfile.TemporaryDirectory(dir=os.path.dirname(target)) as folder:
    # Not compressed: that is what takes long.
    with tarfile.open(source) as backup, tarfile.open(target, "w") as fitted:
        for member in backup:
            content = backup.extractfile(member) if member.isreg() else None
            if os.path.normpath(member.name) == "private/idmap.ldb":
                path = os.path.join(folder, "idmap.ldb")
                with open(path, "wb") as file:
                    shutil.copyfileobj(content, file)
                fit(path)
                member.size = os.path.getsize(path)
                with open(path, "rb") as file:
                    fitted.addfile(member, file)
            else:
                fitted.addfile(member, content)
