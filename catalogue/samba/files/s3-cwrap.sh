#!/bin/bash
# Makes Warren's user the server's: to him belong all files of a host under cwrap, as whoever a process pretends to be.
# Samba's selftest has it so, too.
set -e -o pipefail

# Another of his number would be found instead. Not root: without it nothing runs.
give() { # FILE ACCOUNT LINE NUMBER
  {
    [ "$4" = 0 ] || printf '%s\n' "$3"
    sed -E "/^$2:/d; /^[^:]*:[^:]*:$4:/{/^root:/!d}" "$1"
    [ "$4" != 0 ] || printf '%s\n' "$3"
  } > "$1.new"
  mv "$1.new" "$1"
}

uid=$(stat -c %u "$ENVDIR")
gid=$(stat -c %g "$ENVDIR")
give "$NSS_WRAPPER_PASSWD" "$USERNAME" "$USERNAME:x:$uid:$gid::/tmp:/bin/false" "$uid"
give "$NSS_WRAPPER_GROUP" selftest-group "selftest-group:x:$gid:" "$gid"
