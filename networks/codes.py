"""Codes that people read off a wall or a letter and type, and the square that holds an address."""

from qrcode import QRCode

from networks.models import NetworkStart


def as_printed(typed, length):
    """Small letters, spaces and dashes do not matter. None when it cannot be a code."""
    code = "".join(sign for sign in typed.upper() if sign.isalnum())
    return code if len(code) == length and set(code) <= set(NetworkStart.LETTERS) else None


def in_halves(code):
    half = len(code) // 2
    return f"{code[:half]} {code[half:]}"


def square(address):
    """(its side, the path of its dark squares), to be drawn as SVG."""
    code = QRCode(border=2)
    code.add_data(address)
    rows = code.get_matrix()
    dark = (f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    return len(rows), "".join(dark)
