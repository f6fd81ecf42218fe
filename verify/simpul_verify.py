#!/usr/bin/env python3
"""Checks a log that Simpul exported, or a single proof, without Simpul. docs/formats.md describes the formats.
    python3 simpul_verify.py log FOLDER [--vkey VKEY]
    python3 simpul_verify.py proof FILE --vkey VKEY
VKEY, the public key of the log, is a text or the path of a file. Attachments are checked as far as they are in the
folder. Ends with 0 when everything agrees, 1 when something does not (a sentence each), 2 when nothing was checked.
"""

import argparse
import base64
import hashlib
import json
import os
import pathlib
import re
import sys

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError:
    print("Python lacks the package 'cryptography': python3 -m pip install cryptography", file=sys.stderr)
    sys.exit(2)

HEADER_MAX, TEXT_MAX = 60 * 1024, 1024 * 1024  # bytes of a header; of a checkpoint or a proof
LEAF, NODE = b"\x00", b"\x01"  # what RFC 6962 puts before the hashed bytes
BASE64 = "(?:[0-9A-Za-z+/]{4})*(?:[0-9A-Za-z+/]{2}==|[0-9A-Za-z+/]{3}=)?"

# The fields of a header: a range of whole numbers, a pattern of text, or a list of such.
ID, SHA256 = "[0-7][0-9a-hjkmnp-tv-z]{25}", "[0-9a-f]{64}"
REQUIRED = {
    "v": range(1, 2), "id": ID, "kind": r"[a-z0-9_]+\.[a-z0-9_]+/[1-9][0-9]*", "at": range(-2**63, 2**63),
    "actor": f"operator|guest|{ID}", "via": "web|cli|import|odk|sync",
    "class": "open|partner|org|household|person", "body": SHA256, "len": range(2**32),
}
FIELDS = REQUIRED | {"key": SHA256, "refs": [{"rel": "[a-z_]+", "id": ID}], "att": [SHA256]}

class Wrong(Exception):
    """Something is not as it should be. The text ends a sentence: 'has a field twice'."""

def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()
def tree_root(hashes):
    """RFC 6962: level by level, neighbours are joined; the last one goes up alone when it has no neighbour."""
    while len(hashes) > 1:
        joined = [sha256(NODE, left, right) for left, right in zip(hashes[::2], hashes[1::2])]
        hashes = joined + hashes[2 * len(joined):]
    return hashes[0] if hashes else sha256()
def root_from_path(index, size, leaf, path):
    """RFC 6962, 2.1.1: the left subtree has the most leaves, a power of two, that leave some for the right one."""
    if size == 1 and not path:
        return leaf
    if size == 1 or not path:
        raise Wrong("has a path that does not fit its place in the tree")
    left = 1 << ((size - 1).bit_length() - 1)
    if index < left:
        return sha256(NODE, root_from_path(index, left, leaf, path[:-1]), path[-1])
    return sha256(NODE, path[-1], root_from_path(index - left, size - left, leaf, path[:-1]))

def fits(value, form):
    if isinstance(form, (range, str)):
        return type(value) is int and value in form if isinstance(form, range) else (
            isinstance(value, str) and re.fullmatch(form, value) is not None)
    if isinstance(form, list):
        return isinstance(value, list) and all(fits(item, form[0]) for item in value)
    return isinstance(value, dict) and value.keys() == form.keys() and all(fits(value[k], form[k]) for k in form)
def no_doubles(pairs):
    if len(dict(pairs)) < len(pairs):
        raise Wrong("has a field twice")
    return dict(pairs)
def read_header(header):
    if len(header) > HEADER_MAX:
        raise Wrong(f"has a header of {len(header)} bytes; at most {HEADER_MAX} are allowed")
    try:
        fields = json.loads(header.decode(), object_pairs_hook=no_doubles)
    except (ValueError, RecursionError):
        fields = None
    if not isinstance(fields, dict):
        raise Wrong("has a header that is not a JSON object in UTF-8")
    for name in sorted(fields.keys() | REQUIRED.keys()):
        if name not in FIELDS:
            raise Wrong(f"has the unknown field {ascii(name)[:40]}")
        if name not in fields or not fits(fields[name], FIELDS[name]):
            raise Wrong(f"has no possible value in the field '{name}'")
    if (fields["class"] == "person") != ("key" in fields):
        raise Wrong("must be sealed with a key when it is about a person, and only then")
    return fields
def unbase64(text):
    if not re.fullmatch(BASE64, text) or base64.b64encode(base64.b64decode(text)).decode() != text:
        raise Wrong("has a line that is not base64, or not the only way to write its bytes")
    return base64.b64decode(text)
def read_vkey(text):
    """Name, key hash and public key of a C2SP vkey of Ed25519: name+hash+key."""
    match = re.fullmatch(r"([^\s+]+)\+([0-9a-f]{8})\+([0-9A-Za-z+/]{44})", text.strip(" \r\n"))
    name, key = (match[1], unbase64(match[3])) if match and match[1].isprintable() else ("", b"")
    key_hash = sha256(name.encode(), b"\n", key)[:4]
    if key[:1] != b"\x01" or key_hash.hex() != match[2]:
        raise Wrong("is no file and not name+hash+key of an Ed25519 key, or it is damaged")
    return name, key_hash, Ed25519PublicKey.from_public_bytes(key[1:])

def read_checkpoint(note, vkey):
    """Size and root in a signed note of C2SP, if the holder of the key signed it."""
    name, key_hash, key = vkey
    text, gap, signatures = note.rpartition("\n\n")
    lines = [re.fullmatch(r"\u2014 ([^\s+]+) (\S+)", line) for line in signatures.removesuffix("\n").split("\n")]
    if not gap or not signatures.endswith("\n") or not all(lines) or re.search(r"[\x00-\x09\x0b-\x1f\ufffd]", note):
        raise Wrong("is not a signed note")
    known = [signature[4:] for who, signature in ((line[1], unbase64(line[2])) for line in lines)
             if (who, signature[:4]) == (name, key_hash)]
    if not known:
        raise Wrong(f"is not signed by {name} with the key of this vkey")
    try:
        for signature in known:
            key.verify(signature, f"{text}\n".encode())
    except InvalidSignature:
        raise Wrong(f"has a false signature of {name}") from None
    origin, size, root = (text.split("\n") + ["", ""])[:3]
    if origin != name or not re.fullmatch("0|[1-9][0-9]{0,18}", size):
        raise Wrong(f"does not give the size of the log {name}")
    return int(size), unbase64(root)

def check_log(folder, vkey, problems):
    leaves, ids, attached = [], set(), set()
    with open(os.path.join(folder, "entries"), "rb") as file:
        while length := file.read(2):
            header = file.read(int.from_bytes(length, "big"))
            if len(length) < 2 or len(header) < int.from_bytes(length, "big"):
                problems.append(f"Entry {len(leaves)} is cut off.")
                break
            try:
                fields = read_header(header)
                attached.update(fields.get("att", []))
                if fields["id"] in ids:
                    raise Wrong(f"has the id of an earlier entry, {fields['id']}")
                ids.add(fields["id"])
            except Wrong as wrong:
                problems.append(f"Entry {len(leaves)} {wrong}.")
            leaves.append(sha256(LEAF, header))
    size, signed = read_checkpoint(read_text(os.path.join(folder, "checkpoint")), vkey)
    root = tree_root(leaves)
    if size != len(leaves):
        raise Wrong(f"is for {size} entries, but the folder has {len(leaves)}")
    if root != signed:
        raise Wrong(f"is for the root {signed.hex()}, but the entries give {root.hex()}")
    here = [name for name in sorted(attached) if has_attachment(folder, name, problems)]
    files = f", {len(here)} of {len(attached)} attachments" if attached else ""
    return f"{size} entries{files}, root {root.hex()}, checkpoint signed by {vkey[0]}"
def has_attachment(folder, name, problems):
    path = pathlib.Path(folder, "blobs", name[:2], name[2:])
    if path.exists() and sha256(path.read_bytes()).hex() != name:
        problems.append(f"The attachment {name} is not the file that was attached.")
    return path.exists()

def check_proof(path, vkey, _):
    head, _, note = read_text(path).partition("\n\n")
    match = re.fullmatch(r"c2sp\.org/tlog-proof@v1\nextra (\S+)\nindex (0|[1-9][0-9]{0,18})((?:\n\S+)*)", head)
    if not match:
        raise Wrong("does not begin as a tlog-proof with 'extra' and 'index'")
    header, index, path = unbase64(match[1]), int(match[2]), [unbase64(line) for line in match[3].split()]
    size, root = read_checkpoint(note, vkey)
    if index >= size or root_from_path(index, size, sha256(LEAF, header), path) != root:
        raise Wrong("does not lead to the root that was signed")
    fields = read_header(header)
    return f"{fields['kind']} {fields['id']} is entry {index} of {size}, checkpoint signed by {vkey[0]}"

def read_text(path):
    with open(path, "rb") as file:
        data = file.read(TEXT_MAX + 1)
    if len(data) > TEXT_MAX:
        raise Wrong(f"is longer than {TEXT_MAX} bytes")
    return data.decode(errors="replace")  # a byte that is not UTF-8 becomes a sign that no check lets pass

def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["log", "proof"])
    parser.add_argument("path", metavar="FOLDER_OR_FILE")
    parser.add_argument("--vkey")
    asked, problems = parser.parse_args(arguments), []
    if asked.command == "proof" and not asked.vkey:
        parser.error("a proof is checked with --vkey")
    check, subject = (check_log, "checkpoint") if asked.command == "log" else (check_proof, "proof")
    vkey = asked.vkey or os.path.join(asked.path, "vkey")
    try:
        vkey = read_vkey(read_text(vkey) if not asked.vkey or os.path.exists(vkey) else vkey)
        if not asked.vkey:
            print("Warning: the folder's own vkey proves only that the folder agrees with itself.")
        found = check(asked.path, vkey, problems)
    except Wrong as wrong:
        if isinstance(vkey, str):
            parser.error(f"the vkey {wrong}")
        problems.append(f"The {subject} {wrong}.")
    except OSError as error:
        parser.error(f"{error.filename} cannot be read: {error.strerror}")
    print(*problems or [f"{found}: OK"], sep="\n")
    return 1 if problems else 0

if __name__ == "__main__":
    sys.stdout.reconfigure(errors="backslashreplace")
    sys.exit(main())
