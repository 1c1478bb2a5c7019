"""What the comparison of notebooks can see: a lab's widget passes it, a changed number does not."""

import subprocess
import sys

import nbformat
import pytest

from authoring import execute, percent

# A lab as labs are: it shows itself as a sentence, a still, and, in a browser, live controls.
LAB = """
import base64, io
import ipywidgets
from IPython.display import display
from PIL import Image


class Lab(ipywidgets.VBox):
    def __init__(self):
        self.slider = ipywidgets.IntSlider(3, 0, 9, description="people")
        self.shown = ipywidgets.HTML()
        self.slider.observe(self.tell, "value")
        super().__init__([self.slider, self.shown])
        self.tell()

    def tell(self, change=None):
        self.shown.value = self.sentence()

    def sentence(self):
        return f"{self.slider.value} of 9 people are in."

    def still(self):
        file = io.BytesIO()
        Image.new("RGB", (40 * self.slider.value, 30), "navy").save(file, "PNG")
        return base64.b64encode(file.getvalue()).decode()

    def _repr_mimebundle_(self, **kwargs):
        live = super()._repr_mimebundle_(**kwargs)
        return {**live, "text/plain": self.sentence(), "image/png": self.still()}


lab = Lab()
lab
"""
MOVE = "lab.slider.value = 5\nprint(lab.sentence())"


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """The made-up lab, built as labs are built."""
    folder = tmp_path_factory.mktemp("lab")
    cells = [nbformat.v4.new_code_cell(source, id=f"c{n}") for n, source in enumerate((LAB, MOVE))]
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=nbformat.from_dict(percent.METADATA))
    return execute.execute(notebook, folder, "a_lab.ipynb")


def compared(folder, notebook):
    """The exit code and output of strict comparison on a notebook."""
    path = folder / "a_lab.ipynb"
    nbformat.write(notebook, path)
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--nbval", "-p", "no:cacheprovider", str(path)],
        cwd=folder,
        capture_output=True,
        text=True,
    )
    return ran.returncode, ran.stdout


def test_a_lab_is_stored_as_its_sentence_and_its_still(stored):
    data = stored.cells[0].outputs[0].data
    assert data["text/plain"] == "3 of 9 people are in." and data["image/png"]
    assert execute.WIDGET_VIEW not in data and "widgets" not in stored.metadata


@pytest.mark.slow
def test_a_stored_lab_passes_the_strict_comparison(stored, tmp_path):
    code, output = compared(tmp_path, stored)
    assert code == 0, output


@pytest.mark.slow
@pytest.mark.parametrize("cell", [0, 1])
def test_a_changed_stored_number_fails_it(stored, tmp_path, cell):
    changed = nbformat.reads(nbformat.writes(stored), as_version=4)
    output = changed.cells[cell].outputs[0]
    if cell == 0:
        output.data["text/plain"] = "4 of 9 people are in."
    else:
        output.text = "6 of 9 people are in.\n"
    code, said = compared(tmp_path, changed)
    assert code == 1 and "of 9 people are in." in said
