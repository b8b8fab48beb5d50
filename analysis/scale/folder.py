"""Cohorts in folders of Parquet files, more than memory holds: each file is compared alone, on Dask where many work."""

import datetime as dt
import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.comparison.verdict import DEFAULT_RULE, Rule
from analysis.errors import InputError
from analysis.io import read_nights, read_patients, write_nights
from analysis.progress import Progress
from analysis.scale.partitions import compare_trials, joined

if TYPE_CHECKING:
    from distributed import LocalCluster

# Memory that a worker process may take before it is ended, in bytes.
MEMORY_LIMIT = 2_000_000_000
# A file needs the memory it needs: Dask neither waits for it to shrink nor tries again elsewhere.
_DASK = {
    "distributed.scheduler.allowed-failures": 0,
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.pause": False,
    # Its pages are open to everybody on the machine.
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
}


class WorkerError(RuntimeError):
    """A process that compared a file died."""


@dataclass(frozen=True, slots=True)
class CohortTable:
    """A compared cohort.

    Attributes
    ----------
    table : DataFrame
        As `analysis.compare_cohort` gives it.
    notes : tuple of str
        What was understood in the files, as in `analysis.io.NightTable`.
    """

    table: pd.DataFrame
    notes: tuple[str, ...]


def compare_folder(
    folder: str | Path,
    *,
    exposure: str | None = None,
    rule: Rule = DEFAULT_RULE,
    as_of: dt.date | str | None = None,
    secondary: bool = False,
    workers: int = 1,
    memory_limit: int = MEMORY_LIMIT,
    progress: Progress | None = None,
) -> CohortTable:
    """Compare the nights of every patient in a folder of Parquet files, at any depth.

    Parameters
    ----------
    folder : path
        All nights of a patient are in one file. Each file is read whole, so that a file's nights have to fit into
        memory (about 600 bytes a night) once for each worker.
    exposure, rule, as_of, secondary
        As for `analysis.scale.partitions.compare_trials`.
    workers : int
        Processes that share the files, at least 1. One compares in this process; more are a Dask cluster on this
        machine, which listens on 127.0.0.1 and is encrypted with keys of its own.
    memory_limit : int
        Bytes that each of several workers may take.
    progress : callable, optional
        Called with the files compared so far and the files in all.

    Returns
    -------
    CohortTable
        The same numbers as of all nights in one frame: q-values are computed over all patients, at the end.

    Raises
    ------
    InputError
        For a folder without nights, a patient in two files, and whatever `analysis.io.read_nights` and
        `analysis.compare_cohort` refuse; names the file.
    WorkerError
        If a worker dies, as one does that takes too much memory; names the file.
    OSError
        If a file cannot be read.
    """
    if workers < 1:
        raise InputError(f"workers: {workers} is not a whole number of at least 1")
    files = sorted(Path(folder).rglob("*.parquet"))
    if not files:
        raise InputError(f"{folder}: has no Parquet files (*.parquet)")
    _check_patients(files)
    compare = partial(_compare_file, exposure=exposure, rule=rule, as_of=as_of, secondary=secondary)
    found = list[CohortTable]()
    with _mapped(compare, files, workers, memory_limit) as results:
        for one in results:
            found.append(one)
            if progress:
                progress(len(found), len(files))
    tables = [one.table for one in found if len(one.table)]
    if not tables:
        raise InputError(f"{folder}: has no nights")
    return CohortTable(joined(tables), tuple(sorted({note for one in found for note in one.notes})))


def write_folder(frame: pd.DataFrame, folder: str | Path, *, patients_per_file: int = 10_000) -> None:
    """Write nights as `compare_folder` reads them.

    Parameters
    ----------
    frame : DataFrame
        Columns of `analysis.frame`.
    folder : path
        Made where it is missing; has to be empty.
    patients_per_file : int

    Raises
    ------
    InputError
        If the folder has files: a patient's old nights would join the new ones.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise InputError(f"{folder}: is not empty")
    codes, _ = pd.factorize(frame["patient_id"])
    for number, (_, part) in enumerate(frame.groupby(codes // patients_per_file)):
        write_nights(part, folder / f"patients-{number:05d}.parquet")


def _check_patients(files: list[Path]) -> None:
    """Refuse patients whose nights are in several files: each file would tell a part of their trial only."""
    read = dict[str, pd.Series]()
    for file in files:
        with _naming(file):
            read[str(file)] = read_patients(file)
    kinds = {file: "text" if ids.dtype == object else "numbers" for file, ids in read.items() if len(ids)}
    if len(set(kinds.values())) > 1:
        text, number = (next(file for file, kind in kinds.items() if kind == each) for each in ("text", "numbers"))
        raise InputError(f"patient_id: text in {text}, numbers in {number}; use one of them for all patients")
    ids = pd.concat(read.values())
    repeated = ids.duplicated().to_numpy()
    if repeated.any():
        patient = ids.iloc[int(np.argmax(repeated))]
        one, other, *_ = (file for file, each in read.items() if (each == patient).any())
        raise InputError(f"patient {patient} has nights in {one} and {other}; they belong in one file")


def _compare_file(file: Path, **how: Any) -> CohortTable:
    with _naming(file):
        nights = read_nights(file)
        return CohortTable(compare_trials(nights.frame, **how), nights.notes)


@contextmanager
def _naming(file: Path) -> Iterator[None]:
    try:
        yield
    except InputError as error:
        raise type(error)(f"{file}: {error}") from None


@contextmanager
def _mapped(
    compare: Callable[[Path], CohortTable], files: list[Path], workers: int, memory_limit: int
) -> Iterator[Iterable[CohortTable]]:
    if workers == 1:
        yield map(compare, files)
        return
    import dask
    from distributed import Client

    with (
        dask.config.set(_DASK),
        _cluster(min(workers, len(files)), memory_limit) as cluster,
        Client(cluster) as client,
    ):
        yield _results(client, compare, files)


def _cluster(workers: int, memory_limit: int) -> "LocalCluster":
    """Start worker processes that nobody else on the machine can reach."""
    from distributed import LocalCluster

    return LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        memory_limit=memory_limit,
        host="127.0.0.1",
        security=True,
        dashboard_address="127.0.0.1:0",
        scheduler_kwargs={"dashboard": False},
        silence_logs=logging.CRITICAL,
    )


def _results(client: Any, compare: Callable[[Path], CohortTable], files: list[Path]) -> Iterator[CohortTable]:
    from distributed import KilledWorker, as_completed

    futures = {client.submit(compare, file, pure=False): file for file in files}
    for future in as_completed(futures):
        try:
            yield future.result()
        except KilledWorker:
            raise WorkerError(
                f"{futures[future]}: the process that compared it died, perhaps for want of memory; "
                "put fewer patients into each file, or use fewer workers"
            ) from None
