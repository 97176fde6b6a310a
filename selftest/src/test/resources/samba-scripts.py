"""Asks the scripts of a Samba source tree for their verdicts.

Usage: samba-scripts.py SRCDIR

Each line of standard input is a question, each line of standard output the answer, both JSON. Only
what is asked for is here: what a stream means is left to Samba's selftest/subunithelper.py.
"""

import base64
import contextlib
import io
import json
import os
import sys

source = sys.argv[1]
sys.path.insert(0, os.path.join(source, "selftest"))
sys.path.insert(0, os.path.join(source, "python"))
import subunithelper  # noqa: E402

STATISTICS = (
    "SUITES_FAIL", "TESTS_UNEXPECTED_OK", "TESTS_EXPECTED_OK", "TESTS_UNEXPECTED_FAIL",
    "TESTS_EXPECTED_FAIL", "TESTS_ERROR", "TESTS_SKIP")
NOW = "time: 2026-03-01 12:00:05.123456Z\n"

class Formatter(subunithelper.PlainFormatter):
    """Remembers what it is told."""

    def __init__(self, statistics):
        super().__init__(False, True, statistics)
        self.told = []

    def end_test(self, testname, result, unexpected, err=None):
        self.told.append(["test", testname, result])
        super().end_test(testname, result, unexpected, err)

    def end_testsuite(self, name, result, reason):
        self.told.append(["suite", name, result])
        super().end_testsuite(name, result, reason)

class Recorder:
    """Stands behind a filter in place of what would print."""

    def __init__(self):
        self.told = []

    def __getattr__(self, name):
        return lambda *args, **kwargs: None

    def end_testsuite(self, name, result, reason=None):
        self.told.append(["suite", name, result])

def _outcome(word):
    def add(self, test, err=None):
        self.told.append(["test", test.id(), word])
    return add

for method, word in {
        "addSuccess": "success", "addFailure": "failure", "addError": "error", "addSkip": "skip",
        "addExpectedFailure": "xfail", "addUnexpectedSuccess": "uxsuccess"}.items():
    setattr(Recorder, method, _outcome(word))

def decoded(stream):
    return io.TextIOWrapper(io.BytesIO(stream), encoding="utf-8", errors="ignore")

def filtered(text, out, prefix, suffix, expected, flapping, immediately=False, strip=False):
    """The exit code, whether a test was seen, and what ended the script if anything did."""
    ops = subunithelper.FilterOps(
        out, prefix, suffix, expected, strip, fail_immediately=immediately, flapping=flapping)
    try:
        code = subunithelper.parse_results(ops, dict.fromkeys(STATISTICS, 0), text)
    except subunithelper.ImmediateFail:
        return 1, ops.seen_output, "ImmediateFail"
    except Exception as failure:
        return 1, ops.seen_output, "%s: %s" % (type(failure).__name__, failure)
    return code, ops.seen_output, None

def formatted(text):
    statistics = dict.fromkeys(STATISTICS, 0)
    formatter = Formatter(statistics)
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        code = subunithelper.parse_results(formatter, statistics, text)
        formatter.write_summary(os.devnull)
    last = said.getvalue().rstrip("\n").rsplit("\n", 1)[-1]
    return {"last": last, "told": formatter.told, "exit": code, "statistics": statistics}

class Lists:
    expected = []
    flapping = []
    # Those of the filter in the suite's own pipe.
    own_expected = []
    own_flapping = []

def lists(question):
    Lists.expected = subunithelper.read_test_regexes(*question["expected"])
    Lists.flapping = subunithelper.read_test_regexes(*question["flapping"])
    return {
        "expected": [one.pattern for one in Lists.expected],
        "flapping": [one.pattern for one in Lists.flapping]}

def own_lists(question):
    Lists.own_expected = subunithelper.read_test_regexes(*question["expected"])
    Lists.own_flapping = subunithelper.read_test_regexes(*question["flapping"])
    return {}

def judge(question):
    """One filter that has prefix, suffix and lists."""
    recorder = Recorder()
    with contextlib.redirect_stdout(io.StringIO()):
        code, seen, crash = filtered(
            decoded(base64.b64decode(question["stream"])), recorder, question["prefix"],
            question["suffix"], Lists.expected, Lists.flapping, question["immediately"])
    return {"told": recorder.told, "crash": crash, "exit": code}

def run(question):
    """A suite as selftest.pl runs it: one filter in the suite's pipe, one behind all, a formatter."""
    first = io.StringIO()
    with contextlib.redirect_stdout(first):
        code, seen, crash = filtered(
            decoded(base64.b64decode(question["stream"])), subunithelper.SubunitOps(first),
            question["prefix"], question["suffix"], Lists.own_expected, Lists.own_flapping,
            question["immediately"], question["strip"])
    if crash and crash != "ImmediateFail":
        return {"crash": crash}
    if question["failOnEmpty"] and not seen:
        code = 1
    if code == 0:
        code = question["exit"]
    name = question["suite"]
    end = "testsuite-success: %s\n" % name
    if code != 0:
        end = "testsuite-failure: %s [\nExit code was %d\n]\n" % (name, code)
    stream = "progress: 1\n%stestsuite: %s\nprogress: push\n%s%s%sprogress: pop\n%s" % (
        NOW, name, NOW, first.getvalue(), NOW, end)
    second = io.StringIO()
    with contextlib.redirect_stdout(second):
        _, _, crash = filtered(
            io.StringIO(stream), subunithelper.SubunitOps(second), "", "", Lists.expected,
            Lists.flapping)
    if crash:
        return {"crash": "second filter: " + crash}
    return formatted(io.StringIO(second.getvalue()))

def fmt(question):
    return formatted(io.StringIO(base64.b64decode(question["stream"]).decode()))

QUESTIONS = {"lists": lists, "ownLists": own_lists, "judge": judge, "run": run, "format": fmt}

for line in sys.stdin:
    question = json.loads(line)
    sys.stdout.write(json.dumps(QUESTIONS[question["ask"]](question)) + "\n")
    sys.stdout.flush()
