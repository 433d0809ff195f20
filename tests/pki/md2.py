# SPDX-License-Identifier: Apache-2.0
"""MD2 (RFC 1319), which no current library offers."""


def _pi_digits():
    """The permutation RFC 1319 draws from the digits of pi, computed as its reference code describes."""
    digits = _digits_of_pi()
    def below(limit):
        """A number 0..limit-1 without bias, from as few digits as that takes."""
        while True:
            if limit <= 10:
                value, bound = next(digits), 10
            elif limit <= 100:
                value, bound = next(digits) * 10 + next(digits), 100
            else:
                value, bound = next(digits) * 100 + next(digits) * 10 + next(digits), 1000
            if value < limit * (bound // limit):
                return value % limit
    table = list(range(256))
    for i in range(2, 257):
        j = below(i)
        table[j], table[i - 1] = table[i - 1], table[j]
    return table


def _digits_of_pi():
    """The decimal digits of pi one by one (Gibbons' spigot)."""
    q, r, t, k, n, l = 1, 0, 1, 1, 3, 3
    while True:
        if 4 * q + r - t < n * t:
            yield n
            q, r, n = 10 * q, 10 * (r - n * t), 10 * (3 * q + r) // t - 10 * n
        else:
            q, r, t, k, n, l = q * k, (2 * q + r) * l, t * l, k + 1, (q * (7 * k + 2) + r * l) // (t * l), l + 2


_TABLE = _pi_digits()


def digest(message):
    padding = 16 - len(message) % 16
    message = message + bytes([padding]) * padding
    message += _checksum(message)
    state = bytearray(48)
    for at in range(0, len(message), 16):
        block = message[at:at + 16]
        state[16:32] = block
        state[32:48] = bytes(a ^ b for a, b in zip(state[:16], block))
        _mix(state)
    return bytes(state[:16])


def _mix(state):
    t = 0
    for round_ in range(18):
        for k in range(48):
            t = state[k] = state[k] ^ _TABLE[t]
        t = (t + round_) % 256


def _checksum(message):
    checksum, last = bytearray(16), 0
    for at in range(0, len(message), 16):
        for i in range(16):
            checksum[i] ^= _TABLE[message[at + i] ^ last]
            last = checksum[i]
    return bytes(checksum)
