"""Print the words, or with `--refusals` the table of refusals, as JSON; the phone's build reads this."""

from __future__ import annotations

import json
import sys

from field_app_schema.words import collect_words, refusal_table


def main(arguments: list[str]) -> None:
    table = refusal_table() if "--refusals" in arguments else collect_words()
    json.dump(table, sys.stdout, ensure_ascii=False, indent=1, sort_keys=True)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main(sys.argv[1:])
