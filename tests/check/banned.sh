#!/bin/sh
# Functions that overrun, keep hidden state, or can't tell an error; struct
# typedefs, names in _t, and comments to the line's end.
. "$(dirname "$0")/lib.sh"

banned='strcpy|stpcpy|strcat|sprintf|vsprintf|strtok|gets|gmtime|localtime|ctime|asctime'
banned="$banned|atoi|atol|atoll|atof|strncpy|strncat|v?f?scanf|v?sscanf|alloca|s?rand|random"
banned="$banned|tmpnam|mktemp|tempnam|bcopy|bzero|index|rindex"
before='(^|[^A-Za-z0-9_>.])'

# shellcheck disable=SC2046
code $(sources) >"$faults.code"
grep -E "$before($banned)[ 	]*\\(" "$faults.code" | fault 'banned'
grep -E '(^|[^A-Za-z0-9_])setlocale[ 	]*\(' "$faults.code" | grep -v '^src/cli/' |
	fault 'only src/cli sets the locale'
grep -E 'typedef[ 	]+(struct|union|enum)' "$faults.code" | fault 'say struct, union or enum'
grep -E '(struct|enum|union)[ 	]+[a-z0-9_]+_t([^A-Za-z0-9_]|$)' "$faults.code" |
	fault 'names in _t belong to the system'
grep -E '//' "$faults.code" | fault 'comments are /* */'
rm -f "$faults.code"
verdict
