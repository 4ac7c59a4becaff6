# shellcheck shell=sh
# Sourced first by every t*.sh. Puts the script into an empty folder of its own
# and gives it the words below; ends with `finish`. Output is TAP.
#
#   dear ARGS...               the program under test
#   status N WHAT COMMAND...   COMMAND ends with N; its talk is in ./out, ./err
#   holds WHAT FILE TEXT       a line of FILE holds TEXT
#   lacks WHAT FILE TEXT       no line does
#   same WHAT FILE             FILE is what stands on standard input
#   pass WHAT COMMAND...       COMMAND succeeds; its output is not looked at
#   json WHAT FILE TEST        TEST, a Python expression, holds: `d` is the JSON
#                              value of FILE, `lines` those of its lines
#   leave WHAT WHY             counted as skipped
#
# $root is the source tree, $samples its data/samples, $shared the folder of
# reference threads beside the tree (it may be missing: then `leave`).

: "${DEAR:?the program to test}"
root=$(cd "$(dirname "$0")/../.." && pwd)
samples=$root/data/samples
shared=$root/../shared
: "$samples" "$shared"
unset DEAR_DB DEAR_DATA DEAR_RESPONSES DEAR_NOW DEAR_EDITOR EDITOR VISUAL NO_COLOR
room=$(mktemp -d "${TMPDIR:-/tmp}/dear-test.XXXXXX") || exit 1
trap 'rm -rf "$room"' EXIT
cd "$room" || exit 1
HOME=$room
TMPDIR=$room
export HOME TMPDIR
count=0

dear() {
	"$DEAR" "$@"
}

# say WHAT FILE...: the verdict of the command before it; FILEs tell why not.
say() {
	verdict=$?
	what=$1
	shift
	count=$((count + 1))
	if [ $verdict -eq 0 ]; then
		echo "ok $count - $what"
		return
	fi
	echo "not ok $count - $what"
	cat "$@" </dev/null | head -n 40 | sed 's/^/#   /'
}

status() {
	expected=$1 label=$2
	shift 2
	code=0
	"$@" >out 2>err || code=$?
	[ $code -eq "$expected" ] || echo "status $code, not $expected" >>err
	[ $code -eq "$expected" ]
	say "$label" err out
}

pass() {
	label=$1
	shift
	"$@" >passed 2>&1
	say "$label" passed
}

holds() {
	grep -qF -e "$3" "$2"
	say "$1" "$2"
}

lacks() {
	[ -f "$2" ] && ! grep -qF -e "$3" "$2"
	say "$1" "$2"
}

same() {
	diff -u - "$2" >difference
	say "$1" difference
}

json() {
	python3 - "$2" "$3" >judged 2>&1 <<-'END'
	import json, sys
	text = open(sys.argv[1], encoding="utf-8").read()
	lines = d = None
	try:
	    d = json.loads(text)
	except ValueError:
	    pass
	try:
	    lines = [json.loads(line) for line in text.splitlines()]
	except ValueError:
	    pass
	if not eval("(" + sys.argv[2] + "\n)"):
	    sys.exit("not so: " + sys.argv[2])
	END
	say "$1" judged "$2"
}

# item_of COMMENT: its number in the queue
item_of() {
	dear list --json | sed -n "s/^{\"id\": \([0-9]*\),.*\"comment_id\": \"$1\".*/\1/p"
}

leave() {
	count=$((count + 1))
	echo "ok $count - $1 # SKIP $2"
}

finish() {
	echo "1..$count"
}
