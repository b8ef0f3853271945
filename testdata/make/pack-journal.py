#!/usr/bin/env python3
"""Compresses the fields of 512 bytes and more of an uncompressed, regular journal in place, as
journald built with that method does. The objects shrink and leave zeros behind; all offsets hold.

    pack-journal.py xz|lz4 FROM TO
"""
import ctypes
import ctypes.util
import lzma
import struct
import sys

HEADER_FLAG = {"xz": 1, "lz4": 2}
OBJECT_FLAG = {"xz": 1, "lz4": 2}
DATA, PAYLOAD_AT = 1, 64


def pack(method, payload):
    if method == "xz":
        return lzma.compress(payload, check=lzma.CHECK_NONE, preset=0)
    lz4 = ctypes.CDLL(ctypes.util.find_library("lz4"))
    room = ctypes.create_string_buffer(len(payload) + len(payload) // 200 + 64)
    size = lz4.LZ4_compress_default(payload, room, len(payload), len(room))
    assert size > 0
    return struct.pack("<Q", len(payload)) + room.raw[:size]


def main(method, source, target):
    data = bytearray(open(source, "rb").read())
    assert struct.unpack_from("<I", data, 12)[0] & ~4 == 0, "compressed or compact"
    struct.pack_into("<I", data, 12, struct.unpack_from("<I", data, 12)[0] | HEADER_FLAG[method])
    at, tail = struct.unpack_from("<Q", data, 88)[0], struct.unpack_from("<Q", data, 136)[0]
    packed = 0
    while at <= tail:
        kind, flags = data[at], data[at + 1]
        (size,) = struct.unpack_from("<Q", data, at + 8)
        if kind == DATA and size - PAYLOAD_AT >= 512:
            payload = pack(method, bytes(data[at + PAYLOAD_AT : at + size]))
            assert len(payload) < size - PAYLOAD_AT
            data[at + PAYLOAD_AT : at + size] = payload.ljust(size - PAYLOAD_AT, b"\0")
            data[at + 1] = OBJECT_FLAG[method]
            struct.pack_into("<Q", data, at + 8, PAYLOAD_AT + len(payload))
            packed += 1
        at += (size + 7) & ~7
    assert packed, "nothing to compress"
    open(target, "wb").write(data)


main(*sys.argv[1:])
