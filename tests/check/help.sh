#!/bin/sh
# help.sh TREE PROGRAM: the program's help, dear.1 and dear.bash name the same
# commands and, for each, the same options.
program=$2
. "$(dirname "$0")/lib.sh"
page=src/cli/dear.1
completion=src/cli/dear.bash
work=$(mktemp -d "${TMPDIR:-/tmp}/dear-help.XXXXXX") || exit 1
trap 'rm -rf "$work" "$faults"' EXIT

# The options in a help text on standard input, sorted.
options() {
	sed -n 's/^  --\([a-z-]*\).*/\1/p' | sort
}

# compare WHAT: the two lists in $work must be one.
compare() {
	diff "$work/program" "$work/other" | sed -n "s|^[<>]|$1: &|p" >>"$faults"
}

"$program" help | sed -n '/^commands:/,/^$/s/^  \([a-z]*\) .*/\1/p' >"$work/commands"
[ -s "$work/commands" ] || echo 'the help names no commands' >>"$faults"
sort "$work/commands" >"$work/program"
sed -n 's/^\.Ss \([a-z]*\).*/\1/p' $page | sort >"$work/other"
compare "commands of the program (<) and of $page (>)"
bash -c ". $completion; _dear_options none" | tr ' ' '\n' | sed 's/^--//' | sort >"$work/other"
"$program" help | options >"$work/program"
compare "options of every command (<) and of $completion (>)"
awk '/^\.Sh/ { inside = $2 == "OPTIONS" } inside && /^\.It Fl -/ { print substr($3, 2) }' $page |
	sort >"$work/other"
compare "options of every command (<) and of $page (>)"
mv "$work/program" "$work/common"

bash -c ". $completion; printf '%s\n' \$_dear_commands" | sort >"$work/other"
sort "$work/commands" >"$work/program"
compare "commands of the program (<) and of $completion (>)"

while read -r command; do
	"$program" help "$command" | sed '/^with every command:/,$d' | options >"$work/program"
	awk -v command="$command" '
		/^\.Ss/ { inside = $2 == command }
		/^\.Sh/ { inside = 0 }
		inside && /^\.It Fl -/ { print substr($3, 2) }' $page | sort >"$work/other"
	compare "options of $command in the program (<) and in $page (>)"
	bash -c ". $completion; _dear_options $command" | tr ' ' '\n' | sed 's/^--//' | sort |
		comm -23 - "$work/common" >"$work/other"
	compare "options of $command in the program (<) and in $completion (>)"
done <"$work/commands"
verdict
