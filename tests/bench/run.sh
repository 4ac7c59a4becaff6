#!/bin/sh
# Measures comments a second and peak memory of classify and import, on input
# made from the sample's sentences. Prints a table; ends with 1 when a comment
# went missing.
#
#   tests/bench/run.sh [--count N] [--page N] [--seed N] [--bytes N] [--big]
#
# --count: comments as JSON and NDJSON (100000); --page: comments on a page
# (20000); --bytes: of text in a comment (560); --big: a 1 GB NDJSON file too.
# $DEAR: the program (build/dear). $BENCH_DIR: where files go ($TMPDIR, /tmp);
# give it a real disk with 4 GB for --big.
set -eu

count=100000 page=20000 seed=1 bytes=560 big=
while [ $# -gt 0 ]; do
	case $1 in
	--count) count=$2 && shift ;;
	--page) page=$2 && shift ;;
	--seed) seed=$2 && shift ;;
	--bytes) bytes=$2 && shift ;;
	--big) big=yes ;;
	*)
		sed -n '2,/^set/s/^# \{0,1\}//p' "$0" >&2
		exit 2
		;;
	esac
	shift
done
. "$(dirname "$0")/bench.sh"

# 0 and 1 are both success: 1 only says that an editor should look.
measure() {
	"$TOOLS/bench_time" "$@" 2>"$WORK/stderr" || [ $? -eq 1 ] || {
		cat "$WORK/stderr" >&2
		fail "$1: failed"
	}
}

# import WHAT COUNT FILE DATABASE
import() {
	measure "$1" "$2" "$WORK/summary" "$DEAR" import --json --db "$4" --topic ex-letter \
		--staff-id 3 "$3"
	grep -q "\"kept\": $2," "$WORK/summary" ||
		fail "$1: not every comment was kept: $(cut -c 1-300 "$WORK/summary")"
}

# make FORM COUNT FILE
make() {
	make_input "$3" --form "$1" --count "$2" --seed "$seed" --bytes "$bytes"
}

make rest "$count" "$WORK/thread.json"
make ndjson "$count" "$WORK/thread.ndjson"
make classify "$count" "$WORK/classify.ndjson"
make html "$page" "$WORK/page.html"
make wxr "$count" "$WORK/export.wxr"
make disqus "$count" "$WORK/disqus.xml"

echo "$(nproc) cores; JSON file of $(($(wc -c <"$WORK/thread.json") / 1000000)) MB"
printf '%-34s %9s %8s %8s %10s %8s\n' what comments seconds 'cpu s' comments/s 'peak MB'
measure 'classify, NDJSON in and out' "$count" "$WORK/situations.ndjson" \
	"$DEAR" classify "$WORK/classify.ndjson"
[ "$(wc -l <"$WORK/situations.ndjson")" -eq "$count" ] || fail 'classify: lines are missing'
rm "$WORK/classify.ndjson" "$WORK/situations.ndjson"
import 'import, REST JSON array' "$count" "$WORK/thread.json" "$WORK/json.db"
import 'import again, nothing new' "$count" "$WORK/thread.json" "$WORK/json.db"
import 'import, NDJSON' "$count" "$WORK/thread.ndjson" "$WORK/ndjson.db"
import 'import, html5 page' "$page" "$WORK/page.html" "$WORK/page.db"
import 'import, WordPress export' "$count" "$WORK/export.wxr" "$WORK/wxr.db"
import 'import, Disqus export' "$count" "$WORK/disqus.xml" "$WORK/disqus.db"
if [ "$big" ]; then
	rm "$WORK"/*.db* "$WORK"/thread.* "$WORK"/export.wxr "$WORK"/disqus.xml
	for form in wxr disqus; do
		make "$form" 200000 "$WORK/big.$form"
		size=$(($(wc -c <"$WORK/big.$form") / 1000000))
		import "import, $form of $size MB" 200000 "$WORK/big.$form" "$WORK/big-$form.db"
		rm "$WORK/big.$form" "$WORK/big-$form.db"*
	done
	each=$((bytes * 8 / 5 + 40))
	many=$((1000000000 / each + 1))
	make ndjson "$many" "$WORK/big.ndjson"
	size=$(($(wc -c <"$WORK/big.ndjson") / 1000000))
	import "import, NDJSON of $size MB" "$many" "$WORK/big.ndjson" "$WORK/big.db"
fi
