"""The README's pictures are what the program draws today, and the README names them all with their commands."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage

from explorer.cli import run
from explorer.gallery import FOLDER, PICTURES, arguments

README = Path(__file__).parents[2] / "README.md"


def pixels(file: Path) -> np.ndarray:
    """Height × width × (red, green, blue)."""
    image = QImage(str(file)).convertToFormat(QImage.Format.Format_RGB888)
    assert not image.isNull(), file
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).astype(np.int16)


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_of_the_readme_is_what_is_drawn_today(name: str, tmp_path: Path, qapp: object) -> None:
    assert run(arguments(name, tmp_path)) == 0
    kept, today = pixels(FOLDER / name), pixels(tmp_path / name)
    assert kept.shape == today.shape
    assert (np.abs(kept - today).max(axis=2) > 32).mean() < 0.004


def test_the_readme_shows_every_picture_with_its_command() -> None:
    text = README.read_text(encoding="utf-8")
    for name, (words, command) in PICTURES.items():
        assert f"](resources/gallery/{name})" in text
        assert words in text
        assert f"map {name} {command}" in text
    assert sorted(file.name for file in FOLDER.iterdir()) == sorted(PICTURES)
