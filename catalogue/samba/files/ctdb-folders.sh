#!/bin/bash
# The folders and the configuration of ctdb on one of the three nodes of clusteredmember.
set -e -o pipefail
umask 022

mkdir -p "$CLUSTER" "$SHARE/.ctdb" "$CTDB_BASE"
cd "$CTDB_BASE"
mkdir -p run events/legacy db/{volatile,persistent,state}
printf '10.53.57.%d\n' 50 51 52 > nodes
touch public_addresses
cat > ctdb.conf << END
[logging]
  location = file:$ENVDIR/logs/log.ctdb
  log level = NOTICE
[cluster]
  cluster lock = $SHARE/.ctdb/cluster.lock
  node address = $HOST_IP
[database]
  volatile database directory = $CTDB_BASE/db/volatile
  persistent database directory = $CTDB_BASE/db/persistent
  state database directory = $CTDB_BASE/db/state
[legacy]
  realtime scheduling = false
END
