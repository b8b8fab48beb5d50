from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.reading import sheet
from analysis.reading.cells import Notes, Sheet

# Cells with everything that readers of CSV differ about.
CELLS = st.text(st.sampled_from(list("a1,;\"' =-\n\r\té😀")), max_size=4)
QUOTED = CELLS.map(lambda cell: '"' + cell.replace('"', '""') + '"')
ROWS = st.lists(st.lists(CELLS | QUOTED, min_size=1, max_size=3).map(",".join), max_size=6)


def cells(found: Sheet) -> list[list[str]]:
    columns = [found.column(at) for at in range(len(found.header))]
    return [[column.texts[code] for code in column.codes] for column in columns]


@settings(max_examples=500)
@given(ROWS, st.sampled_from(["\n", "\r\n", "\r"]))
def test_the_fast_way_gives_what_the_careful_way_gives_or_nothing(rows: list[str], end: str) -> None:
    table = sheet._Table(end.join(["x,y", *rows]), ",", 0)
    fast = sheet._regular(table)
    if fast is not None:
        careful = sheet._any(table, Notes())
        assert (fast.header, fast.rows.tolist(), cells(fast)) == (careful.header, careful.rows.tolist(), cells(careful))


def test_a_file_as_charley_writes_it_takes_the_fast_way() -> None:
    text = 'patient_id,night_date,note\r\na,2026-11-03,"two\r\nlines, ""quoted"""\r\nb,2026-11-04,\r\n'
    found = sheet._regular(sheet._Table(text, ",", 0))
    assert found is not None
    assert found.rows.tolist() == [2, 4]
    assert cells(found)[2] == ['two\r\nlines, "quoted"', ""]


def test_lines_out_of_the_ordinary_take_the_careful_way() -> None:
    for text in (
        "a,b\n1,2\n\n3,4\n",
        "a,b\n1\n",
        "a,b\n1,2,3\n",
        "a,b\n ,\n",
        '"a\nb",c\n1,2\n',
        "\na,b\n1,2\n",
        "a,b\n",
    ):
        assert sheet._regular(sheet._Table(text, ",", 0)) is None, text
