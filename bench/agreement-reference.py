"""Times reference implementations on the data that bench/agreement.ts wrote, and prints one JSON object.

Usage: python agreement-reference.py FOLDER. Packages that are missing or fail are left out and named.
"""

import json
import sys
import time
from pathlib import Path

folder = Path(sys.argv[1])
plan = json.loads((folder / "plan.json").read_text())
result = {"times": {}, "values": {}, "versions": {}, "missing": []}


def measure(name, run, repeats=1):
    best = None
    value = None
    for _ in range(repeats):
        wall, cpu = time.perf_counter(), time.process_time()
        value = run()
        spent = (time.process_time() - cpu, time.perf_counter() - wall)
        best = spent if best is None or spent < best else best
    result["times"][name] = {"cpu": best[0] * 1000, "wall": best[1] * 1000}
    return value


def version(package):
    from importlib.metadata import version as of

    result["versions"][package] = of(package)


def ratings(name):
    import numpy as np

    shape = plan["ratings"][name]
    codes = np.fromfile(folder / f"{name}.bin", dtype=np.int32).reshape(shape["items"], shape["annotators"])
    values = codes.astype(float)
    values[codes < 0] = np.nan
    return codes, values.T.copy()


def run_krippendorff():
    import krippendorff

    version("krippendorff")
    for name in plan["ratings"]:
        _, values = ratings(name)
        for level in ("nominal", "interval"):
            key = f"alpha {level} {name}"
            repeats = 5 if values.size < 1_000_000 else 1
            result["values"][key] = float(
                measure(
                    key,
                    lambda: krippendorff.alpha(reliability_data=values, level_of_measurement=level),
                    repeats,
                )
            )


def run_irrcac():
    import numpy as np
    import pandas as pd
    from irrCAC.raw import CAC

    version("irrCAC")
    codes, _ = ratings("50x2000")
    # With today's pandas it takes missing ratings for a category of their own, so that only its time can be compared.
    own = CAC(pd.DataFrame(np.where(codes < 0, np.nan, codes)))
    measure("AC1 50x2000", own.gwet)
    measure("Fleiss kappa 50x2000", own.fleiss)


def run_nltk():
    from nltk.metrics.agreement import AnnotationTask

    version("nltk")
    codes, _ = ratings("50x2000")
    data = [
        (str(annotator), str(item), str(code))
        for item, row in enumerate(codes)
        for annotator, code in enumerate(row)
        if code >= 0
    ]
    # Under a name of its own: the same figure is timed beside krippendorff too.
    result["values"]["alpha by NLTK 50x2000"] = float(
        measure("alpha by NLTK 50x2000", lambda: AnnotationTask(data).alpha())
    )


def run_sklearn():
    from sklearn.metrics import cohen_kappa_score

    version("scikit-learn")
    codes, _ = ratings("50x2000")
    columns = codes.T

    def kappas():
        total = 0.0
        for first in range(len(columns)):
            for second in range(first + 1, len(columns)):
                both = (columns[first] >= 0) & (columns[second] >= 0)
                total += cohen_kappa_score(columns[first][both], columns[second][both])
        return total

    result["values"]["kappas 1225 pairs"] = float(measure("kappas 1225 pairs", kappas))


def run_crowdkit():
    import pandas as pd
    from crowdkit.aggregation import DawidSkene

    version("crowd-kit")
    answers = pd.DataFrame(plan["answers"], columns=["worker", "task", "label"])
    model = DawidSkene(n_iter=50, tol=-1)
    measure("dawid skene 50 iterations", lambda: model.fit(answers))


def run_pygamma():
    import numpy as np
    from pygamma_agreement import CombinedCategoricalDissimilarity, Continuum, ShuffleContinuumSampler
    from pyannote.core import Segment

    version("pygamma-agreement")
    for name, lists in plan["continua"].items():
        continuum = Continuum()
        for annotator, units in enumerate(lists):
            continuum.add_annotator(str(annotator))
            for start, end, label in units:
                continuum.add(str(annotator), Segment(start, end), label)
        rule = CombinedCategoricalDissimilarity(alpha=1, beta=1, delta_empty=1.0)
        continuum.get_best_alignment(rule)
        alignment = measure(f"alignment {name}", lambda: continuum.get_best_alignment(rule), 3)
        result["values"][f"alignment {name}"] = float(alignment.disorder)
        if name in ("2x60", "3x60"):
            np.random.seed(1)
            sampler = ShuffleContinuumSampler()
            measure(
                f"gamma {name}, 30 samples",
                lambda: continuum.compute_gamma(rule, n_samples=30, sampler=sampler),
            )


for part in (run_krippendorff, run_irrcac, run_nltk, run_sklearn, run_crowdkit, run_pygamma):
    try:
        part()
    except Exception as error:  # One that fails must not cost the others.
        result["missing"].append(f"{part.__name__[4:]}: {error}")

print(json.dumps(result))
