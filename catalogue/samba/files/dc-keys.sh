#!/bin/bash
# The keys of a controller and of those who log on to it by certificate. Of a build tree those that Samba's selftest has
# for this controller, whose authority the suites know; else Warren's own.
set -e -o pipefail

cd "$ENVDIR"
mkdir -p private/tls
authority=${BUILD_TREE:-}/selftest/manage-ca/CA-samba.example.com
name=$HOST_NAME.$DNSNAME
if [ -n "${BUILD_TREE:-}" ] && [ -e "$authority/DCs/$name/DC-$name-private-key.pem" ]; then
  install -m 0600 "$authority/DCs/$name/DC-$name-private-key.pem" private/tls/key.pem
  install -m 0644 "$authority/DCs/$name/DC-$name-cert.pem" private/tls/cert.pem
  install -m 0644 "$authority/Public/CA-samba.example.com-cert.pem" private/tls/ca.pem
  install -m 0644 "$authority/Public/CA-samba.example.com-crl.pem" private/tls/crl.pem
  mkdir -p pkinit client/pkinit
  chmod 0700 pkinit client/pkinit
  install -m 0600 "$authority"/Users/*"@$DNSNAME"/USER-*.pem pkinit/
  install -m 0600 "$authority"/Users/*/USER-*.pem client/pkinit/
else
  # With a key in place samba does not make a 4096-bit one at its first start (two seconds of CPU time).
  install -m 0600 "$CATALOGUE"/files/tls/key.pem private/tls/key.pem
  install -m 0644 "$CATALOGUE"/files/tls/cert.pem private/tls/cert.pem
  install -m 0644 "$CATALOGUE"/files/tls/ca.pem private/tls/ca.pem
fi

if [ -d "${BUILD_TREE:-/nowhere}/selftest/gnupg" ]; then
  mkdir -p gnupg
  chmod 0700 gnupg
  install -m 0600 "$BUILD_TREE"/selftest/gnupg/*.{conf,gpg} gnupg/
fi
