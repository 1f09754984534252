"""Where `schemas/` and `templates/` are: inside the installed package, or beside it in a checkout; it reads nothing."""

from __future__ import annotations

from pathlib import Path

from esgreport.errors import DefinitionError

_PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """The folder of that name (`schemas`, `templates`): in the wheel first, then beside the package.

    Errors: DefinitionError when it is in neither place, which means a broken installation.
    """
    for place in (_PACKAGE / name, _PACKAGE.parent / name):
        if place.is_dir():
            return place
    raise DefinitionError(f"The folder {name}/ is missing from the installation. Install esgreport again.")


def user_folder() -> Path:
    """Where what belongs to the user is kept between runs, on this computer; it need not be there yet."""
    from platformdirs import user_data_path

    return Path(user_data_path("esgreport"))
