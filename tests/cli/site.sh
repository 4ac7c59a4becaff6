# shellcheck shell=sh disable=SC2034,SC2154
# Sourced after lib.sh by tests that need a site: a scripted one, on loopback.
#
#   start_site THREAD.json    $site is its address; one that ran before ends
#   start_other THREAD.json   a second one in ./other, $other
#   faults LINE...            what the site does wrong from now on (site.py)

scripts=$(cd "$(dirname "$0")" && pwd)
mkdir other

# A site lives until the writing end of its pipe is closed, at the latest with
# this script.
serve() {
	rm -f "$1/in" "$1/address"
	mkfifo "$1/in"
	(cd "$1" && exec python3 "$scripts/site.py" "$2" <in >address 2>talk) &
}

await() {
	tries=100
	while [ ! -s "$1/address" ] && [ $tries -gt 0 ]; do
		tries=$((tries - 1))
		sleep 0.1
	done
	cat "$1/address"
}

start_site() {
	exec 8>&-
	rm -f faults log
	serve . "$1"
	exec 8>in
	site=$(await .)
	: >log
}

start_other() {
	cp "$1" other/
	serve other "$1"
	exec 9>other/in
	other=$(await other)
	: >other/log
}

faults() {
	printf '%s\n' "$@" >faults
}
