"""Question after question in a terminal: history, completion, an answer or what is wrong; Ctrl-D ends it."""

import sys
from typing import Final

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import WordCompleter
from prompt_toolkit.history import InMemoryHistory

from lkj_xlsx.database import Database
from lkj_xlsx.errors import LkjError
from lkj_xlsx.query_answer import answer, tables_as_text
from lkj_xlsx.questions import QUESTIONS, as_text
from lkj_xlsx.schemas import SCHEMAS

WELCOME: Final = "Tulis satu SELECT, nama pertanyaan siap pakai, `tabel` atau `contoh`; Ctrl-D untuk selesai."
WORDS: Final = (
    *("SELECT", "FROM", "WHERE", "GROUP BY", "ORDER BY", "LIMIT", "jumlah(", "count(", "serapan("),
    *("tabel", "contoh", *(question.nama for question in QUESTIONS)),
)


def converse(database: Database, session: "PromptSession[str] | None" = None) -> None:
    """Answer questions until the end of input; what is refused is said, and the next one is asked."""
    columns = dict.fromkeys(column for schema in SCHEMAS.values() for column in schema)
    completer = WordCompleter([*WORDS, *SCHEMAS, *columns], ignore_case=True, WORD=False)
    asking = session or PromptSession("lkj> ", history=InMemoryHistory(), completer=completer)
    print(WELCOME)  # noqa: T201 - a conversation
    while True:
        try:
            text = asking.prompt().strip().rstrip(";")
        except EOFError:
            return
        except KeyboardInterrupt:
            continue
        if text:
            _answer(database, text)


def _answer(database: Database, text: str) -> None:
    """Answer one line."""
    ready = {question.nama: question.sql for question in QUESTIONS}
    if text in ("tabel", "contoh"):
        sys.stdout.write(tables_as_text() if text == "tabel" else as_text())
        return
    try:
        answer(database.ask(ready.get(text, text))).teks(sys.stdout)
    except LkjError as refusal:
        print(refusal)  # noqa: T201 - a conversation
    except KeyboardInterrupt:
        print("dihentikan")  # noqa: T201 - a conversation
