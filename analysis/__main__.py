"""The command ``analyze``: the comparison on a file of nights."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import pandas as pd

from analysis.cohort import compare_cohort, compare_each
from analysis.errors import InputError
from analysis.frame import EXPOSURES
from analysis.io import NightTable, read_nights
from analysis.report import cohort_report, patient_report


class _Parser(argparse.ArgumentParser):
    """Tells what is wrong in one line, as every other wrong input is told."""

    def error(self, message: str) -> NoReturn:
        raise InputError(message)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    argv : sequence of str, optional
        ``analyze FILE [--json] [--exposure any|day|night] [--as-of DATE]``; by default the arguments of the process.

    Returns
    -------
    int
        0, or 2 where the input is wrong, after one line on standard error.
    """
    try:
        arguments = _parser().parse_args(argv)
        table = read_nights(arguments.file)
        print(_json(table, arguments) if arguments.json else _text(table, arguments))
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads has seen enough; Python would still complain when it flushes standard output at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except InputError as error:
        return _refused(str(error))
    except OSError as error:
        return _refused(f"{error.filename}: {error.strerror}" if error.filename else str(error))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="charley", description="Compare nights with and without compression stockings.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="analyze")
    analyze = commands.add_parser("analyze", help="compare the nights of a CSV file")
    analyze.add_argument("file", metavar="FILE", help="CSV with one row a night: Charley's own, or one kept by hand")
    analyze.add_argument("--json", action="store_true", help="write the results as JSON")
    analyze.add_argument(
        "--exposure", choices=EXPOSURES, help="which wear counts; by default what the file says, else any"
    )
    analyze.add_argument(
        "--as-of", metavar="DATE", help="last night that has passed; by default each patient's last row"
    )
    return parser


def _json(table: NightTable, arguments: argparse.Namespace) -> str:
    parts = (compare_each(frame, **chosen) for frame, chosen in _tested(table, arguments))
    found = sorted((each for part in parts for each in part), key=lambda each: each.patient_id)
    content = {"notes": list(table.notes), "results": [comparison.to_dict() for comparison in found]}
    return json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False)


def _text(table: NightTable, arguments: argparse.Namespace) -> str:
    tested = _tested(table, arguments)
    if table.frame["patient_id"].nunique() == 1:
        frame, chosen = tested[0]
        report = patient_report(compare_each(frame, **chosen)[0])
    else:
        parts = [compare_cohort(frame, **chosen) for frame, chosen in tested]
        report = cohort_report(pd.concat(parts).sort_values("patient_id"))
    notes = [f"  {note}" for note in table.notes]
    return "\n".join([*(["How the file was read:", *notes, ""] if notes else []), report])


def _tested(table: NightTable, arguments: argparse.Namespace) -> list[tuple[pd.DataFrame, dict[str, Any]]]:
    """Part the nights by the wear that each patient's trial tests."""
    frame = table.frame
    if frame.empty:
        raise InputError("the file has no nights")
    if arguments.exposure:
        return [(frame, {"exposure": arguments.exposure, "as_of": arguments.as_of})]
    said = frame["exposure"].astype(object).groupby(frame["patient_id"]).transform("first").fillna("any")
    return [(part, {"exposure": str(exposure), "as_of": arguments.as_of}) for exposure, part in frame.groupby(said)]


def _refused(message: str) -> int:
    print(f"charley analyze: {' '.join(message.split())}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
