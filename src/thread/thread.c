/* thread.c - the words for what a comment is, the names that name nobody, and
 * the fold under which two renderings of one text are the same.
 *
 * How comments hang together is thread_link.c; dates are thread_date.c.
 */
#include "dear/thread.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "dear/hash.h"
#include "dear/utf8.h"

const char *comment_status_word(enum comment_status s)
{
	static const char *const words[] = {
#define X(id, word, kept) [id] = word,
		COMMENT_STATUSES(X)
#undef X
	};
	return words[s];
}

bool comment_status_kept(enum comment_status s)
{
	static const bool kept_ones[] = {
#define X(id, word, kept) [id] = kept,
		COMMENT_STATUSES(X)
#undef X
	};
	return kept_ones[s];
}

const char *parent_known_word(enum parent_known p)
{
	static const char *const words[] = { "known", "guessed", "lost" };

	return words[p];
}

/* What WordPress prints for an empty name, in the languages it ships in; folded
 * (utf8proc's case fold of the composed form) and without blanks around. */
static const char *const nobody[] = {
	"",
	"anonymous",
	"anonym",
	"anonyme",
	"anonymer benutzer",
	"anonymt",
	"anoniem",
	"anonimo",
	"anónimo",
	"anônimo",
	"anònim",
	"anonimoa",
	"anonim",
	"anonimno",
	"anonimen",
	"anoniman",
	"anonimni",
	"anonimas",
	"anoniminis",
	"anonīms",
	"anonüümne",
	"anonüümselt",
	"anonymní",
	"anonymný",
	"anonyymi",
	"nimetön",
	"nafnlaus",
	"nafnlaust",
	"névtelen",
	"dienw",
	"gan ainm",
	"gun urra",
	"sennoma",
	"anonima",
	"ẩn danh",
	"vô danh",
	"tanpa nama",
	"аноним",
	"анонім",
	"анонимно",
	"анонимен",
	"анонимный",
	"анониман",
	"ананім",
	"нэргүй",
	"белгісіз",
	"ανώνυμοσ",
	"ανώνυμα",
	"անանուն",
	"ანონიმური",
	"ანონიმი",
	"אנונימי",
	"אלמוני",
	"غير معروف",
	"مجهول",
	"ناشناس",
	"گمنام",
	"अनाम",
	"अज्ञात",
	"बेनामी",
	"अनामिक",
	"নামহীন",
	"বেনামী",
	"பெயரிலி",
	"అనామకం",
	"അജ്ഞാതന്‍",
	"නිර්නාමික",
	"နာမည်မသိ",
	"អនាមិក",
	"ไม่ระบุชื่อ",
	"นิรนาม",
	"ບໍ່ລະບຸຊື່",
	"匿名",
	"匿名用户",
	"匿名使用者",
	"익명",
};

static char *fold_case(const char *s, size_t len)
{
	utf8proc_uint8_t *folded = NULL;

	if (utf8proc_map((const utf8proc_uint8_t *)s, (utf8proc_ssize_t)len, &folded,
			 UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD) < 0)
		return NULL;
	return (char *)folded;
}

bool comment_name_is_nobody(const char *author)
{
	size_t len;
	char *folded;
	bool found = false;

	if (!author)
		return true;
	author += strspn(author, " \t\r\n");
	len = strlen(author);
	while (len && strchr(" \t\r\n", author[len - 1]))
		len--;
	folded = fold_case(author, len);
	if (!folded)
		return false;
	for (size_t i = 0; i < sizeof(nobody) / sizeof(*nobody) && !found; i++)
		found = !strcmp(folded, nobody[i]);
	free(folded);
	return found;
}

/* ---- the fold ---- */

struct fold {
	uint64_t hash;
	char out[256];
	size_t len;
	bool blank; /* a blank is due before the next visible character */
	bool begun;
};

static void fold_flush(struct fold *f)
{
	f->hash = hash_bytes(f->hash, f->out, f->len);
	f->len = 0;
}

static void fold_put(struct fold *f, const char *s, size_t n)
{
	if (f->len + n + 1 > sizeof(f->out))
		fold_flush(f);
	if (f->blank && f->begun)
		f->out[f->len++] = ' ';
	f->blank = false;
	f->begun = true;
	memcpy(f->out + f->len, s, n);
	f->len += n;
}

/* The smileys WordPress turns into emoji, so that the text as typed and the
 * text as shown stay one. Longest first where one begins another. */
static const struct {
	const char *typed, *shown;
} smileys[] = {
	{ ":mrgreen:", "🙂" }, { ":-)", "🙂" }, { ":-(", "🙁" }, { ":-D", "😀" },
	{ ":-P", "😛" },          { ":-o", "😮" },    { ":-x", "😡" },    { ":-|", "😐" },
	{ ":-?", "😕" },          { "8-)", "😎" },    { "8-O", "😯" },    { ";-)", "😉" },
	{ ":)", "🙂" },        { ":(", "🙁" },  { ":D", "😀" },     { ":P", "😛" },
	{ ":o", "😮" },           { ":x", "😡" },     { ":|", "😐" },     { ":?", "😕" },
	{ "8)", "😎" },           { ";)", "😉" },
};

/* A smiley counts only between blanks, as in WordPress. Returns its length. */
static size_t smiley(const char *s, const char *start, const char **ret_shown)
{
	if (s > start && !strchr(" \t\r\n", s[-1]))
		return 0;
	for (size_t i = 0; i < sizeof(smileys) / sizeof(*smileys); i++) {
		size_t n = strlen(smileys[i].typed);

		if (strncmp(s, smileys[i].typed, n) || !strchr(" \t\r\n", s[n]))
			continue;
		*ret_shown = smileys[i].shown;
		return n;
	}
	return 0;
}

/* The plain character that stands for a typographic one; NULL when it stands
 * for itself, "" when it is not seen. */
static const char *plain_form(uint32_t cp)
{
	if (cp < 0xa0)
		return NULL;
	switch (cp) {
	case 0x2018: /* quotes */
	case 0x2019:
	case 0x201a:
	case 0x201b:
	case 0x2032:
	case 0x00b4:
		return "'";
	case 0x201c:
	case 0x201d:
	case 0x201e:
	case 0x201f:
	case 0x2033:
		return "\"";
	case 0x2010: /* dashes */
	case 0x2011:
	case 0x2012:
	case 0x2013:
	case 0x2014:
	case 0x2015:
	case 0x2212:
		return "-";
	case 0x2026:
		return "...";
	case 0x00d7:
		return "x";
	case 0x00ad: /* never seen: soft hyphen, zero width, variation selectors */
	case 0x200b:
	case 0x200c:
	case 0x200d:
	case 0x2060:
	case 0xfe0e:
	case 0xfe0f:
	case 0xfeff:
		return "";
	case 0x00a0: /* blanks */
	case 0x202f:
	case 0x3000:
		return " ";
	}
	return cp >= 0x2000 && cp <= 0x200a ? " " : NULL;
}

/* One unit of ASCII: blanks, runs of dashes, two single quotes, smileys. */
static size_t fold_ascii(struct fold *f, const char *s, const char *start)
{
	const char *shown;
	size_t n;

	if (*s == ' ' || strchr("\t\r\n", *s)) {
		f->blank = true;
		return 1;
	}
	if (*s == '-') {
		fold_put(f, "-", 1);
		return strspn(s, "-");
	}
	if ((*s == '\'' && s[1] == '\'') || (*s == '`' && s[1] == '`')) {
		fold_put(f, "\"", 1);
		return 2;
	}
	if (*s == ':' || *s == ';' || *s == '8') {
		n = smiley(s, start, &shown);
		if (n) {
			fold_put(f, shown, strlen(shown));
			return n;
		}
	}
	fold_put(f, *s == '`' ? "'" : s, 1);
	return 1;
}

/* A run of letters, which is most of any text and stands for itself; not more
 * than the fold holds. */
static size_t letters(const char *s)
{
	size_t n = 0;

	while (n < 64 && (unsigned char)((s[n] | 0x20) - 'a') < 26)
		n++;
	return n;
}

uint64_t comment_hash(const char *text)
{
	struct fold f = { .hash = HASH_START };
	size_t left = strlen(text);
	const char *s = text;

	while (left) {
		const char *plain;
		uint32_t cp;
		size_t n;

		n = letters(s);
		if (n) {
			fold_put(&f, s, n);
		} else if ((unsigned char)*s < 0x80) {
			n = fold_ascii(&f, s, text);
		} else {
			n = utf8_decode(s, left, &cp);
			plain = plain_form(cp);
			if (!plain)
				fold_put(&f, s, n);
			else if (*plain == ' ')
				f.blank = true;
			else if (*plain)
				fold_put(&f, plain, strlen(plain));
		}
		s += n;
		left -= n;
	}
	fold_flush(&f);
	return f.hash;
}
