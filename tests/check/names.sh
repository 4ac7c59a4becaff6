#!/bin/sh
# names.sh [TREE [LIBRARY]]: file names are unique and begin with their module;
# so do the library's symbols; nothing names a place of one machine.
library=${2:-}
. "$(dirname "$0")/lib.sh"

find src include tests -type f \( -name '*.[ch]' -o -name '*.sql' \) | sed 's|.*/||' | sort |
	uniq -d | while read -r name; do
	find src include tests -name "$name" | fault 'another file has this name'
done

table=$(layers)
find src -mindepth 2 -type f \( -name '*.c' -o -name '*.h' \) | awk -F/ -v table="$table" '
	BEGIN {
		rows = split(table, row, "\n")
		for (i = 1; i <= rows; i++) {
			split(row[i], cell, " ")
			prefixes[cell[2]] = cell[3]
		}
	}
	{
		stem = $NF
		sub(/\.[ch]$/, "", stem)
		count = split(prefixes[$2] "," $2, prefix, ",")
		for (i = 1; i <= count; i++)
			if (stem == prefix[i] || index(stem, prefix[i] "_") == 1)
				next
		print $0 "    <- begins with none of: " prefixes[$2]
	}' >>"$faults"

# A symbol begins with its module, with a further word of its file's name
# (memory_said in draft_memory.c), or with the struct or enum that it is about.
tags=$(find include src -name '*.h' -exec grep -hoE '^(struct|enum) [a-z0-9_]+' {} + |
	sed 's/.* //' | sort -u | tr '\n' ',')
[ -z "$library" ] || nm -g --defined-only "$library" | awk -v table="$table" -v tags="$tags" '
	BEGIN {
		rows = split(table, row, "\n")
		for (i = 1; i <= rows; i++) {
			split(row[i], cell, " ")
			prefixes[cell[2]] = cell[3]
		}
	}
	/\.o:$/ {
		stem = $0
		sub(/.*\//, "", stem)
		sub(/^meson-generated_.*\.\._/, "", stem)
		sub(/\.c\.o:$/, "", stem)
		folder = stem
		sub(/_.*/, "", folder)
		words = substr(stem, length(folder) + 2)
		gsub(/_/, ",", words)
		next
	}
	NF == 3 && $3 ~ /^(json|xml|sqlite3|curl|MHD)_/ {
		print stem ".c " $3 "    <- this prefix belongs to a library"
	}
	NF == 3 && $3 !~ /^(__|_Z|\.)/ {
		count = split(prefixes[folder] "," words "," tags, prefix, ",")
		for (i = 1; i <= count; i++)
			if (prefix[i] != "" && ($3 == prefix[i] || $3 == prefix[i] "s" ||
			    index($3, prefix[i] "_") == 1 || index($3, prefix[i] "s_") == 1))
				next
		print stem ".c " $3 "    <- begins with none of: " prefixes[folder] " " words
	}' >>"$faults"

# The brackets keep this file from finding itself.
before='(^|[^A-Za-z0-9_./-])'
places='/(wor[k]|roo[t]|hom[e]/[a-z]+|User[s])(/[a-z]|["'"'"' ]|$)'
hosts='(registr[y]\.|deb\.debia[n]|pypi\.or[g])'
find . -type f ! -path './.git' ! -path './.git/*' ! -path './build*' \
	! -path './tests/fuzz/corpus/*' |
	xargs grep -nIE "$before$places|$hosts" | cut -c 1-160 | fault 'a place of one machine'
verdict
