/* hash.h - FNV-1a, 64 bits: tells whether a text changed; no defence against
 * an attacker, and never used as one. Constants: draft-eastlake-fnv.
 */
#ifndef DEAR_HASH_H
#define DEAR_HASH_H

#include <stddef.h>
#include <stdint.h>

#define HASH_START 0xcbf29ce484222325u

uint64_t hash_bytes(uint64_t h, const void *bytes, size_t n);
/* Hashes the string and its final NUL, so that fields can't run together;
 * NULL counts as a string of its own. */
uint64_t hash_string(uint64_t h, const char *s);

#endif
