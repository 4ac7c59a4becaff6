#!/bin/sh
# A folder includes headers of lower layers and its own, no other; libraries
# that belong to one folder stay there; below the command line nothing prints
# or exits. The layers are the table in src/README.md.
. "$(dirname "$0")/lib.sh"

table=$(layers)
[ -n "$table" ] || echo "src/README.md: no layer table" | fault 'write it'

# Includes of dear's own headers: file:line:header
grep -rnoE '^#include "dear/[a-z0-9_]+\.h"' src include |
	sed -E 's/:#include "dear\/([a-z0-9_]+)\.h"/:\1/' |
	awk -v table="$table" '
	BEGIN {
		rows = split(table, row, "\n")
		for (i = 1; i <= rows; i++) {
			split(row[i], cell, " ")
			layer[cell[2]] = cell[1]
			count = split(cell[4], name, ",")
			for (j = 1; j <= count; j++)
				owner[name[j]] = cell[2]
		}
		# Plain data may be used far up; the engines that make it may not.
		split("classify evaluate responses mustache text input", engine, " ")
		for (i in engine)
			barred["store", engine[i]] = barred["export", engine[i]] = 1
	}
	{
		split($0, part, ":")
		count = split(part[1], path, "/")
		folder = path[2]
		if (path[1] == "include")
			folder = owner[substr(path[count], 1, length(path[count]) - 2)]
		to = owner[part[3]]
		if (!(folder in layer) || to == "")
			print $0 "    <- not in the table of src/README.md"
		else if (to != folder && layer[to] + 0 >= layer[folder] + 0)
			printf "%s    <- %s (%d) may not see %s (%d)\n", $0, folder,
				layer[folder], to, layer[to]
		else if ((folder, part[3]) in barred)
			print $0 "    <- " folder " uses the plain data only, not this engine"
	}' >>"$faults"

# A header in quotes stands in the same folder, or in embed for what it makes.
grep -rnE '^#include "' src | grep -v '"dear/' | while IFS=: read -r file line text; do
	header=$(echo "$text" | sed 's/^#include "\(.*\)".*/\1/')
	case $header in
	embed.h) continue ;;
	*/*) ;;
	*) [ ! -f "${file%/*}/$header" ] || continue ;;
	esac
	echo "$file:$line:$text" | fault 'a private header is for its own folder'
done

# library header, where it may be included
for rule in 'sqlite3\.h src/store/' 'libxml/ src/input/' 'curl/ src/http/' 'curses\.h src/tui/' \
	'microhttpd\.h src/web/' 'crypt\.h src/web/'; do
	grep -rnE "^#include <${rule% *}" src include | grep -v "^${rule#* }" |
		fault "only ${rule#* } knows this library"
done

start='(^|[^A-Za-z0-9_])'
# shellcheck disable=SC2046
code $(find src -name '*.c' | grep -v -e '^src/cli/' -e '^src/embed/' -e '^src/base/file' \
	-e '^src/base/mem\.c' | sort) >"$faults.code"
grep -E "$start(stdin|stdout|stderr)([^A-Za-z0-9_]|\$)" "$faults.code" |
	fault 'only src/cli prints or exits'
grep -E "$start(v?printf|puts|putchar|perror|getchar|_?exit|abort|errx?|warnx?)[ 	]*\(" \
	"$faults.code" | fault 'only src/cli prints or exits'
rm -f "$faults.code"
verdict
