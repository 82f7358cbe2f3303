import subprocess
import sys


def test_a_command_looks_for_cycles_seldom() -> None:
    code = "import gc; from lkj_xlsx.cli import main\ntry: main(['--version'])\nfinally: print(gc.get_threshold()[0])"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)  # noqa: S603 - our own
    assert done.stdout.splitlines()[-1] == "500000"
