"""Loss, SynOps and gradients of two whole networks by PyTorch, for reference.test.ts.

    python3 make_reference.py > pytorch.json

An implementation of its own: nothing here comes from Spikewright but the formula for weights and inputs, which both sides
compute to the last bit. Weights are multiples of 2^-10 and inputs of 2^-8, so that with quantized activations every sum in
a forward pass is exact in 32 bits, whatever its order, and no floor can fall to the other side. The smallest weight of each
layer is minus a power of two, and the largest 127/128 of that at most: so its 8-bit scale is a power of two as well.
"""
import json
import platform

import numpy as np
import torch
import torch.nn.functional as F


def noise(count, seed):
    """Whole numbers in 0..2^32-1: two rounds of the finaliser of MurmurHash3 over the place."""
    h = (np.arange(count, dtype=np.uint64) + np.uint64(seed) * np.uint64(1000003)) & np.uint64(0xFFFFFFFF)
    for _ in range(2):
        h ^= h >> np.uint64(16)
        h = (h * np.uint64(0x85EBCA6B)) & np.uint64(0xFFFFFFFF)
        h ^= h >> np.uint64(13)
        h = (h * np.uint64(0xC2B2AE35)) & np.uint64(0xFFFFFFFF)
        h ^= h >> np.uint64(16)
    return h


def weights(shape, seed, bound):
    """Multiples of 2^-10 from -bound, which the first is, to bound * 127 / 128, in PyTorch's order [out, in, ky, kx]."""
    steps = int(bound * 1024)
    values = (noise(int(np.prod(shape)), seed) % np.uint64(2 * steps)).astype(np.int64) - steps
    values = np.minimum(values, steps * 127 // 128)
    values[0] = -steps
    return torch.tensor(values.reshape(shape) / 1024.0, dtype=torch.float64)


def event_frames(shape, seed):
    """Counts: 0 at five places of eight, else 1, 2 or 3; [sample, feature, y, x]."""
    values = (noise(int(np.prod(shape)), seed) % np.uint64(8)).astype(np.int64) - 4
    return torch.tensor(np.maximum(values, 0).reshape(shape), dtype=torch.float64)


def images(shape, seed):
    """Multiples of 1/256 in [0, 1); [sample, feature, y, x]."""
    values = (noise(int(np.prod(shape)), seed) % np.uint64(256)).astype(np.int64)
    return torch.tensor(values.reshape(shape) / 256.0, dtype=torch.float64)


class Quantized(torch.autograd.Function):
    """floor(relu(x)), gradient of relu."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return torch.floor(F.relu(x))

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        return dy * (x > 0)


class Chip(torch.autograd.Function):
    """8-bit weights in units of the threshold, gradient straight through."""

    @staticmethod
    def forward(ctx, w, divisor):
        scale = min(127 * divisor / w.max().item(), 128 * divisor / -w.min().item(), 32767)
        threshold = max(1, round(scale))
        return torch.round(w * (scale / divisor)) * (divisor / threshold)

    @staticmethod
    def backward(ctx, dy):
        return dy, None


# conv: features, kernel, stride, padding, bound of the weights; the fan-outs are those that Sorbaro et al. typed by hand
# (input first), or the same rule for the small net.
NETS = {
    "mnistDvs": {
        "input": [1, 64, 64],
        "inputKind": "events",
        "countInput": True,
        "fanOuts": [72, 108, 108, 10, 0],
        "layers": [
            {"type": "conv", "features": 8, "kernel": 3, "stride": 1, "padding": 0, "bound": 1},
            {"type": "averagePool", "size": 2},
            {"type": "conv", "features": 12, "kernel": 3, "stride": 1, "padding": 0, "bound": 0.5},
            {"type": "averagePool", "size": 2},
            {"type": "conv", "features": 12, "kernel": 3, "stride": 1, "padding": 0, "bound": 0.5},
            {"type": "averagePool", "size": 2},
            {"type": "linear", "features": 10, "bound": 0.5},
        ],
        "batch": 4,
        "target": 321289.514,
        "alpha": 1e-6,
    },
    "allConv": {
        "input": [3, 17, 16],
        "inputKind": "images",
        "countInput": False,
        "fanOuts": [0, 36, 144, 144, 16, 10, 0],
        "layers": [
            {"type": "conv", "features": 8, "kernel": 3, "stride": 1, "padding": 1, "bound": 1},
            {"type": "conv", "features": 16, "kernel": 3, "stride": 2, "padding": 1, "bound": 0.5},
            {"type": "conv", "features": 16, "kernel": 3, "stride": 1, "padding": 1, "bound": 0.5},
            {"type": "conv", "features": 16, "kernel": 3, "stride": 1, "padding": 1, "bound": 0.5},
            {"type": "conv", "features": 16, "kernel": 1, "stride": 1, "padding": 0, "bound": 0.5},
            {"type": "conv", "features": 10, "kernel": 1, "stride": 1, "padding": 0, "bound": 1},
            {"type": "sumPool", "size": 8},
        ],
        "batch": 6,
        "target": 50000,
        "alpha": 1e-5,
    },
}


def first_weights(net):
    tensors, divisors, divisor = [], [], 1
    features, height, width = net["input"]
    for layer in net["layers"]:
        if layer["type"] in ("averagePool", "sumPool"):
            height, width = height // layer["size"], width // layer["size"]
            if layer["type"] == "averagePool":
                divisor *= layer["size"] ** 2
            continue
        if layer["type"] == "linear":
            shape = [layer["features"], features * height * width]
            height = width = 1
        else:
            k, s, p = layer["kernel"], layer["stride"], layer["padding"]
            shape = [layer["features"], features, k, k]
            height, width = (height + 2 * p - k) // s + 1, (width + 2 * p - k) // s + 1
        tensors.append(weights(shape, 11 + len(tensors), layer["bound"]).requires_grad_())
        divisors.append(divisor)
        divisor = 1
        features = layer["features"]
    return tensors, divisors


def forward(net, x, tensors, divisors, quantized, chip):
    relu = Quantized.apply if quantized else F.relu
    spikes = [x.sum() / len(x) if net["countInput"] else torch.zeros((), dtype=torch.float64)]
    nth = 0
    for layer in net["layers"]:
        if layer["type"] == "averagePool":
            x = F.avg_pool2d(x, layer["size"])
            continue
        if layer["type"] == "sumPool":
            x = F.avg_pool2d(x, layer["size"], divisor_override=1)
            continue
        w = Chip.apply(tensors[nth], divisors[nth]) if chip else tensors[nth]
        if layer["type"] == "linear":
            x = F.linear(x.flatten(1), w)[:, :, None, None]
        else:
            x = F.conv2d(x, w, stride=layer["stride"], padding=layer["padding"])
        active = relu(x)
        spikes.append(active.sum() / len(x))
        nth += 1
        # A plain network has no ReLU behind its last layer.
        if quantized or nth < len(tensors):
            x = active
    synops = [s * f for s, f in zip(spikes, net["fanOuts"])]
    return x.sum((2, 3)), spikes, synops


def figures(tensor):
    flat = tensor.detach().flatten()
    places = [0, len(flat) // 3, len(flat) // 2, len(flat) - 1]
    return {
        "sum": flat.sum().item(),
        "norm": flat.norm().item(),
        "places": places,
        "values": [flat[i].item() for i in places],
    }


CASES = [
    {"name": "quantized, SynOp target", "quantized": True, "chip": False, "term": "target"},
    {"name": "quantized, alpha times SynOps", "quantized": True, "chip": False, "term": "alpha"},
    {"name": "quantized, alpha times spikes (L1)", "quantized": True, "chip": False, "term": "l1"},
    {"name": "quantized, 8-bit weights, SynOp target", "quantized": True, "chip": True, "term": "target"},
    {"name": "plain ReLU, cross entropy alone", "quantized": False, "chip": False, "term": "none"},
    {"name": "plain ReLU, 8-bit weights, SynOp target", "quantized": False, "chip": True, "term": "target"},
]


def total_loss(net, case, logits, labels, spikes, synops):
    cross = F.cross_entropy(logits, labels)
    term = {
        "target": lambda: ((sum(synops) - net["target"]) / net["target"]) ** 2,
        "alpha": lambda: net["alpha"] * sum(synops),
        "l1": lambda: net["alpha"] * sum(spikes),
        "none": lambda: torch.zeros((), dtype=torch.float64),
    }[case["term"]]()
    return cross, cross + term


def reference(net):
    shape = [net["batch"], *net["input"]]
    x = event_frames(shape, 7) if net["inputKind"] == "events" else images(shape, 7)
    labels = torch.tensor([(3 * i + 1) % 10 for i in range(net["batch"])])
    cases = []
    for case in CASES:
        tensors, divisors = first_weights(net)
        logits, spikes, synops = forward(net, x, tensors, divisors, case["quantized"], case["chip"])
        cross, loss = total_loss(net, case, logits, labels, spikes, synops)
        loss.backward()
        cases.append({
            **case,
            "logits": logits[0].tolist(),
            "spikes": [s.item() for s in spikes],
            "synOps": [s.item() for s in synops],
            "crossEntropy": cross.item(),
            "loss": loss.item(),
            "gradients": [figures(t.grad) for t in tensors],
        })
    # A short training without the floor, whose jumps would let the last bits decide.
    tensors, divisors = first_weights(net)
    optimizer = torch.optim.Adam(tensors, lr=1e-3, weight_decay=1e-3)
    losses = []
    for _ in range(5):
        optimizer.zero_grad()
        logits, spikes, synops = forward(net, x, tensors, divisors, False, False)
        _, loss = total_loss(net, CASES[0], logits, labels, spikes, synops)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return {
        **net,
        "labels": labels.tolist(),
        "cases": cases,
        "adam": {"learningRate": 1e-3, "weightDecay": 1e-3, "losses": losses, "weights": [figures(t) for t in tensors]},
    }


if __name__ == "__main__":
    torch.manual_seed(0)
    print(json.dumps({
        "provenance": {
            "script": "make_reference.py",
            "torch": torch.__version__,
            "numpy": np.__version__,
            "python": platform.python_version(),
            "arithmetic": "float64",
        },
        "nets": {name: reference(net) for name, net in NETS.items()},
    }, indent=1))
