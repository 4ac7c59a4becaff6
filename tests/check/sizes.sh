#!/bin/sh
# No function over 80 lines, no file over 700, no line over 100 columns. A table
# of data says "sizes: a table" in a comment in its file's first ten lines; that
# lifts the bounds on the file and its lines.
. "$(dirname "$0")/lib.sh"

{
	sources
	find src tests . -maxdepth 3 -type f \( -name '*.sql' -o -name '*.sh' -o -name meson.build \) \
		! -path './build*'
} | sed 's|^\./||' | sort -u | while read -r file; do
	awk -v file="$file" '
	function tell(line, what) { print file ":" line ": " what }
	FNR <= 10 && /sizes: a table/ { table = 1 }
	{
		columns = $0
		gsub(/[\200-\277]/, "", columns)
		while ((tab = index(columns, "\t")) > 0)
			columns = substr(columns, 1, tab - 1) \
				substr("        ", 1, 8 - (tab - 1) % 8) substr(columns, tab + 1)
		if (length(columns) > 100 && !table)
			tell(FNR, "a line of " length(columns) " columns")
	}
	/^\{/ { start = FNR }
	/^\}/ {
		if (start && FNR - start + 1 > 80)
			tell(start, "a function of " FNR - start + 1 " lines")
		start = 0
	}
	END {
		if (FNR > 700 && !table)
			tell(FNR, "a file of " FNR " lines")
	}' "$file" >>"$faults"
done
verdict
