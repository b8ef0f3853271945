#!/usr/bin/env python3
"""Moves the block table of a VHDX image into its log, as a crash would leave it ([MS-VHDX] 2.3)."""
import struct
import sys
import uuid

PAGE = 4096
TABLE = []
for n in range(256):
    for _ in range(8):
        n = n >> 1 ^ (0x82F63B78 if n & 1 else 0)
    TABLE.append(n)


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc = TABLE[(crc ^ byte) & 0xFF] ^ crc >> 8
    return crc ^ 0xFFFFFFFF


def seal(data):
    data[4:8] = b"\0\0\0\0"
    data[4:8] = struct.pack("<I", crc32c(data))
    return data


image = bytearray(open(sys.argv[1], "rb").read())
heads = [h for h in (64 << 10, 128 << 10) if image[h : h + 4] == b"head"]
head = max(heads, key=lambda h: struct.unpack_from("<Q", image, h + 8)[0])
log_bytes, log_at = struct.unpack_from("<IQ", image, head + 68)
region = 192 << 10
bat_guid = uuid.UUID("2DC27766-F623-4200-9D64-115E9BFD4A08").bytes_le
for i in range(struct.unpack_from("<I", image, region + 8)[0]):
    entry = region + 16 + 32 * i
    if image[entry : entry + 16] == bat_guid:
        bat = struct.unpack_from("<Q", image, entry + 16)[0]

page = bytes(image[bat : bat + PAGE])
image[bat : bat + PAGE] = bytes(PAGE)
guid = uuid.UUID("11111111-2222-4333-8444-555555555530").bytes_le
image[log_at : log_at + log_bytes] = bytes(log_bytes)


def entry(sequence, tail, descriptors, pages):
    length = PAGE * (1 + len(pages))
    data = bytearray(length)
    struct.pack_into("<4sIIIQII", data, 0, b"loge", 0, length, tail, sequence, len(descriptors), 0)
    data[32:48] = guid
    struct.pack_into("<QQ", data, 48, len(image), len(image))
    for i, descriptor in enumerate(descriptors):
        data[64 + 32 * i : 96 + 32 * i] = descriptor
    for i, content in enumerate(pages):
        at = PAGE * (1 + i)
        data[at : at + PAGE] = content
        struct.pack_into("<4sI", data, at, b"data", sequence >> 32)
        struct.pack_into("<I", data, at + PAGE - 4, sequence & 0xFFFFFFFF)
    return seal(data)


def write(offset, content, sequence):
    return struct.pack("<4s4s8sQQ", b"desc", content[-4:], content[:8], offset, sequence)


def zero(offset, length, sequence):
    return struct.pack("<4sIQQQ", b"zero", 0, length, offset, sequence)


# The ring wraps: an old entry of another run lies between, then noise in the table, then the truth.
junk = bytes([0xA5]) * PAGE
ring = log_bytes - 2 * PAGE
entries = [
    (4 * PAGE, entry(3, 4 * PAGE, [write(bat, junk, 3)], [junk])),
    (ring, entry(7, ring, [write(bat, junk, 7)], [junk])),
    (0, entry(8, ring, [zero(bat, PAGE, 8)], [])),
    (PAGE, entry(9, ring, [write(bat, page, 9)], [page])),
]
for at, data in entries:
    image[log_at + at : log_at + at + len(data)] = data
for h in heads:
    image[h + 48 : h + 64] = guid
    image[h : h + PAGE] = seal(bytearray(image[h : h + PAGE]))
open(sys.argv[2], "wb").write(image)
