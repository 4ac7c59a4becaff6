/* embed.h - files that were built into the program.
 *
 * An array named by the build file, in the order given there, ended by an
 * entry whose name is NULL:
 *
 *	extern const struct embed_file store_schema[];
 */
#ifndef EMBED_H
#define EMBED_H

#include <stddef.h>

struct embed_file {
	const char *name; /* without folders: "001-first.sql" */
	const char *text; /* NUL-terminated */
	size_t len;
};

#endif
