/* thread_date.c - machine-readable dates as seconds since 1970.
 *
 * Knows the forms comment sources write; what it does not know is left as it
 * was given. The order of day and month is never guessed, no locale is asked,
 * and nothing here reads a clock.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "dear/thread.h"

struct moment {
	int year, month, day, hour, minute, second;
	int offset; /* seconds east of UTC */
	bool zoned; /* an offset or Z was given */
};

/* Exactly n digits. */
static bool digits(const char **s, int n, int *ret)
{
	int value = 0;

	for (int i = 0; i < n; i++) {
		if (!isdigit((unsigned char)(*s)[i]))
			return false;
		value = value * 10 + ((*s)[i] - '0');
	}
	*s += n;
	*ret = value;
	return true;
}

static bool literal(const char **s, char c)
{
	if (**s != c)
		return false;
	(*s)++;
	return true;
}

static int month_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return month == 2 && leap ? 29 : days[month - 1];
}

static bool moment_valid(const struct moment *m)
{
	return m->year >= 1970 && m->month >= 1 && m->month <= 12 && m->day >= 1 &&
	       m->day <= month_days(m->year, m->month) && m->hour <= 23 && m->minute <= 59 &&
	       m->second <= 60 && abs(m->offset) <= 15 * 3600;
}

/* Days since 1970-01-01 in the Gregorian calendar; years counted from March so
 * that the leap day comes last. */
static int64_t days_from_civil(int year, int month, int day)
{
	int64_t y = month <= 2 ? year - 1 : year;
	int64_t era_year = y % 400, era = y / 400;
	int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	return era * 146097 + era_year * 365 + era_year / 4 - era_year / 100 + day_of_year - 719468;
}

static int64_t moment_seconds(const struct moment *m)
{
	return days_from_civil(m->year, m->month, m->day) * 86400 + m->hour * 3600 +
	       m->minute * 60 + m->second - m->offset;
}

/* "Z", "GMT", "UT", "+02:00", "+0200", "+02"; nothing is no zone. */
static bool read_zone(const char **s, struct moment *m)
{
	int hours, minutes = 0, sign;

	if (literal(s, 'Z') || literal(s, 'z')) {
		m->zoned = true;
		return true;
	}
	if (!strncmp(*s, "GMT", 3) || !strncmp(*s, "UTC", 3)) {
		*s += 3;
		m->zoned = true;
		return true;
	}
	if (**s != '+' && **s != '-')
		return true;
	sign = **s == '-' ? -1 : 1;
	(*s)++;
	if (!digits(s, 2, &hours))
		return false;
	if (literal(s, ':') || isdigit((unsigned char)**s))
		if (!digits(s, 2, &minutes) || minutes > 59)
			return false;
	m->offset = sign * (hours * 3600 + minutes * 60);
	m->zoned = true;
	return true;
}

static bool read_clock(const char **s, struct moment *m)
{
	if (!digits(s, 2, &m->hour) || !literal(s, ':') || !digits(s, 2, &m->minute))
		return false;
	if (!literal(s, ':'))
		return true;
	if (!digits(s, 2, &m->second))
		return false;
	if (**s == '.' || **s == ',') {
		(*s)++;
		if (!isdigit((unsigned char)**s))
			return false;
		while (isdigit((unsigned char)**s))
			(*s)++;
	}
	return true;
}

/* "2019-03-02", "2019-03-02T16:00:00-05:00", "2019-03-02 16:00:00". */
static bool read_iso(const char *s, struct moment *m)
{
	if (!digits(&s, 4, &m->year) || !literal(&s, '-') || !digits(&s, 2, &m->month) ||
	    !literal(&s, '-') || !digits(&s, 2, &m->day))
		return false;
	if (*s == 'T' || *s == 't' || *s == ' ') {
		s++;
		if (!read_clock(&s, m))
			return false;
		s += *s == ' ';
		if (!read_zone(&s, m))
			return false;
	}
	return !*s;
}

static bool read_month_name(const char **s, int *ret)
{
	static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

	for (int i = 0; i < 12; i++) {
		if (strncmp(*s, names + 3 * i, 3))
			continue;
		*s += 3;
		*ret = i + 1;
		return true;
	}
	return false;
}

/* The zones RFC 822 has names for. */
static bool read_zone_name(const char **s, struct moment *m)
{
	static const struct {
		char name[4];
		int hours; /* east of UTC */
	} zones[] = { { "EST", -5 }, { "EDT", -4 }, { "CST", -6 }, { "CDT", -5 },
		      { "MST", -7 }, { "MDT", -6 }, { "PST", -8 }, { "PDT", -7 } };

	for (size_t i = 0; i < sizeof(zones) / sizeof(*zones); i++) {
		if (strncmp(*s, zones[i].name, 3))
			continue;
		*s += 3;
		m->offset = zones[i].hours * 3600;
		m->zoned = true;
		return true;
	}
	return false;
}

/* "Sat, 02 Mar 2019 21:00:00 +0000": RFC 822 with RFC 2822's year. */
static bool read_rfc822(const char *s, struct moment *m)
{
	const char *comma = strchr(s, ',');

	if (comma && comma - s == 3)
		s = comma + 1 + strspn(comma + 1, " ");
	if (!digits(&s, isdigit((unsigned char)s[0]) && isdigit((unsigned char)s[1]) ? 2 : 1,
		    &m->day) ||
	    !literal(&s, ' ') || !read_month_name(&s, &m->month) || !literal(&s, ' ') ||
	    !digits(&s, 4, &m->year) || !literal(&s, ' ') || !read_clock(&s, m))
		return false;
	s += *s == ' ';
	return (read_zone_name(&s, m) || read_zone(&s, m)) && !*s;
}

/* Unix seconds, with or without a fraction (9 to 11 digits), or milliseconds
 * (13); shorter numbers could be a year or a day and are refused. */
static bool read_unix(const char *s, int64_t *ret)
{
	int64_t value = 0;
	int n = 0;

	for (; isdigit((unsigned char)s[n]) && n < 14; n++)
		value = value * 10 + (s[n] - '0');
	if (n == 13 && !s[n]) {
		*ret = value / 1000;
		return true;
	}
	if (n < 9 || n > 11)
		return false;
	if (s[n] == '.')
		for (n++; isdigit((unsigned char)s[n]);)
			n++;
	*ret = value;
	return !s[n];
}

bool comment_date_parse(const char *s, bool gmt, int64_t *ret_utc, bool *ret_tz_known)
{
	struct moment iso = { 0 }, rfc = { 0 };
	const struct moment *m = &iso;
	char trimmed[64];
	size_t len;

	s += strspn(s, " \t\r\n");
	len = strlen(s);
	while (len && strchr(" \t\r\n", s[len - 1]))
		len--;
	if (len >= sizeof(trimmed))
		return false;
	memcpy(trimmed, s, len);
	trimmed[len] = '\0';
	if (read_unix(trimmed, ret_utc)) {
		*ret_tz_known = true;
		return true;
	}
	if (!read_iso(trimmed, &iso)) {
		if (!read_rfc822(trimmed, &rfc))
			return false;
		m = &rfc;
	}
	if (!moment_valid(m))
		return false;
	*ret_utc = moment_seconds(m);
	*ret_tz_known = m->zoned || gmt;
	return true;
}
