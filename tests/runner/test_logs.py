"""Log files: their format and reader, masking, cutting, size."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradewind.authoring.secrets import mask_secret, masker
from tradewind.model.log_format import parse_lines, prefix, read_log
from tradewind.runner.line_splitter import KEEP_CHARACTERS, LineSplitter
from tradewind.runner.log_file import TAIL_LINES, LogFile
from tradewind.runner.log_formats import MAX_LINE_CHARACTERS, JsonFormat, format_of
from tradewind.runner.raw_output import RawOutput


@pytest.fixture
def path(tmp_path):
    yield str(tmp_path / "some" / "folder" / "try.log")
    masker().reset()


def texts(path):
    return [record.text for record in read_log(path)]


def test_a_record_comes_back_as_it_was_written(path):
    log = LogFile(path)
    log.write_record("ERROR", "my.logger", "first\nsecond")
    log.finish()
    (record,) = read_log(path)
    assert (record.level, record.logger, record.text) == ("ERROR", "my.logger", "first\nsecond")
    assert record.at.tzinfo is not None


def test_the_format():
    assert prefix("INFO", "my logger", at=1.25) == "1970-01-01T00:00:01.250Z INFO     my_logger "


@given(st.lists(st.text(st.characters(exclude_characters="\n\r", exclude_categories=["Cs"]), max_size=50), min_size=1))
def test_any_text_survives_and_no_text_passes_for_another_record(lines):
    start = prefix("INFO", "stdout")
    written = [f"{start}{'+' if number else '|'} {line}\n" for number, line in enumerate(lines)]
    (record,) = parse_lines(written)
    assert record.text == "\n".join(lines)


def test_lines_without_a_prefix_belong_to_the_record_before():
    (record,) = parse_lines(["2026-01-01T00:00:00.123Z INFO     x | a\n", "torn"])
    assert record.text == "a\ntorn"


def test_a_try_without_output_has_no_file(path):
    LogFile(path).finish()
    assert not os.path.exists(path)


def test_a_log_that_cannot_be_written_fails_nobody(tmp_path):
    (tmp_path / "file").write_text("")
    log = LogFile(str(tmp_path / "file" / "try.log"))
    log.write_lines("INFO", "stdout", ["lost"])
    log.finish()


def test_secrets_are_masked_before_lines_are_cut(path):
    mask_secret("s3cr3t-across-the-cut")
    mask_secret("two lines\nof a secret key")
    log = LogFile(path)
    log.write_lines("INFO", "stdout", ["x" * (MAX_LINE_CHARACTERS - 3) + "s3cr3t-across-the-cut"])
    log.write_lines("INFO", "stdout", ["two lines", "of a secret key"])
    log.finish()
    text = Path(path).read_text()
    assert "s3c" not in text
    assert "secret key" not in text


def test_a_long_line_is_cut_and_says_so(path):
    log = LogFile(path)
    log.write_lines("INFO", "stdout", ["x" * (MAX_LINE_CHARACTERS + 1_000)])
    log.finish()
    (text,) = texts(path)
    assert len(text) < MAX_LINE_CHARACTERS + 100
    assert text.endswith("[…1,000 more characters of this line are cut]")


def test_a_log_over_its_size_keeps_its_start_its_warnings_and_its_end(path):
    log = LogFile(path, max_bytes=10_000)
    for number in range(2_000):
        log.write_lines("INFO", "stdout", [f"line {number}"])
    log.write_record("ERROR", "my.logger", "it broke")
    log.finish()
    found = texts(path)
    assert found[0] == "line 0"
    assert found[-1] == "line 1999"
    assert "it broke" in found
    assert any("lines left out" in text for text in found)
    assert os.path.getsize(path) < 10_000 + 100 * TAIL_LINES


# ------------------------------------------------------------------------------------ lines


@given(st.text(st.characters(exclude_characters="\r", exclude_categories=["Cs"])), st.lists(st.integers(0, 50)))
def test_lines_do_not_depend_on_how_the_text_was_cut_up(text, cuts):
    splitter, found, rest = LineSplitter(), [], text
    for cut in cuts:
        found += splitter.feed(rest[:cut])
        rest = rest[cut:]
    found += splitter.feed(rest) + splitter.flush()
    assert found == (text[:-1] if text.endswith("\n") else text).split("\n") if text else found == []


@pytest.mark.parametrize(
    ("pieces", "lines"),
    [
        (["\r 10%", "\r 50%", "\r100%\n"], ["100%"]),
        (["windows\r\n", "lines\r\n"], ["windows", "lines"]),
        (["half", " a line"], ["half a line"]),
        (["a\n\n", "b\n"], ["a", "", "b"]),
    ],
)
def test_the_splitter(pieces, lines):
    splitter = LineSplitter()
    assert [line for piece in pieces for line in splitter.feed(piece)] + splitter.flush() == lines


def test_a_line_without_end_takes_bounded_memory():
    splitter = LineSplitter()
    found = [line for _ in range(100) for line in splitter.feed("x" * 10_000)]
    assert [len(line) for line in found] == [KEEP_CHARACTERS]
    assert len(splitter._pending) <= KEEP_CHARACTERS
    (note, after) = splitter.feed("x\nnext\n")
    assert f"{1_000_001 - KEEP_CHARACTERS:,} more characters" in note
    assert after == "next"


# ------------------------------------------------------------------------------------ raw output


def test_raw_output_goes_to_the_log_its_card_names_masked(path, tmp_path):
    output = RawOutput()
    output.card.set_log(path)
    output.card.add_secret("only-the-child-knows")
    os.write(output.out_write, b"said only-the-child-knows, \xff\n")
    os.write(output.err_write, b"no end")
    for descriptor in output.descriptors:
        output.pump(descriptor)
    output.card.set_log(str(tmp_path / "next.log"))
    output.close_write_ends()
    output.finish()
    assert texts(path) == ["said ***, \ufffd"]
    assert texts(tmp_path / "next.log") == ["no end"]


STAMP = '"dag_id":"d","task_id":"t","try_number":1'


def test_json_has_a_record_a_line_and_says_which_try_it_is_of(path: str) -> None:
    log = LogFile(path, written_as=format_of(STAMP))
    log.write_lines("INFO", "stdout", ['a "quoted" line', "ä"])
    log.write_record("ERROR", "my.logger", "one\ntwo")
    log.finish()

    lines = [json.loads(line) for line in Path(path).read_text().splitlines()]

    assert [line["event"] for line in lines] == ['a "quoted" line', "ä", "one\ntwo"]
    assert {(line["dag_id"], line["task_id"], line["try_number"]) for line in lines} == {("d", "t", 1)}
    assert [line["level"] for line in lines] == ["info", "info", "error"]


def test_json_is_read_as_text_is(path: str) -> None:
    log = LogFile(path, written_as=JsonFormat(STAMP))
    log.write_record("ERROR", "my.logger", "one\ntwo")
    log.finish()
    with open(path, "a") as file:
        file.write('{"timestamp":"2026-01-01T00:00:00.123Z","level":"in')  # cut off by a full disk

    (record,) = read_log(path)

    assert (record.level, record.logger) == ("ERROR", "my.logger")
    assert record.text.startswith("one\ntwo")


def test_half_a_surrogate_pair_is_no_reason_to_lose_a_line(path: str) -> None:
    log = LogFile(path, written_as=format_of(STAMP))
    log.write_lines("INFO", "stdout", ["\ud800"])
    log.finish()

    assert len(list(read_log(path))) == 1
