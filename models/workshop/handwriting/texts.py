"""What a line says, as readers are trained and measured on it."""
import re

# What every "copiste" writer copied at the end of the page. Fine to learn from; left out of validation.
CONSENT = ("J'ai lu les conditions de participation et j'y consens. Je comprends que mon manuscrit sera anonymisé "
           "et utilisé par BAnQ pour des activités de recherche et développement et qu'il pourra aussi être publié "
           "et partagé sous licence CC-BY pour être utilisé librement à des fins non commerciales.")
HEADER = re.compile(r"wikitexte_\d+")


def plain(text):
    """Typographic variants that no reader should have to tell apart are made one."""
    for fancy, simple in (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'), ("–", "-"), ("—", "-"), ("\u00a0", " "), ("…", "...")):
        text = text.replace(fancy, simple)
    return " ".join(text.split())


def edits(a, b):
    """Insertions, deletions and changes that make `b` of `a` (Levenshtein)."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        previous, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (x != y))
    return row[-1]


def distance_inside(needle, text):
    """Edits from `needle` to its nearest piece of `text` (Sellers)."""
    row = [0] * (len(text) + 1)
    for i, a in enumerate(needle, 1):
        previous, row[0] = row[0], i
        for j, b in enumerate(text, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (a != b))
    return min(row)


def is_consent_or_header(text):
    if HEADER.search(text):
        return True
    return len(text) >= 4 and distance_inside(text, CONSENT) <= max(1, len(text) // 4)
