"""Draws figures as SVG with gnuplot (Debian's gnuplot-nox). Without gnuplot nothing is drawn, and a line says so.

    lines("loss.svg", "Loss", "traps/s offered", "lost, %", {"sink": [(1000, 0), (2000, 1.5)]}, log_x=True)
"""

import pathlib
import shutil
import subprocess
import tempfile

SIZE = "960,600"
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000", "#999999")  # told apart by all eyes
SHAPES = (7, 5, 9, 11, 13, 6, 4, 8)  # filled circle, square, triangles, diamond; then hollow ones
PATIENCE = 60.0  # seconds


def lines(path, title, x_label, y_label, series, log_x=False, log_y=False):
    """One line with points per name of `series`, a dict of lists of (x, y). True where the figure stands at `path`.

    A logarithmic axis has no place for what is not above 0: such points are left out."""
    program = shutil.which("gnuplot")
    if not program:
        print(f"{path} is not drawn: gnuplot is missing (apt-get install gnuplot-nox)", flush=True)
        return False
    seen = {name: visible(points, log_x, log_y) for name, points in series.items()}
    seen = {name: points for name, points in seen.items() if points}
    if not seen:
        print(f"{path} is not drawn: no point to show", flush=True)
        return False
    with tempfile.TemporaryDirectory(prefix="trapline-") as place:
        done = subprocess.run([program, "-"], input=script(pathlib.Path(place), title, x_label, y_label, seen, log_x, log_y),
                              cwd=place, capture_output=True, text=True, timeout=PATIENCE)
        drawn = pathlib.Path(place) / "figure.svg"
        if done.returncode != 0 or not drawn.exists() or "</svg>" not in drawn.read_text():
            raise SystemExit(f"gnuplot did not draw {path}:\n{done.stderr}")
        shutil.copyfile(drawn, path)
    return True


def visible(points, log_x, log_y):
    return sorted((x, y) for x, y in points if (x > 0 or not log_x) and (y > 0 or not log_y))


def quoted(text):
    """gnuplot's single-quoted string, in which only the quote itself means something."""
    return "'" + str(text).replace("'", "''").replace("\n", " ") + "'"


def script(place, title, x_label, y_label, series, log_x, log_y):
    """Writes the data beside it, one file a series, so that no name can be taken for a command."""
    plots = []
    for number, (name, points) in enumerate(series.items()):
        (place / f"{number}.data").write_text("".join(f"{x!r} {y!r}\n" for x, y in points))
        colour, shape = COLOURS[number % len(COLOURS)], SHAPES[number % len(SHAPES)]
        plots.append(f"'{number}.data' using 1:2 with linespoints linewidth 2 linecolor rgb '{colour}' "
                     f"pointtype {shape} pointsize 0.8 title {quoted(name)} noenhanced")
    axes = [f"set logscale {axis}" for axis, is_log in (("x", log_x), ("y", log_y)) if is_log]
    return "\n".join([
        f"set terminal svg size {SIZE} font 'sans-serif,14' background rgb 'white'",
        "set output 'figure.svg'",
        f"set title {quoted(title)} noenhanced",
        f"set xlabel {quoted(x_label)} noenhanced",
        f"set ylabel {quoted(y_label)} noenhanced",
        "set key below left Left reverse samplen 2 height 2",
        "set grid xtics ytics linetype 1 linewidth 0.5 linecolor rgb '#cccccc'", "set border 3", "set tics nomirror",
        *axes, *ranges(series, log_x, log_y), "plot " + ", ".join(plots), ""])


def ranges(series, log_x, log_y):
    """Linear axes of what is never negative begin at 0; numbers are grouped as 10k, 1M where they are large."""
    points = [point for points in series.values() for point in points]
    found = []
    for axis, index, is_log in (("x", 0, log_x), ("y", 1, log_y)):
        values = [point[index] for point in points]
        if not is_log and min(values) >= 0:
            top = max(values) * 1.05
            found.append(f"set {axis}range [0:{top if top > 0 else 1}]")
        if max(values) >= 10_000:
            found.append(f"set format {axis} '%.0s%c'")
    return found
