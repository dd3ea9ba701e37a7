"""What each document needs: a typed form per template (domain.md §5), with its master and a sample for
previews and tests. A form is written once, in a module of this folder; nothing lists it by hand.

`form.docx()` gives the Word file, `form.file_name` its name. The room builds the form from its selector.
"""

from importlib import import_module
from pkgutil import iter_modules

from portal.documents.forms.base import Form, NamedPerson, School, noting_undeclined, remarked


def _written_here() -> tuple[type[Form], ...]:
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
    return tuple(sorted(Form.__subclasses__(), key=lambda form: form.template))


FORMS = _written_here()

__all__ = ["FORMS", "Form", "NamedPerson", "School", "noting_undeclined", "remarked"]
