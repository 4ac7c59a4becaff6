#!/bin/sh
# Each public header compiles alone, first and twice, strictly, with each
# compiler there is.
. "$(dirname "$0")/lib.sh"

flags=$(pkg-config --cflags jansson libxml-2.0)
unit=$(mktemp "${TMPDIR:-/tmp}/dear-header.XXXXXX")
for compiler in gcc clang; do
	if ! command -v $compiler >/dev/null; then
		echo "$compiler is missing: left out"
		continue
	fi
	for header in include/dear/*.h; do
		name=${header#include/}
		printf '#include "%s"\n#include "%s"\nint unit;\n' "$name" "$name" >"$unit"
		# shellcheck disable=SC2086
		$compiler -std=gnu17 -Wall -Wextra -Wpedantic -Wstrict-prototypes -Werror \
			-fsyntax-only -Iinclude $flags -x c "$unit" 2>&1 |
			grep -E 'error|warning' | sed "s|^|$header: |" | fault "$compiler, alone"
	done
done
rm -f "$unit"
verdict
