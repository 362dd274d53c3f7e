"""Train the linear model: scikit-learn's LinearSVC on all views, one temperature.

The temperature is fitted on phrases that a half of the training did not see (Guo et al.
2017, "On Calibration of Modern Neural Networks").
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import median

import numpy as np
from scipy.optimize import minimize_scalar
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from bot.nlu.labels import target_id
from bot.nlu.linear import LinearModel, Memory, blocks_of, lengthened, softmax
from bot.nlu.repair import Speller
from bot.nlu.views import VIEWS, Floats, Transformer, folded, joined, views_of
from bot.nlu.vocabulary import real_words

MARGIN_COST = 0.3
FOLDS = 2
#: An entry taught a minute ago has a handful of phrases where the others have so many. Its
#: phrases count for as many more, up to a limit, and its score is raised by the logarithm:
#: otherwise it is hardly ever found beside the others.
WELL_TAUGHT = 80
MOST_SCARCE = 20.0
SCARCE_WEIGHT = 0.14
#: Among so many phrases a feature that stands in one of them alone is chance.
MANY_PHRASES = 2_000


class UntrainableError(ValueError):
    """The phrases cannot make a model: too few of them, or of a label."""


def train(
    texts: Sequence[str],
    labels: Sequence[str],
    seed: int = 0,
    dense: Mapping[str, Floats] | None = None,
) -> LinearModel:
    """Train on phrases and their labels; the order of the phrases does not matter.

    `dense` are sentence vectors of a larger model, one of the same length for each
    text; they stand beside the other views.

    Raises:
        UntrainableError: with fewer than two labels, or a label with fewer phrases
            than there are folds.
    """
    pairs = sorted(set(zip(labels, texts, strict=True)))
    counts = Counter(label for label, _ in pairs)
    thin = sorted(label for label, count in counts.items() if count < FOLDS)
    if thin:
        raise UntrainableError(f"fewer than {FOLDS} phrases for: {', '.join(thin)}")
    if len(counts) < 2:
        raise UntrainableError("at least two labels are needed")
    scarce = scarcity(counts)
    model = _fit(pairs, seed, dense or {}, scarce)
    model.temperature = _fit_temperature(pairs, seed, dense or {}, scarce)
    return model


def vectorizer(view: str, least: int = 1) -> TfidfVectorizer:
    """Return an unfitted vectorizer of a view, for terms of at least so many texts."""
    _, shape = VIEWS[view]
    return TfidfVectorizer(
        lowercase=False, sublinear_tf=True, dtype=np.float32, min_df=least, **shape
    )


def fit_view(view: str, texts: Sequence[str], least: int) -> Transformer:
    """Learn the terms that stand in at least so many texts, and their weights."""
    fitted = vectorizer(view, least).fit(texts)
    terms = sorted(fitted.vocabulary_, key=fitted.vocabulary_.get)
    return Transformer(view, terms, fitted.idf_.astype(np.float32))


def scarcity(counts: Mapping[str, int]) -> dict[str, float]:
    """Return, for the entries and flows with few phrases, how many times fewer they have."""
    targets = {label: count for label, count in counts.items() if target_id(label)}
    enough = min(WELL_TAUGHT, median(targets.values())) if targets else 0
    return {
        label: min(enough / count, MOST_SCARCE)
        for label, count in targets.items()
        if count < enough
    }


def _fit(
    pairs: Sequence[tuple[str, str]],
    seed: int,
    dense: Mapping[str, Floats],
    scarce: Mapping[str, float],
) -> LinearModel:
    """Fit on (label, text) pairs sorted by label."""
    read_texts = [folded(text) for _, text in pairs]
    read = [views_of(text) for text in read_texts]
    least = 1 + (len(pairs) >= MANY_PHRASES)
    transform = {view: fit_view(view, [v[view] for v in read], least) for view in VIEWS}
    blocks = blocks_of(transform, read)
    width = len(next(iter(dense.values()))) if dense else 0
    vectors = [dense[text] for _, text in pairs] if dense else None
    features = joined(blocks, lengthened(vectors, len(pairs), width))
    svc = LinearSVC(C=MARGIN_COST, random_state=seed, class_weight=dict(scarce) or None)
    svc.fit(features, [label for label, _ in pairs])
    coefficients, intercepts = svc.coef_, svc.intercept_
    if len(svc.classes_) == 2:  # LinearSVC keeps one row for two classes
        coefficients = np.vstack([-coefficients, coefficients])
        intercepts = np.array([-intercepts[0], intercepts[0]])
    raised = [SCARCE_WEIGHT * math.log(scarce.get(label, 1.0)) for label in svc.classes_]
    counts = Counter(word for text in read_texts for word in text.split())
    return LinearModel(
        svc.classes_.tolist(),
        transform,
        np.ascontiguousarray(coefficients.T.astype(np.float16)),
        (intercepts + raised).astype(np.float32),
        1.0,
        pairs,
        Speller.of(real_words(read_texts), counts),
        Memory.of(pairs, transform["stems"]),
        width,
    )


def _fit_temperature(
    pairs: Sequence[tuple[str, str]],
    seed: int,
    dense: Mapping[str, Floats],
    scarce: Mapping[str, float],
) -> float:
    """Return the temperature with the least log loss on phrases a half did not see."""
    labels = np.array([label for label, _ in pairs])
    names = sorted(set(labels.tolist()))
    truth = np.searchsorted(names, labels)
    held_out = np.zeros((len(pairs), len(names)), dtype=np.float32)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=seed)
    for seen, unseen in folds.split(labels, labels):
        model = _fit([pairs[i] for i in seen], seed, dense, scarce)
        texts = [pairs[i][1] for i in unseen]
        held_out[unseen] = model.scores(texts, [dense[text] for text in texts] if dense else None)

    def loss(temperature: float) -> float:
        chosen = softmax(held_out, temperature)[np.arange(len(truth)), truth]
        return float(-np.log(chosen + 1e-9).mean())

    return float(minimize_scalar(loss, bounds=(0.1, 50.0), method="bounded").x)
