#!/bin/bash
# Makes a controller that has just joined and the first one ($FIRST) partners: `meet`, then `replicate`.
#
# A fresh controller has pulled all; the first one has pulled nothing yet and knows no partner. The consistency checker
# (KCC) of each must see the other's connection before it next runs by itself, 15 s after the start of its controller:
# else it strikes out whom to notify, and changes then wait for the next pull, five minutes later.
set -e -o pipefail

both_ways() {
  samba-tool drs replicate "$FIRST" "$HOST_FQDN" "$1" --configfile="$SERVERCONFFILE" -U"$FIRST_USER"
  samba-tool drs replicate "$HOST_FQDN" "$FIRST" "$1" --configfile="$SERVERCONFFILE" -U"$FIRST_USER"
}

# Refused as long as the checker runs by itself, which takes a second or two; the step's time limit ends this.
check() {
  until samba-tool drs kcc "$1" --configfile="$SERVERCONFFILE" -U"$FIRST_USER"; do
    sleep 0.5
  done
}

case $1 in
  meet)
    both_ways "CN=Configuration,$BASEDN"
    check "$FIRST"
    check "$HOST_FQDN"
    both_ways "CN=Configuration,$BASEDN"
    ;;
  replicate)
    for context in "CN=Schema,CN=Configuration,$BASEDN" "$BASEDN" $DNS_CONTEXTS; do
      both_ways "$context"
    done
    ;;
esac
