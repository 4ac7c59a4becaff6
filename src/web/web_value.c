/* web_value.c - data as values of a template: words for codes, times, links,
 * excerpts. Nothing here escapes; the template does.
 */
#include <string.h>
#include <time.h>

#include "dear/utf8.h"

#include "web_internal.h"

void web_set(json_t *object, const char *name, const char *text)
{
	json_object_set_new(object, name, text ? json_string(text) : json_null());
}

void web_set_number(json_t *object, const char *name, int64_t n)
{
	json_object_set_new(object, name, json_integer(n));
}

void web_set_flag(json_t *object, const char *name, bool on)
{
	json_object_set_new(object, name, json_boolean(on));
}

const char *web_words(struct arena *a, const char *code)
{
	char *words = arena_strdup(a, code);

	for (char *s = words; s && *s; s++)
		if (*s == '_')
			*s = ' ';
	return words;
}

void web_set_time(json_t *object, const char *name, int64_t at)
{
	time_t t = (time_t)at;
	struct tm tm;
	char words[32], machine[32];
	json_t *time;

	if (!at || !gmtime_r(&t, &tm)) {
		web_set(object, name, NULL);
		return;
	}
	strftime(words, sizeof(words), "%e %b %Y, %H:%M UTC", &tm);
	strftime(machine, sizeof(machine), "%Y-%m-%dT%H:%M:%SZ", &tm);
	time = json_object();
	web_set(time, "words", words + (*words == ' '));
	web_set(time, "machine", machine);
	json_object_set_new(object, name, time);
}

const char *web_day(struct arena *a, int64_t at)
{
	time_t t = (time_t)at;
	struct tm tm;

	if (at == INT64_MIN || !gmtime_r(&t, &tm))
		return NULL;
	return arena_printf(a, "%04d-%02d-%02d", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
}

/* "2026-03-07T21:40:51-05:00" as "7 Mar 2026, 21:40": by the clock of who wrote.
 * Dates in prose stay as they are. */
const char *web_date(struct arena *a, const char *date)
{
	static const char form[] = "0000-00-00";
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
					      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	int month;

	for (size_t i = 0; date && i < sizeof(form) - 1; i++)
		if (form[i] == '0' ? date[i] < '0' || date[i] > '9' : date[i] != form[i])
			return date;
	month = date ? (date[5] - '0') * 10 + date[6] - '0' : 0;
	if (month < 1 || month > 12)
		return date;
	return arena_printf(a, "%d %s %.4s%s%.*s", (date[8] - '0') * 10 + date[9] - '0',
			    months[month - 1], date, strlen(date) >= 16 ? ", " : "",
			    strlen(date) >= 16 ? 5 : 0, strlen(date) >= 16 ? date + 11 : "");
}

void web_set_link(json_t *object, const char *name, const char *url)
{
	bool leads = url && (!strncasecmp(url, "https://", 8) || !strncasecmp(url, "http://", 7));

	web_set(object, name, leads ? url : NULL);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

const char *web_excerpt(struct arena *a, const char *text, size_t most)
{
	struct buf out = BUF_INIT;
	const char *kept;
	size_t count = 0;
	bool blank = false;

	for (size_t i = 0, len = strlen(text), n; i < len; i += n) {
		uint32_t cp;

		n = utf8_decode(text + i, len - i, &cp);
		if (is_blank(text[i])) {
			blank = out.len > 0;
			continue;
		}
		if (count >= most && blank) {
			buf_puts(&out, " …");
			break;
		}
		if (blank)
			buf_putc(&out, ' ');
		buf_add(&out, text + i, n);
		count += 1 + blank;
		blank = false;
		if (count > most + 40) {
			buf_puts(&out, "…");
			break;
		}
	}
	kept = arena_strdup(a, buf_str(&out));
	buf_release(&out);
	return kept;
}

/* Kept away from each other's colours by words: no sign is a colour alone. */
static void add_flag(json_t *list, const char *word)
{
	json_array_append_new(list, json_pack("{ss}", "word", word));
}

json_t *web_status_value(struct arena *a, const struct item *it)
{
	const char *word = item_status_word(it->status);
	json_t *value = json_object(), *flags = json_array();

	web_set(value, "code", word);
	web_set(value, "words", web_words(a, word));
	web_set(value, "reason",
		it->reason != TRIAGE_NONE ? web_words(a, triage_word(it->reason)) : NULL);
	web_set_flag(value, "safety", it->reason == TRIAGE_SAFETY);
	if (it->flags & ITEM_EDITED)
		add_flag(flags, "edited");
	if (it->flags & ITEM_STALE)
		add_flag(flags, "stale");
	if (it->flags & ITEM_EXPORTED)
		add_flag(flags, "exported");
	if (it->flags & ITEM_ANSWERED)
		add_flag(flags, "answered");
	json_object_set_new(value, "flags", flags);
	return value;
}

static json_t *evidence_value(struct arena *a, const struct situation *s, bool supports)
{
	json_t *list = json_array();

	for (size_t i = 0; i < s->evidence_count; i++) {
		const struct evidence *e = &s->evidence[i];
		const char *cue = e->cue && strchr(e->cue, '.') ? strchr(e->cue, '.') + 1 : e->cue;
		json_t *value;

		if (e->supports != supports)
			continue;
		value = json_object();
		web_set(value, "quote", e->quote);
		web_set(value, "cue", web_words(a, cue));
		json_array_append_new(list, value);
	}
	return list;
}

json_t *web_situations_value(struct arena *a, const struct classification *c)
{
	json_t *list = json_array();

	for (size_t i = 0; i < c->situation_count; i++) {
		const struct situation *s = &c->situations[i];
		json_t *value = json_object();
		json_t *against = evidence_value(a, s, false);

		web_set(value, "label", s->label);
		web_set(value, "words", web_words(a, s->label));
		web_set(value, "band", band_word(s->band));
		web_set_flag(value, "maybe", s->band == BAND_LOW);
		web_set_flag(value, "safety", !strcmp(s->label, "safety"));
		json_object_set_new(value, "for", evidence_value(a, s, true));
		web_set_flag(value, "has_against", json_array_size(against) > 0);
		json_object_set_new(value, "against", against);
		json_array_append_new(list, value);
	}
	return list;
}

/* Paragraphs of lines. */
json_t *web_paragraphs(struct arena *a, const char *text)
{
	json_t *list = json_array(), *lines = NULL;

	for (const char *s = text ? text : ""; *s;) {
		size_t n = strcspn(s, "\n");

		if (n == 0) {
			lines = NULL;
		} else {
			if (!lines) {
				lines = json_array();
				json_array_append_new(list, json_pack("{so}", "lines", lines));
			}
			json_array_append_new(lines,
					      json_pack("{sssb}", "text", arena_strndup(a, s, n),
							"more", json_array_size(lines) > 0));
		}
		s += n + (s[n] == '\n');
	}
	return list;
}
