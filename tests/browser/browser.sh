#!/bin/sh
# The desk in a real Chromium (run.js). `sh bootstrap.sh test-browser` brings what it
# takes; without that all of it is skipped. DEAR_BROWSER_MODULES: where npm put its
# packages; DEAR_SHOTS: a folder for pictures of every page.
here=$(cd "$(dirname "$0")" && pwd)
skip() {
	echo "ok 1 - the desk in a browser # SKIP $*; sh bootstrap.sh test-browser brings it"
	echo 1..1
	exit 0
}
: "${DEAR:?the program to test}"
: "${DEAR_CHROMIUM:=/usr/bin/chromium}"
[ -x "$DEAR_CHROMIUM" ] || skip 'no Chromium here'
command -v node >/dev/null || skip 'no Node here'
[ -d "${DEAR_BROWSER_MODULES:-}/playwright-core" ] || skip 'no playwright-core here'
NODE_PATH=$DEAR_BROWSER_MODULES
export NODE_PATH DEAR_CHROMIUM
exec node "$here/run.js" "$@"
