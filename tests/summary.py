#!/usr/bin/env python3
"""Adds up what `meson test` wrote: summary.py testlog.json...

Each TAP line counts as one test, and so does each test that speaks no TAP. A
log that isn't there, or a program that died after its last good line, is one
failure. Prints what failed, then one line; ends with 1 when anything did.
"""
import json
import re
import sys

POINT = re.compile(r"(not )?ok\b[^#]*(?:#\s*(\w+))?")
GOOD = {"OK", "EXPECTEDFAIL", "SKIP"}


def count(test):
    """passed, failed, skipped of one entry of a log; says what was skipped"""
    good = test["result"] in GOOD
    lines = (test.get("stdout") or "").splitlines()
    if not any(re.match(r"1\.\.\d+", line) for line in lines):
        skipped = test["result"] == "SKIP"
        if skipped:
            print(f"left out: {test['name']}: {' '.join(lines)}")
        return int(good and not skipped), int(not good), int(skipped)
    passed = failed = skipped = 0
    for point in filter(None, map(POINT.match, lines)):
        word = (point.group(2) or "").lower()
        if word == "skip":
            skipped += 1
            print(f"left out: {test['name']}: {point.string}")
        elif point.group(1) and word != "todo":
            failed += 1
        else:
            passed += 1
    if not good and failed == 0:
        failed = 1
    return passed, failed, skipped


def main(logs):
    passed = failed = skipped = 0
    for log in logs:
        try:
            with open(log, encoding="utf-8", errors="replace") as lines:
                tests = [json.loads(line) for line in lines]
        except OSError:
            print(f"{log}: not there; the build or the tests stopped early")
            failed += 1
            continue
        for test in tests:
            good, bad, left = count(test)
            if bad:
                print(f"FAILED: {test['name']} ({log})")
            passed, failed, skipped = passed + good, failed + bad, skipped + left
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return int(failed > 0)


sys.exit(main(sys.argv[1:]))
