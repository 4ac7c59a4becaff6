# shellcheck shell=sh
# Sourced by the scripts beside it: finds the program and the benchmark's own
# tools ($DEAR, else build/dear; the tools stand in the same build folder), and
# makes a folder for what they write, removed at the end. Sets $DEAR, $TOOLS,
# $WORK; defines fail and make_input.

fail() {
	echo "$(basename "$0"): $*" >&2
	exit 1
}

root=$(cd "$(dirname "$0")/../.." && pwd)
: "${DEAR:=$root/build/dear}"
case $DEAR in
/*) ;;
*) DEAR=$PWD/$DEAR ;;
esac
TOOLS=$(dirname "$DEAR")/tests/bench
[ -x "$DEAR" ] || fail "no program at $DEAR; build it or set DEAR"
[ -x "$TOOLS/bench_make" ] || fail "no bench_make in $TOOLS; build it there"

WORK=$(mktemp -d "${BENCH_DIR:-${TMPDIR:-/tmp}}/dear-bench.XXXXXX")
trap 'rm -rf "$WORK"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# make_input FILE [options of bench_make]
make_input() {
	make_input_file=$1
	shift
	"$TOOLS/bench_make" "$@" >"$make_input_file"
}
