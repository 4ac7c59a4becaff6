#!/bin/sh
# Pages escape by construction: no template takes a value as it is, none has a
# script or a style of its own, and every attribute with a value in it is quoted.
. "$(dirname "$0")/lib.sh"

pages=$(find src -name '*.mustache' | sort)
# The statistics file has its style sheet in it, and says so in its own policy.
grep -nE '\{\{\{|\{\{&' $pages /dev/null | fault 'a value that is not escaped'
grep -nE '\{\{=' $pages /dev/null | fault 'delimiters stay as they are'
grep -niE '<script' $pages /dev/null | grep -v '<script src="/desk.js" defer></script>' |
	fault 'a script of its own'
grep -niE '<style' $pages /dev/null | grep -v '^src/web/page/stats-head\.mustache:' |
	fault 'a style of its own'
grep -niE '[ "]style="|[ "]on[a-z]+="|javascript:' $pages /dev/null | fault 'inline style or script'
grep -nE ' [a-z-]+=\{\{' $pages /dev/null | fault 'an attribute without quotes'
grep -nE '(https?:)?//[a-z]' $pages src/web/page/desk.css src/web/page/desk.js /dev/null |
	fault 'something from elsewhere'
verdict
