"""The frame of the handwriting models' files, as ocr/model_file.hpp reads it."""
import os

import numpy as np


def fnv1a(numbers):
    hash64 = 14695981039346656037
    for byte in numbers:
        hash64 = ((hash64 ^ byte) * 1099511628211) & 0xFFFFFFFFFFFFFFFF
    return hash64


def letters(alphabet):
    return np.array([ord(c) for c in alphabet], dtype="<u4").tobytes()


def halves(tensor):
    return np.asarray(tensor, dtype=np.float32).astype("<f2").tobytes()


def write(path, kind, header, numbers):
    """`header`: lines without the checksum; `numbers`: all bytes that follow. Returns the checksum."""
    checksum = f"{fnv1a(numbers):016x}"
    text = "\n".join([kind, *header, f"checksum {checksum}"]) + "\n\n"
    with open(f"{path}.part", "wb") as out:
        out.write(text.encode())
        out.write(numbers)
    os.replace(f"{path}.part", path)
    return checksum
