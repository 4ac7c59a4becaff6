/* store_check.c - looks for what can't be: damage in the file, rows that name
 * rows that are not there, items at odds with their decisions. Changes nothing.
 */
#include "store_internal.h"

#include <string.h>

#include "dear/diag.h"

/* Each row of such a statement is a finding, in words. */
static const enum sql checks[] = { SQL_CHECK_INTEGRITY, SQL_CHECK_KEYS,   SQL_CHECK_PLACES,
				   SQL_CHECK_LINKS,     SQL_CHECK_STATUS, SQL_CHECK_NUMBERS };

int store_check(struct store *s, struct diags *d, struct err *err)
{
	for (size_t i = 0; i < sizeof(checks) / sizeof(*checks); i++) {
		sqlite3_stmt *st = store_stmt(s, checks[i], err);
		int more;

		if (!st)
			return -1;
		while ((more = store_step(s, st, err)) > 0)
			if (strcmp(store_peek(st, 0), "ok"))
				diag_add(d, DIAG_DATA, s->path, "%s", store_peek(st, 0));
		if (more < 0)
			return -1;
	}
	return 0;
}
