"""The same training step in PyTorch, on one thread, for `npm run bench`: `training-step.py NET BATCH`.

Says "ready", then runs as many steps as each line of standard input says and prints the seconds of processor time.
"""

import sys
import time

import torch
from torch import nn

torch.set_num_threads(1)


class FloorRelu(torch.autograd.Function):
    """floor(max(0, x)) with the gradient of a plain ReLU."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return torch.floor(torch.relu(x))

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        return dy * (x > 0)


class Neurons(nn.Module):
    """A quantized ReLU that adds the SynOps of its spikes, mean over the batch, to a list."""

    def __init__(self, fan_out, costs):
        super().__init__()
        self.fan_out, self.costs = fan_out, costs

    def forward(self, x):
        y = FloorRelu.apply(x)
        self.costs.append(y.sum() * (self.fan_out / len(x)))
        return y


class InputCost(nn.Module):
    def __init__(self, fan_out, costs):
        super().__init__()
        self.fan_out, self.costs = fan_out, costs

    def forward(self, x):
        self.costs.append(x.sum() * (self.fan_out / len(x)))
        return x


def conv(i, o, k, **options):
    return nn.Conv2d(i, o, k, bias=False, **options)


def mnist_dvs(costs):
    return (1, 64, 64), nn.Sequential(
        InputCost(72, costs),
        conv(1, 8, 3), Neurons(108, costs), nn.AvgPool2d(2),
        conv(8, 12, 3), Neurons(108, costs), nn.AvgPool2d(2),
        conv(12, 12, 3), Neurons(10, costs), nn.AvgPool2d(2),
        nn.Dropout2d(0.5), nn.Flatten(),
        nn.Linear(432, 10, bias=False), Neurons(0, costs),
    )  # fmt: skip


def all_convnet(costs):
    a, b = 96, 192
    rows = [
        (3, a, 3, 1, 1, 9 * a), (a, a, 3, 1, 1, 9 * b / 4), (a, b, 3, 2, 1, 9 * b),
        (b, b, 3, 1, 1, 9 * b), (b, b, 3, 1, 1, 9 * b / 4), (b, b, 3, 2, 1, 9 * b),
        (b, b, 3, 1, 1, b), (b, b, 1, 1, 0, 10), (b, 10, 1, 1, 0, 1),
    ]  # fmt: skip
    layers = [nn.Dropout2d(0.2)]
    for n, (i, o, k, stride, padding, fan_out) in enumerate(rows):
        layers += [conv(i, o, k, stride=stride, padding=padding), Neurons(fan_out, costs)]
        if n < len(rows) - 1:
            layers.append(nn.Dropout2d(0.1))
    return (3, 32, 32), nn.Sequential(*layers, nn.AvgPool2d(8, divisor_override=1), nn.Flatten())


def main():
    net, batch = sys.argv[1], int(sys.argv[2])
    costs = []
    shape, model = {"mnist-dvs": mnist_dvs, "cifar10-all-convnet": all_convnet}[net](costs)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-5)
    x = torch.floor(torch.rand(batch, *shape) * 3)
    labels = torch.arange(batch) % 10
    target = 1e6

    def step():
        costs.clear()
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(x), labels)
        loss = loss + 1e-6 * ((sum(costs) - target) / target) ** 2
        loss.backward()
        optimizer.step()
        return loss.item()

    print("ready", flush=True)
    for line in sys.stdin:
        start = time.process_time()
        for _ in range(int(line)):
            step()
        seconds = time.process_time() - start
        print(f'{{"processor": {seconds}, "wall": {seconds}}}', flush=True)


main()
