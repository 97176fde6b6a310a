"""Says what Python's re.match makes of expressions: a question and an answer a line, in JSON."""

import json
import re
import sys
import warnings

warnings.simplefilter("ignore")
for line in sys.stdin:
    question = json.loads(line)
    answer = []
    for expression in question["expressions"]:
        try:
            pattern = re.compile(expression)
        except Exception as failure:
            answer.append(str(failure))
            continue
        answer.append([pattern.match(text) is not None for text in question["texts"]])
    sys.stdout.write(json.dumps({"answers": answer}) + "\n")
    sys.stdout.flush()
