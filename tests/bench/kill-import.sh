#!/bin/sh
# Kills imports with SIGKILL between their first write and their commit, and
# looks at what they leave: a sound store that holds all of the thread or none
# of it, and that the next import completes.
#
#   tests/bench/kill-import.sh [--count N] [--kills N]
#
# A kill counts when the write-ahead log had grown, the process was alive, and
# nothing of the thread was committed. Others are tried again. The moments are
# spread evenly from the first write to the end. Needs the sqlite3 program.
set -eu

count=100000 kills=20
while [ $# -gt 0 ]; do
	case $1 in
	--count) count=$2 && shift ;;
	--kills) kills=$2 && shift ;;
	*)
		sed -n '2,/^set/s/^# \{0,1\}//p' "$0" >&2
		exit 2
		;;
	esac
	shift
done
command -v sqlite3 >/dev/null || {
	echo "$(basename "$0"): skipped, there is no sqlite3 program" >&2
	exit 77
}
. "$(dirname "$0")/bench.sh"

db=$WORK/kill.db
milliseconds() {
	echo $(($(date +%s%N) / 1000000))
}
log_size() {
	stat -c %s "$db-wal" 2>/dev/null || echo 0
}
comments() {
	sqlite3 "$db" 'SELECT count(*) FROM comment'
}
sound() {
	[ "$(sqlite3 "$db" 'PRAGMA integrity_check')" = ok ] || fail 'the store is not sound'
	[ -z "$(sqlite3 "$db" 'PRAGMA foreign_key_check')" ] || fail 'the store has loose ends'
}
import() {
	"$DEAR" import --db "$db" --staff-id 3 "$1" >/dev/null 2>"$WORK/stderr" ||
		[ $? -eq 1 ] || fail "an import failed: $(cat "$WORK/stderr")"
}
import_whole() {
	import "$WORK/thread.json"
	[ "$(comments)" -eq $((others + count)) ] || fail "$(comments) comments, not all, were kept"
	sound
}
# A store that holds another thread already: no kill may touch that one.
fresh() {
	rm -f "$db" "$db-wal" "$db-shm"
	cp "$WORK/before.db" "$db"
}

# Starts an import and waits for its first write; false when it was too quick.
# exec, so that $pid is the program and no shell around it.
start_import() {
	fresh
	(exec "$DEAR" import --db "$db" --staff-id 3 "$WORK/thread.json" >/dev/null 2>&1) &
	pid=$!
	while [ "$(log_size)" -eq 0 ]; do
		kill -0 $pid 2>/dev/null || return 1
	done
}
# Kills an import so many milliseconds after its first write; says whether that
# counts.
kill_one() {
	start_import || return 1
	sleep "$(($1 / 1000)).$(printf %03d $(($1 % 1000)))"
	kill -KILL $pid 2>/dev/null || return 1
	wait $pid 2>/dev/null || :
	sound
	left=$(($(comments) - others))
	[ "$left" -eq 0 ] || [ "$left" -eq "$count" ] || fail "$left of $count comments were left"
	[ "$left" -eq 0 ]
}

import "$root/data/samples/letter-thread.rest.json"
others=$(comments)
mv "$db" "$WORK/before.db"

make_input "$WORK/thread.json" --count "$count"
start_import || fail 'nothing was written before the commit; use more comments'
began=$(milliseconds)
wait $pid || [ $? -eq 1 ] || fail 'a whole import failed'
window=$(($(milliseconds) - began))
echo "from first write to end, an import of $count comments takes $window ms"

counted=0 tried=0
while [ "$counted" -lt "$kills" ]; do
	tried=$((tried + 1))
	[ "$tried" -le $((kills * 3)) ] || fail "only $counted of $tried kills came in time"
	delay=$((window * (tried % (kills + 1)) / (kills + 2)))
	if kill_one "$delay"; then
		counted=$((counted + 1))
		import_whole
		echo "kill $counted: $delay ms after the first write; nothing left, then all $count"
	fi
done
echo "$counted kills of $tried counted; every store was sound and whole"
