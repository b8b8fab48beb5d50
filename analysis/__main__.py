"""The command ``analyze``: the comparison on a file of nights, or on a folder of files."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import pandas as pd

from analysis.cohort import compare_each
from analysis.comparison.fdr import q_values
from analysis.errors import InputError
from analysis.frame import EXPOSURES
from analysis.io import NightTable, read_nights, write_table
from analysis.progress import bar_on_terminal
from analysis.results import Comparison
from analysis.scale.folder import WorkerError, compare_folder
from analysis.scale.partitions import compare_trials, partition
from analysis.telling.report import cohort_report, patient_report


class _Parser(argparse.ArgumentParser):
    """Tells what is wrong in one line, as every other wrong input is told."""

    def error(self, message: str) -> NoReturn:
        raise InputError(message)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    argv : sequence of str, optional
        ``analyze FILE|FOLDER`` and options, see ``analyze --help``; by default the arguments of the process.

    Returns
    -------
    int
        0; 2 where the input is wrong and 1 where a worker died, after one line on standard error.
    """
    try:
        arguments = _parser().parse_args(argv)
        print(_folder(arguments) if arguments.file.is_dir() else _file(arguments))
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads has seen enough; Python would still complain when it flushes standard output at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except InputError as error:
        return _refused(str(error))
    except WorkerError as error:
        return _refused(str(error), status=1)
    except OSError as error:
        return _refused(f"{error.filename}: {error.strerror}" if error.filename else str(error))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="charley", description="Compare nights with and without compression stockings.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="analyze")
    analyze = commands.add_parser("analyze", help="compare the nights of a file, or of a folder of files")
    analyze.add_argument(
        "file",
        metavar="FILE|FOLDER",
        type=Path,
        help="CSV or Parquet with one row a night: Charley's own, or one kept by hand; or a folder of Parquet files, "
        "each of which has all nights of its patients and is read whole",
    )
    analyze.add_argument(
        "--json", action="store_true", help="print the results as JSON; those of a folder without needs and warnings"
    )
    analyze.add_argument(
        "--output", metavar="TABLE", type=Path, help="also write one row a patient to this file, .csv or .parquet"
    )
    analyze.add_argument(
        "--exposure", choices=EXPOSURES, help="which wear counts; by default what the file says, else any"
    )
    analyze.add_argument(
        "--as-of", metavar="DATE", help="last night that has passed; by default each patient's last row"
    )
    analyze.add_argument(
        "--secondary", action="store_true", help="add cramp-free nights, minutes and pain to the table of a cohort"
    )
    analyze.add_argument("--workers", metavar="N", type=int, help="processes that share the files of a folder; 1")
    return parser


def _file(arguments: argparse.Namespace) -> str:
    if arguments.workers is not None:
        raise InputError(f"argument --workers: {arguments.file} is no folder, and only a folder's files are shared")
    _check_output(arguments)
    with bar_on_terminal("reading") as progress:
        nights = read_nights(arguments.file, progress=progress)
    if nights.frame.empty:
        raise InputError("the file has no nights")
    one = nights.frame["patient_id"].nunique() == 1
    if arguments.output or not (one or arguments.json):
        with bar_on_terminal("comparing") as progress:
            table = compare_trials(nights.frame, progress=progress, **_how(arguments))
        _write(table, arguments)
    if arguments.json:
        return _json([each.to_dict() for each in _each(nights, arguments)], nights.notes)
    return _text(patient_report(*_each(nights, arguments)) if one else cohort_report(table), nights.notes)


def _folder(arguments: argparse.Namespace) -> str:
    _check_output(arguments)
    workers = 1 if arguments.workers is None else arguments.workers
    with bar_on_terminal("comparing") as progress:
        found = compare_folder(arguments.file, workers=workers, progress=progress, **_how(arguments))
    _write(found.table, arguments)
    if arguments.json:
        rows = found.table.astype(object).where(found.table.notna(), None).to_dict("records")
        return _json([{str(name): value for name, value in row.items()} for row in rows], found.notes)
    return _text(cohort_report(found.table), found.notes)


def _how(arguments: argparse.Namespace) -> dict[str, Any]:
    return {name: getattr(arguments, name) for name in ("exposure", "as_of", "secondary")}


def _each(nights: NightTable, arguments: argparse.Namespace) -> list[Comparison]:
    """Compare every patient in full."""
    parts, found = partition(nights.frame, arguments.exposure), list[Comparison]()
    with bar_on_terminal("comparing") as progress:
        for done, (part, exposure) in enumerate(parts, start=1):
            found += compare_each(part, exposure=exposure, as_of=arguments.as_of)
            if progress:
                progress(done, len(parts))
    return sorted(found, key=lambda each: each.patient_id)


def _check_output(arguments: argparse.Namespace) -> None:
    if arguments.output and arguments.output.suffix not in (".csv", ".parquet"):
        raise InputError(f"argument --output: {arguments.output} ends neither in .csv nor in .parquet")


def _write(table: pd.DataFrame, arguments: argparse.Namespace) -> None:
    if arguments.output:
        write_table(table, arguments.output)


def _json(results: list[dict[str, Any]], notes: Sequence[str]) -> str:
    """Write one patient's result for the eye, many one a line with their q-values."""
    if len(results) == 1:
        return json.dumps({"notes": notes, "results": results}, indent=2, ensure_ascii=False, allow_nan=False)
    p = np.array([result["p_help"] for result in results], dtype=np.float64)
    for result, q in zip(results, q_values(p).tolist(), strict=True):
        result["q_value"] = None if np.isnan(q) else q
    lines = ",\n".join(json.dumps(result, ensure_ascii=False, allow_nan=False) for result in results)
    return f'{{"notes": {json.dumps(notes, ensure_ascii=False)},\n"results": [\n{lines}\n]}}'


def _text(report: str, notes: Sequence[str]) -> str:
    told = [f"  {note}" for note in notes]
    return "\n".join([*(["How the nights were read:", *told, ""] if told else []), report])


def _refused(message: str, status: int = 2) -> int:
    print(f"charley analyze: {' '.join(message.split())}", file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
