#!/bin/sh
# Every check finds what it is for: a small tree that passes all of them is
# given one fault after the other, and the check must name it.
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "${1:-$here/../..}" && pwd)
tree=$(mktemp -d "${TMPDIR:-/tmp}/dear-breach.XXXXXX") || exit 1
trap 'rm -rf "$tree"' EXIT
failed=0

fresh() {
	rm -rf "$tree"
	mkdir -p "$tree/src/base" "$tree/src/text" "$tree/src/store" "$tree/src/web/page"
	for name in desk.css desk.js foot.mustache; do
		cp "$top/src/web/page/$name" "$tree/src/web/page"
	done
	mkdir -p "$tree/include/dear" "$tree/tests"
	cp "$top/.clang-format" "$tree"
	cp "$top/src/README.md" "$tree/src"
	for name in buf text; do
		printf '#ifndef X_%s\n#define X_%s\n' $name $name
		printf 'void %s_one(void);\n#endif\n' $name
	done >"$tree/both"
	head -n 4 "$tree/both" >"$tree/include/dear/buf.h"
	tail -n 4 "$tree/both" >"$tree/include/dear/text.h"
	cat >"$tree/src/text/text.c" <<'END'
/* Says "sprintf(", and never calls it. */
#include "dear/text.h"

#include "dear/buf.h"

void text_one(void)
{
	buf_one();
}
END
}

# expect CHECK WHAT [LIBRARY]: the check fails, and says WHAT.
expect() {
	sh "$here/$1.sh" "$tree" ${3:+"$3"} >"$tree/said" 2>&1
	code=$?
	if [ $code -ne 77 ] && { [ $code -eq 0 ] || ! grep -q "$2" "$tree/said"; }; then
		echo "$1.sh ends with $code and doesn't say $2:"
		cat "$tree/said"
		failed=1
	fi
	fresh
}

fresh
for check in banned format headers layers names pages sizes; do
	sh "$here/$check.sh" "$tree" >"$tree/said" 2>&1
	code=$?
	if [ $code -ne 0 ] && [ $code -ne 77 ]; then
		echo "$check.sh finds fault with a clean tree:"
		cat "$tree/said"
		failed=1
	fi
done

c=$tree/src/text/text.c
put() {
	printf '%b\n' "$1" >>"$c"
}

put 'int n(char *s) { return atoi(s); }'
expect banned 'text.c:10:.*banned'
put 'void n(char *s) { /* fine */ strcpy(s, s); }'
expect banned 'text.c:10:.*banned'
put 'typedef struct text text;'
expect banned 'text.c:10:'
put 'int one; // two'
expect banned 'text.c:10:'
put 'int   badly_set ;'
expect format 'text.c:10:'
echo 'struct hidden *x = nothing;' >>"$tree/include/dear/text.h"
expect headers 'include/dear/text.h'
echo '#include "dear/text.h"' >"$tree/src/base/buf.c"
expect layers 'buf.c:1:text'
put '#include "dear/store.h"'
expect layers 'text.c:10:store'
echo '#include "dear/classify.h"' >"$tree/src/store/store.c"
expect layers 'store.c:1:classify'
put '#include <sqlite3.h>'
expect layers 'text.c:10:.*sqlite3'
put '#include <microhttpd.h>'
expect layers 'text.c:10:.*microhttpd'
put '#include <curl/curl.h>'
expect layers 'text.c:10:.*curl'
put '#include "../base/base_internal.h"'
expect layers 'text.c:10:'
put 'void n(void) { printf(""); }'
expect layers 'text.c:10:'
put 'void n(void) { exit(1); }'
expect layers 'text.c:10:'
put 'void *n(void) { return stderr; }'
expect layers 'text.c:10:'
page=$tree/src/web/page/foot.mustache
echo '<p>{{{author}}}</p>' >>"$page"
expect pages 'foot.mustache:.*not escaped'
echo '<p>{{&author}}</p>' >>"$page"
expect pages 'foot.mustache:.*not escaped'
echo '<script>alert(1)</script>' >>"$page"
expect pages 'foot.mustache:.*script of its own'
echo '<p style="color: red">' >>"$page"
expect pages 'foot.mustache:.*inline'
echo '<p title={{author}}>' >>"$page"
expect pages 'foot.mustache:.*without quotes'
echo '<img src="https://elsewhere.example/">' >>"$page"
expect pages 'foot.mustache:.*elsewhere'
cp "$c" "$tree/src/base/text.c"
expect names 'src/base/text.c'
cp "$c" "$tree/src/text/misc.c"
expect names 'misc.c.*begins'
put "/* see /ho""me/someone/notes */"
expect names 'text.c:10:'
printf 'void misc_one(void);\nvoid misc_one(void)\n{\n}\n' >"$tree/text_fine.c"
cc -c -o "$tree/text_fine.c.o" "$tree/text_fine.c"
ar rc "$tree/lib.a" "$tree/text_fine.c.o"
expect names 'text_fine.c misc_one' "$tree/lib.a"
put "$(printf '%0101d' 0)"
expect sizes 'text.c:10: a line of 101'
put "\t\t\t\t\t\t\t\t\t\t\t\t\t0"
expect sizes 'text.c:10: a line of 105'
{ printf 'void n(void)\n{\n'; yes '	;' | head -n 79; echo '}'; } >>"$c"
expect sizes 'text.c:11: a function of 81'
yes '' | head -n 700 >>"$c"
expect sizes 'text.c:709: a file'
exit $failed
