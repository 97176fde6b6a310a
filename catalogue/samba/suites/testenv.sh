# The suite of a testenv of which nothing is asked but that it came up: its variables tell what it is and where.
#
#   testenv.sh TESTENV

test="warren.testenv.is_up($1)"
echo "test: $test"
if [ -n "${SERVER_IP-}" ]; then
  echo "${SERVER-$NETBIOSNAME} is at $SERVER_IP"
  echo "success: $test"
else
  printf 'failure: %s [\n%s\n]\n' "$test" 'it exports no SERVER_IP'
  exit 1
fi
