/* hash.c - FNV-1a. */
#include "dear/hash.h"

#include <string.h>

#define FNV_PRIME 0x100000001b3u

uint64_t hash_bytes(uint64_t h, const void *bytes, size_t n)
{
	const unsigned char *p = bytes;

	for (size_t i = 0; i < n; i++)
		h = (h ^ p[i]) * FNV_PRIME;
	return h;
}

uint64_t hash_string(uint64_t h, const char *s)
{
	/* 0xff never occurs in UTF-8, so no text hashes like NULL. */
	return s ? hash_bytes(h, s, strlen(s) + 1) : hash_bytes(h, "\xff", 2);
}
