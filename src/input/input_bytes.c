/* input_bytes.c - a page's bytes as UTF-8, window by window.
 *
 * Finds the encoding as browsers do (byte order mark, then the declaration in
 * the first kilobytes), but believes a declaration only as far as the bytes
 * bear it out: a page that declares Latin-1 and is UTF-8 is read as UTF-8.
 * What can't be read becomes U+FFFD and is counted.
 */
#include <ctype.h>
#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "dear/file.h"
#include "dear/mem.h"
#include "dear/utf8.h"

#include "input_internal.h"

#define WINDOW    ((size_t)16 * 1024)
#define LOOK_INTO ((size_t)64 * 1024)
/* How far a declaration is looked for. */
#define DECLARED_WITHIN ((size_t)8 * 1024)

struct bytes {
	struct file *file;
	int64_t at;
	const char *charset;
	iconv_t converter; /* (iconv_t)-1 for UTF-8 */
	size_t held;       /* bytes at the start of raw that wait for the rest */
	uint64_t replaced;
	struct buf out;
	char raw[WINDOW + 16];
};

/* What pages call an encoding, and what to read it as: on the web Latin-1 and
 * ASCII mean Windows-1252. Anything else is read as UTF-8. */
static const struct {
	const char *label, *charset;
} charsets[] = {
	{ "utf-8", "UTF-8" },
	{ "utf8", "UTF-8" },
	{ "iso-8859-1", "WINDOWS-1252" },
	{ "latin1", "WINDOWS-1252" },
	{ "us-ascii", "WINDOWS-1252" },
	{ "ascii", "WINDOWS-1252" },
	{ "windows-1252", "WINDOWS-1252" },
	{ "cp1252", "WINDOWS-1252" },
	{ "iso-8859-2", "ISO-8859-2" },
	{ "iso-8859-5", "ISO-8859-5" },
	{ "iso-8859-7", "ISO-8859-7" },
	{ "iso-8859-9", "WINDOWS-1254" },
	{ "iso-8859-15", "ISO-8859-15" },
	{ "windows-1250", "WINDOWS-1250" },
	{ "windows-1251", "WINDOWS-1251" },
	{ "windows-1253", "WINDOWS-1253" },
	{ "windows-1254", "WINDOWS-1254" },
	{ "windows-1255", "WINDOWS-1255" },
	{ "windows-1256", "WINDOWS-1256" },
	{ "koi8-r", "KOI8-R" },
	{ "koi8-u", "KOI8-U" },
	{ "shift_jis", "SHIFT_JIS" },
	{ "euc-jp", "EUC-JP" },
	{ "euc-kr", "CP949" },
	{ "big5", "BIG5" },
	{ "gb2312", "GB18030" },
	{ "gbk", "GB18030" },
	{ "gb18030", "GB18030" },
};

static const char *charset_of(const char *label, size_t len)
{
	for (size_t i = 0; i < sizeof(charsets) / sizeof(*charsets); i++)
		if (strlen(charsets[i].label) == len && !strncasecmp(charsets[i].label, label, len))
			return charsets[i].charset;
	return NULL;
}

/* The word after charset= or, in an XML declaration, encoding=. */
static const char *declared_charset(const char *s, size_t n)
{
	static const char *const keys[] = { "charset=", "encoding=" };

	if (n > DECLARED_WITHIN)
		n = DECLARED_WITHIN;
	for (size_t k = 0; k < 2; k++) {
		size_t key_len = strlen(keys[k]);

		for (size_t i = 0; i + key_len < n; i++) {
			size_t from = i + key_len, to;

			if (strncasecmp(s + i, keys[k], key_len))
				continue;
			while (from < n && strchr("\"' ", s[from]))
				from++;
			for (to = from;
			     to < n && (isalnum((unsigned char)s[to]) || strchr("-_", s[to]));)
				to++;
			return charset_of(s + from, to - from);
		}
	}
	return NULL;
}

/* Bytes above ASCII that make valid UTF-8; the end may be cut. */
static bool looks_utf8(const char *s, size_t n)
{
	bool any = false;

	for (size_t i = 0; i < n;) {
		uint32_t cp;
		size_t len;

		if ((unsigned char)s[i] < 0x80) {
			i++;
			continue;
		}
		len = utf8_decode(s + i, n - i, &cp);
		if (len == 1)
			return any && n - i < 4;
		any = true;
		i += len;
	}
	return any;
}

static void choose_charset(struct bytes *b, const char *s, size_t n)
{
	const char *declared;

	b->charset = "UTF-8";
	if (n >= 3 && !memcmp(s, "\xef\xbb\xbf", 3)) {
		b->at = 3;
	} else if (n >= 2 && (!memcmp(s, "\xff\xfe", 2) || !memcmp(s, "\xfe\xff", 2))) {
		b->charset = s[0] == '\xff' ? "UTF-16LE" : "UTF-16BE";
		b->at = 2;
	} else {
		declared = declared_charset(s, n);
		if (declared && !looks_utf8(s, n))
			b->charset = declared;
	}
}

struct bytes *bytes_new(struct file *f, struct err *err)
{
	struct bytes *b = mem_alloc(sizeof(*b));
	char *start = mem_alloc(LOOK_INTO);
	ssize_t n = file_read_at(f, 0, start, LOOK_INTO, err);

	b->file = f;
	b->converter = (iconv_t)-1;
	if (n >= 0)
		choose_charset(b, start, (size_t)n);
	free(start);
	if (n < 0) {
		bytes_free(b);
		return NULL;
	}
	if (strcmp(b->charset, "UTF-8")) {
		b->converter = iconv_open("UTF-8", b->charset);
		if (b->converter == (iconv_t)-1)
			b->charset = "UTF-8";
	}
	return b;
}

/* Bytes at the end that begin a character whose rest is in the next window. */
static size_t cut_tail(const char *s, size_t n)
{
	for (size_t back = 1; back <= 3 && back <= n; back++) {
		unsigned char c = (unsigned char)s[n - back];

		if ((c & 0xc0) == 0x80)
			continue;
		if (c >= 0xc2 && c <= 0xf4 && back < (c < 0xe0 ? 2u : c < 0xf0 ? 3u : 4u))
			return back;
		return 0;
	}
	return 0;
}

/* Returns how many bytes at the end wait for the next window. */
static size_t convert(struct bytes *b, size_t n, bool last)
{
	char *in = b->raw;
	size_t left = n;

	while (left) {
		char piece[4096], *out = piece;
		size_t room = sizeof(piece);
		bool bad = iconv(b->converter, &in, &left, &out, &room) == (size_t)-1;
		int why = errno;

		b->replaced += utf8_clean(&b->out, piece, sizeof(piece) - room);
		if (!bad || why == E2BIG)
			continue;
		if (why == EINVAL && !last && left <= 8)
			return left;
		buf_puts(&b->out, "\xef\xbf\xbd");
		b->replaced++;
		in++;
		left--;
	}
	return 0;
}

int bytes_next(struct bytes *b, const char **ret, size_t *ret_len, struct err *err)
{
	ssize_t n;
	size_t have;

	buf_clear(&b->out);
	do {
		n = file_read_at(b->file, b->at, b->raw + b->held, WINDOW, err);
		if (n < 0)
			return -1;
		b->at += n;
		have = b->held + (size_t)n;
		if (have == 0)
			return 0;
		if (b->converter != (iconv_t)-1) {
			b->held = convert(b, have, n == 0);
		} else {
			b->held = n == 0 ? 0 : cut_tail(b->raw, have);
			b->replaced += utf8_clean(&b->out, b->raw, have - b->held);
		}
		memmove(b->raw, b->raw + have - b->held, b->held);
	} while (b->out.len == 0 && n > 0);
	if (b->out.len == 0)
		return 0;
	*ret = b->out.str;
	*ret_len = b->out.len;
	return 1;
}

uint64_t bytes_replaced(const struct bytes *b)
{
	return b->replaced;
}

const char *bytes_charset(const struct bytes *b)
{
	return b->charset;
}

void bytes_free(struct bytes *b)
{
	if (!b)
		return;
	if (b->converter != (iconv_t)-1)
		iconv_close(b->converter);
	buf_release(&b->out);
	free(b);
}
