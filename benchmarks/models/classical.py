"""Models of scikit-learn, as skl2onnx writes them."""

import numpy as np
from skl2onnx import to_onnx
from sklearn.datasets import load_breast_cancer, load_diabetes
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVR


def write(folder):
    """Writes pipelines and their rows; gives their scores."""
    cancer, diabetes = load_breast_cancer(), load_diabetes()
    x, y = cancer.data.astype(np.float32), cancer.target
    dx, dy = diabetes.data.astype(np.float32) * 20, diabetes.target / 100
    models = {
        "sk_scaled_logistic": (make_pipeline(StandardScaler(), LogisticRegression(C=0.5)), x, y),
        "sk_scaled_mlp_tanh": (make_pipeline(StandardScaler(), MLPClassifier(
            (12,), "tanh", alpha=0.1, max_iter=400, random_state=1)), x, y),
        "sk_linear": (LinearRegression(), dx, dy),
        "sk_svr_cubic": (SVR(kernel="poly", degree=3, gamma=0.05, coef0=1, C=0.5), dx, dy),
    }
    meta = {}
    for name, (model, rows, target) in models.items():
        split = 2 * len(rows) // 3
        model.fit(rows[:split], target[:split])
        proto = to_onnx(model, rows[:1], target_opset={"": 15, "ai.onnx.ml": 3})
        (folder / f"{name}.onnx").write_bytes(proto.SerializeToString())
        source = "cancer" if rows is x else "diabetes"
        np.save(folder / f"{source}_test.npy", rows[split:])
        np.save(folder / f"{source}_calibration.npy", rows[:split])
        score = round(float(model.score(rows[split:], target[split:])), 4)
        meta[name] = {"rows": source, "accuracy": score}
        print(name, meta[name], flush=True)
    return meta
