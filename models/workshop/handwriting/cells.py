"""The cell net: one character of a boxed field, and what scans and pens do to it."""
import torch
import torch.nn.functional as F
from torch import nn

LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-'.@_&+"  # and last: nothing that means anything
NONE = len(LETTERS)
SIDE = 32   # px the net sees
PAPER = 64  # px of the training sheet: a cell and its surroundings at 240 dpi
CELL_W, CELL_H = 47, 57  # px of a cell of 5 x 6 mm
LEAST = 28.0  # px (3 mm): what is smaller (a full stop, a hyphen) stays small in what the net sees
ROOM = 1.2    # window over ink


class CellNet(nn.Module):
    """Convolutions only; the kernels of ocr/hand/hand_kernel run it."""

    def __init__(self, wide=(12, 32, 64, 96), inner=128):
        super().__init__()
        layers, inputs = [], 1
        for i, outputs in enumerate(wide):
            layers += [nn.Conv2d(inputs, outputs, 3, 1, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True)]
            if i < 3:
                layers.append(nn.MaxPool2d(2))
            inputs = outputs
        self.seen = nn.Sequential(*layers)
        self.whole = nn.Sequential(nn.Conv2d(inputs, inner, SIDE // 8, bias=False), nn.BatchNorm2d(inner), nn.ReLU(inplace=True))
        self.drop = nn.Dropout(0.2)
        self.letters = nn.Linear(inner, NONE + 1)

    def forward(self, cells):
        """[batch, 1, 32, 32] in 0..1, ink = 1 -> scores [batch, letters + 1]"""
        return self.letters(self.drop(self.whole(self.seen(cells)).flatten(1)))

    @property
    def sizes(self):
        """What __init__ takes to make one like it."""
        return tuple(layer.out_channels for layer in self.seen if isinstance(layer, nn.Conv2d)), self.whole[0].out_channels


def net_of(saved):
    """The net of a checkpoint."""
    net = CellNet(*saved.get("sizes", ()))
    net.load_state_dict(saved["weights"])
    return net


@torch.no_grad()
def joined(one, other):
    """A net as wide as both together, which says what they say on average: where a better one may begin."""
    (wide, inner), (more, outer) = one.sizes, other.sizes
    both = CellNet([a + b for a, b in zip(wide, more)], inner + outer)
    state, a, b = both.state_dict(), one.state_dict(), other.state_dict()
    for name, to in state.items():
        if name.startswith("letters."):
            to.copy_(torch.cat([a[name], b[name]], 1) / 2 if to.dim() == 2 else (a[name] + b[name]) / 2)
        elif to.dim() == 0:
            to.copy_(a[name])
        elif to.dim() == 1 or to.shape[1] == 1:
            to.copy_(torch.cat([a[name], b[name]]))
        else:  # neither half sees what the other makes
            out, into = a[name].shape[:2]
            to.zero_()
            to[:out, :into], to[out:, into:] = a[name], b[name]
    return both


class Dice:
    """Chance for whole batches."""

    def __init__(self, seed):
        self.source = torch.Generator().manual_seed(seed)

    def unit(self, *shape):
        return torch.rand(*shape, generator=self.source)

    def between(self, low, high, *shape):
        return low + (high - low) * self.unit(*shape)

    def around(self, deviation, *shape):
        return torch.randn(*shape, generator=self.source) * deviation

    def chance(self, share, *shape):
        return self.unit(*shape) < share

    def below(self, n, *shape):
        return torch.randint(0, n, shape, generator=self.source)


def written(glyphs, tall, low, loose, dice):
    """Glyphs of the bank [B, 1, 56, 56] on sheets of PAPER px, as this pen and this moment make them.

    tall: height of the whole glyph picture in capitals (its ink may be less); low: middle, in capitals below the
    middle of a capital; loose: 1 for a hand, 0 for a machine."""
    n = len(glyphs)
    capital = dice.between(19, 43, n) * (0.8 + 0.2 * dice.unit(n))
    size = capital * tall
    aspect = torch.exp(dice.around(0.10, n) * (0.4 + 0.6 * loose))
    angle = dice.around(0.07, n) * (0.25 + 0.75 * loose)
    slant = dice.around(0.16, n) * (0.12 + 0.88 * loose)
    half = size / PAPER  # the glyph fills the picture of its bank
    cos, sin = torch.cos(angle), torch.sin(angle)
    # sheet -> glyph: the inverse of scale, slant, turn
    a, b = cos / (half * aspect), (sin + slant) / (half * aspect)
    c, d = -sin / half, cos / half
    x = dice.around(4.0, n) / (PAPER / 2)
    y = (low * capital + dice.around(4.0, n)) / (PAPER / 2)
    theta = torch.stack([torch.stack([a, b, -(a * x + b * y)], -1), torch.stack([c, d, -(c * x + d * y)], -1)], 1)
    grid = F.affine_grid(theta, (n, 1, PAPER, PAPER), align_corners=False)
    bend = dice.around(1.0, n, 2, 4, 4) * (0.05 * loose * dice.unit(n))[:, None, None, None]
    grid = grid + F.interpolate(bend, size=(PAPER, PAPER), mode="bilinear", align_corners=True).permute(0, 2, 3, 1) / half[:, None, None, None] * 0.5
    return F.grid_sample(glyphs, grid, align_corners=False)


def other_pen(x, dice):
    n = len(x)
    kind = dice.unit(n)[:, None, None, None]
    share = dice.between(0.3, 1.0, n)[:, None, None, None]
    thick = F.max_pool2d(x, 3, 1, 1)
    marker = dice.chance(0.12, n)[:, None, None, None]
    thick = torch.where(marker, F.max_pool2d(thick, 3, 1, 1), thick)
    thin = F.pad(-F.max_pool2d(-x, (1, 2), 1), (0, 1))
    x = torch.where(kind < 0.3, x + share * (thick - x), torch.where(kind > 0.82, x + 0.8 * share * (thin - x), x))
    return x


def with_dirt(x, dice):
    """The neighbour's stroke, what is left of the comb, and what its removal took away."""
    n = len(x)
    across = torch.arange(PAPER)[None, :] - PAPER / 2 + 0.5
    edge_x = CELL_W / 2 + dice.around(1.2, n)
    edge_y = CELL_H / 2 - 2.4 + dice.around(1.6, n)
    # a neighbour that comes in, cut at the edge of the cell
    near = torch.where(dice.chance(0.5, n), 1, -1) * dice.between(29, 48, n).long()
    stray = torch.stack([torch.roll(x[(i + 1) % n], int(near[i]), -1) for i in range(n)])
    stray = stray * ((across.abs() < edge_x[:, None] + 1) & (across * near[:, None].sign() > 5))[:, None, None, :]
    x = torch.where(dice.chance(0.08, n)[:, None, None, None], torch.maximum(x, stray), x)
    # lines: removed with what runs along them, or left in part
    eaten = dice.chance(0.2, n)[:, None]
    half = dice.between(1.2, 2.8, n)[:, None]
    keep_x = 1 - (((across.abs() - edge_x[:, None]).abs() < half) & eaten).float() * 0.85
    keep_y = 1 - (((across.abs() - edge_y[:, None]).abs() < half) & eaten).float() * 0.85
    x = x * keep_x[:, None, None, :] * keep_y[:, None, :, None]
    for edge, vertical in ((edge_x, True), (edge_y, False)):
        left = dice.chance(0.04, n)[:, None]
        side = torch.where(dice.chance(0.5, n), 1.0, -1.0)[:, None]
        line = ((across - side * edge[:, None]).abs() < dice.between(0.5, 1.3, n)[:, None]) & left
        along = (across > dice.between(-32, 24, n)[:, None]) & (across < dice.between(-16, 32, n)[:, None])
        shape = line[:, None, None, :] & along[:, None, :, None] if vertical else line[:, None, :, None] & along[:, None, None, :]
        x = torch.maximum(x, shape.float() * dice.between(0.3, 1, n)[:, None, None, None])
    return x


def blurred(x, deviation):
    reach = max(1, int(2.5 * deviation))
    at = torch.arange(-reach, reach + 1, dtype=torch.float32)
    bell = torch.exp(-0.5 * (at / deviation) ** 2)
    bell = bell / bell.sum()
    x = F.conv2d(x, bell.view(1, 1, 1, -1), padding=(0, reach))
    return F.conv2d(x, bell.view(1, 1, -1, 1), padding=(reach, 0))


def small_scan(dice):
    """Rows and columns of a scan of the sheet: 200 x 100 dpi, 200, 150 or more."""
    kind = float(dice.unit(1))
    if kind < 0.06:
        return PAPER * 100 // 240, PAPER * 200 // 240
    side = PAPER * (200 if kind < 0.35 else 150) // 240 if kind < 0.41 else PAPER
    return side, side


def scanned(x, dice):
    """Optics, resolution, faintness, noise and two tones; each part of the batch has its own scanner, half of them good."""
    parts = []
    for i, part in enumerate(x.chunk(8)):
        n, bad = len(part), i % 2
        part = blurred(part, float(dice.between(0.35, 1.25 if bad else 0.8, 1)))
        rows, columns = small_scan(dice)
        small = F.interpolate(part, size=(rows, columns), mode="area") if rows < PAPER else part
        faint = dice.chance(0.2 * bad, n)
        strength = torch.where(faint, dice.between(0.25, 0.6, n), dice.between(0.6, 1.1, n))[:, None, None, None]
        noise = dice.between(0.0, 0.11, n) * dice.unit(n) * (1.0 if bad else 0.2)
        small = small * strength + dice.around(1.0, *small.shape) * noise[:, None, None, None]
        limit = dice.between(0.25, 0.62, n)[:, None, None, None] * strength.clamp(max=1)
        small = torch.where(dice.chance(0.45, n)[:, None, None, None], (small > limit).float(), small.clamp(0, 1))
        part = F.interpolate(small, size=(PAPER, PAPER), mode="bilinear", align_corners=False) if rows < PAPER else small
        if float(dice.unit(1)) < 0.5:
            part = F.avg_pool2d(part, 3, 1, 1) * 0.6 + part * 0.4
        parts.append(part)
    return torch.cat(parts)


def as_seen(x):
    """As ocr/boxes/cell_net.cpp cuts a cell: scaled to its darkest, window about its ink, SIDE px."""
    soft = F.avg_pool2d(F.pad(x, (0, 1, 0, 1)), 2, 1)
    x = x / soft.amax((1, 2, 3), keepdim=True).clamp(min=0.2)
    ink = (F.avg_pool2d(x, 3, 1, 1) > 0.3)[:, 0]
    n = len(x)
    place = torch.arange(PAPER, dtype=torch.float32)

    def bounds(any_):
        some = any_.any(1)
        low = torch.where(any_, place, torch.full_like(place, 1e9)).amin(1)
        high = torch.where(any_, place, torch.full_like(place, -1e9)).amax(1) + 1
        return torch.where(some, low, torch.full((n,), 24.0)), torch.where(some, high, torch.full((n,), 40.0))

    left, right = bounds(ink.any(1))
    top, foot = bounds(ink.any(2))
    side = torch.maximum(torch.maximum(right - left, foot - top), torch.tensor(LEAST)) * ROOM
    slack = (side / ROOM - (foot - top)).clamp(min=0) / 2
    middle_y = torch.minimum(torch.maximum((top + foot) / 2 - slack, torch.tensor(PAPER / 2)), (top + foot) / 2 + slack)
    middle_x = (left + right) / 2
    half = side / PAPER
    zero = torch.zeros(n)
    theta = torch.stack([torch.stack([half, zero, 2 * middle_x / PAPER - 1], -1),
                         torch.stack([zero, half, 2 * middle_y / PAPER - 1], -1)], 1)
    grid = F.affine_grid(theta, (n, 1, 2 * SIDE, 2 * SIDE), align_corners=False)
    return F.avg_pool2d(F.grid_sample(x, grid, align_corners=False), 2).clamp(0, 1)


def as_another_hand(x, small, dice):
    """Pictures of cells [B, 1, 32, 32] as a hand might have written them that slants, stretches and bends its strokes otherwise,
    in a window about their ink as before. small: [B], marks that the window does not fill."""
    n = len(x)
    strong = dice.between(0.2, 1.0, n)
    slant, turn, aspect = (dice.around(by, n) * strong for by in (0.22, 0.11, 0.16))
    one, wide = torch.ones(n), torch.exp(aspect)
    warp = torch.stack([torch.stack([one / wide, slant + turn], -1), torch.stack([-turn, wide], -1)], 1)
    bend = dice.around(1.0, n, 2, 5, 5) * (0.11 * strong * dice.unit(n))[:, None, None, None]

    def warped(theta):
        """x as the warp makes it, seen through the window theta"""
        at = F.affine_grid(theta, x.shape, align_corners=False)
        moved = F.grid_sample(bend, at, align_corners=False, padding_mode="border", mode="bicubic").permute(0, 2, 3, 1)
        return F.grid_sample(x, torch.einsum("bij,byxj->byxi", warp, at) + moved, align_corners=False)

    whole = torch.tensor([[1.6, 0, 0], [0, 1.6, 0]]).repeat(n, 1, 1)
    ink = warped(whole)[:, 0] > 0.35
    place = ((torch.arange(SIDE) + 0.5) / (SIDE / 2) - 1) * 1.6

    def bounds(some):
        low = torch.where(some, place, torch.full_like(place, 9)).amin(1)
        high = torch.where(some, place, torch.full_like(place, -9)).amax(1)
        return torch.where(some.any(1), low, -one), torch.where(some.any(1), high, one)

    (left, right), (top, foot) = bounds(ink.any(1)), bounds(ink.any(2))
    half = torch.where(small, one, torch.maximum(right - left, foot - top) / 2 * ROOM) * torch.exp(dice.around(0.04, n))
    x_at, y_at = (left + right) / 2 + dice.around(0.03, n), torch.where(small, torch.zeros(n), (top + foot) / 2) + dice.around(0.03, n)
    zero = torch.zeros(n)
    return warped(torch.stack([torch.stack([half, zero, x_at], -1), torch.stack([zero, half, y_at], -1)], 1))


def spoilt(x, dice):
    """What is no character: two over each other, blackened, struck out, or only dirt."""
    n = len(x)
    kind = dice.unit(n)[:, None, None, None]
    other = torch.roll(x, 1, 0)
    both = torch.maximum(torch.maximum(x, torch.roll(other, 5, -1)), torch.roll(x, 2, 0))
    dark = F.max_pool2d(torch.maximum(x, other), 5, 1, 2)
    across = torch.arange(PAPER, dtype=torch.float32)[None, :] - PAPER / 2
    bars = torch.zeros_like(x)
    for _ in range(3):
        height, slope = dice.around(7, n)[:, None, None], dice.around(0.5, n)[:, None, None]
        bars = torch.maximum(bars, ((across[:, :, None] - height - slope * across[:, None, :]).abs() < 1.4).float()[:, None] * (across.abs() < 19)[:, None, None, :])
    nothing = torch.zeros_like(x)
    specks = (dice.unit(n, 1, PAPER // 4, PAPER // 4) > 0.997).float()
    nothing = torch.maximum(nothing, F.interpolate(specks, size=(PAPER, PAPER)))
    return torch.where(kind < 0.3, both, torch.where(kind < 0.5, dark, torch.where(kind < 0.75, torch.maximum(x, bars), nothing)))


def sheet_of(bank, chosen, dice, clean=False):
    """What the net gets to see of these samples of the bank; clean: as good pens and scanners show them."""
    glyphs = bank.glyphs[chosen].float()[:, None] / 255
    loose = bank.loose[chosen]
    x = written(glyphs, bank.tall[chosen], bank.low[chosen], loose, dice)
    if clean:
        return as_seen(blurred(x, 0.6))
    x = other_pen(x, dice)
    none = bank.labels[chosen] == NONE
    if none.any():
        x[none] = spoilt(x[none], dice)
    return as_seen(scanned(with_dirt(x, dice), dice))

