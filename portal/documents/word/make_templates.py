"""Writes the master templates: `python -m portal.documents.word.make_templates`. Run it after a change of a
form's `master` and commit both.
"""

from pathlib import Path

from portal.documents.archives import undated
from portal.documents.forms import FORMS
from portal.documents.word import FOLDER, saved


def make_all(folder: Path = FOLDER) -> None:
    """Writes every master into the folder; one that says what it said stays the same file."""
    for form in FORMS:
        path, made = folder / f"{form.template}.docx", saved(form.master().document)
        if not path.exists() or undated(path.read_bytes()) != made:
            path.write_bytes(made)


if __name__ == "__main__":
    make_all()
