#!/bin/bash
# What the shares of a file server hold besides.
set -e -o pipefail

cd "$ENVDIR"
mkdir -m 1770 -p lib/usershare
umask 0
cd "$SHARE"
folders=(lower-case lower-case-30000 valid_users offline force_user_valid_users smbget tarmode tarmode2 smbcacls
  usershares dropbox bad_iconv veto virusfilter delete_unwrite/delete_veto_{yes,no} volume_serial_number)
mkdir -p "${folders[@]}"

umask 022
for name in {a..z} {1..50}; do echo "$name" > "lower-case/$name"; done
# Thirty thousand empty ones: what is in them no suite reads, and it would take 120 MB.
(cd lower-case-30000 && printf '%s\n' {a..z} {1..30000} | xargs touch)
touch valid_users/foo bad_iconv/$'\xED\x9F\xBF' delete_unwrite/delete_veto_{yes,no}/file_444
chmod 0444 delete_unwrite/delete_veto_{yes,no}/file_444
chown -R "$USERNAME": "${folders[@]}" delete_unwrite
