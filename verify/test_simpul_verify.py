"""python3 -m unittest discover verify — the verifier against logs written here, independently of Simpul."""

import base64
import contextlib
import hashlib
import io
import json
import pathlib
import random
import re
import tempfile
import unittest

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

import simpul_verify

FORMATS = pathlib.Path(__file__).parent.parent / "docs" / "formats.md"
ORIGIN = "simpul/site/0a1b2c3d/1"
LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"


# A small writer, by the definitions of RFC 6962 and C2SP.

def sha256(data):
    return hashlib.sha256(data).digest()


def b64(data):
    return base64.b64encode(data).decode()


def tree(leaves):
    """The definition of RFC 6962, word for word: root of some headers."""
    if not leaves:
        return sha256(b"")
    if len(leaves) == 1:
        return sha256(b"\0" + leaves[0])
    left = split(len(leaves))
    return sha256(b"\1" + tree(leaves[:left]) + tree(leaves[left:]))


def path(index, leaves):
    if len(leaves) == 1:
        return []
    left = split(len(leaves))
    if index < left:
        return path(index, leaves[:left]) + [tree(leaves[left:])]
    return path(index - left, leaves[left:]) + [tree(leaves[:left])]


def split(size):
    left = 1
    while 2 * left < size:
        left *= 2
    return left


class Signer:
    def __init__(self, name=ORIGIN, seed=bytes(range(32))):
        self.name, self.key = name, Ed25519PrivateKey.from_private_bytes(seed)
        self.public = b"\1" + self.key.public_key().public_bytes_raw()
        self.hash = sha256(name.encode() + b"\n" + self.public)[:4]
        self.vkey = f"{name}+{self.hash.hex()}+{b64(self.public)}"

    def line(self, text):
        return f"\u2014 {self.name} {b64(self.hash + self.key.sign(text.encode()))}\n"

    def note(self, headers, origin=None):
        text = f"{origin or self.name}\n{len(headers)}\n{b64(tree(headers))}\n"
        return f"{text}\n{self.line(text)}"


def header(n, **changes):
    fields = {"v": 1, "id": letters(n), "kind": "waste.weighed_in/1", "at": 1774976400000000 + n, "actor": "operator",
              "via": "web", "class": "household", "body": sha256(b"%d" % n).hex(), "len": 80}
    fields = {name: value for name, value in (fields | changes).items() if value is not None}
    return json.dumps(fields, separators=(",", ":")).encode()


def letters(n):
    return "01" + "".join(LETTERS[n >> 5 * place & 31] for place in reversed(range(24)))


def entries(headers):
    return b"".join(len(header).to_bytes(2, "big") + header for header in headers)


def proof(index, headers, note):
    hashes = "".join(f"{b64(hash_)}\n" for hash_ in path(index, headers))
    return f"c2sp.org/tlog-proof@v1\nextra {b64(headers[index])}\nindex {index}\n{hashes}\n{note}"


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder, self.signer = pathlib.Path(folder.name), Signer()

    def write(self, headers, note=None, vkey=None):
        self.put("entries", entries(headers))
        self.put("checkpoint", note or self.signer.note(headers))
        self.put("vkey", vkey or self.signer.vkey + "\n")

    def put(self, name, content):
        (self.folder / name).write_bytes(content.encode() if isinstance(content, str) else content)

    def run_verifier(self, *arguments):
        out = io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            try:
                code = simpul_verify.main([str(argument) for argument in arguments])
            except SystemExit as end:
                code = end.code
        return code, out.getvalue()

    def log(self, *more):
        return self.run_verifier("log", self.folder, *more)

    def proof(self, text, vkey=None):
        self.put("proof", text)
        return self.run_verifier("proof", self.folder / "proof", "--vkey", vkey or self.signer.vkey)

    def assert_log(self, code, *parts):
        found, out = self.log("--vkey", self.signer.vkey)
        self.assertEqual((found, [part for part in parts if part not in out]), (code, []), out)


class Sound(Case):
    def test_known_answers_of_certificate_transparency(self):
        inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
        leaves = [simpul_verify.sha256(simpul_verify.LEAF, bytes.fromhex(text)) for text in inputs]
        for size, root in [
            (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
            (8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
        ]:
            self.assertEqual(simpul_verify.tree_root(leaves[:size]).hex(), root)

    def test_the_root_and_every_path_are_those_of_the_definition(self):
        headers = [b"%d" % n for n in range(70)]
        leaves = [sha256(b"\0" + header) for header in headers]
        for size in range(1, 71):
            root = tree(headers[:size])
            self.assertEqual(simpul_verify.tree_root(leaves[:size]), root)
            for index in range(size):
                way = path(index, headers[:size])
                self.assertEqual(simpul_verify.root_from_path(index, size, leaves[index], way), root)
                for wrong in [way[1:]] * bool(way) + [way + [root]]:
                    with self.assertRaises(simpul_verify.Wrong):
                        simpul_verify.root_from_path(index, size, leaves[index], wrong)

    def test_logs_and_proofs_come_back(self):
        for size in [0, 1, 2, 3, 255, 256, 257]:
            headers = [header(n) for n in range(size)]
            self.write(headers)
            answer = f"{size} entries, root {tree(headers).hex()}, checkpoint signed by {ORIGIN}: OK\n"
            self.assertEqual(self.log("--vkey", self.signer.vkey), (0, answer))
            self.assertEqual(self.log("--vkey", self.folder / "vkey"), (0, answer))
            code, out = self.log()
            self.assertTrue(code == 0 and out.startswith("Warning: ") and out.endswith(answer), out)
            for index in {0, size // 2, size - 1} if size else ():
                answer = (f"waste.weighed_in/1 {letters(index)} is entry {index} of {size}, "
                          f"checkpoint signed by {ORIGIN}: OK\n")
                self.assertEqual(self.proof(proof(index, headers, self.signer.note(headers))), (0, answer))

    def test_every_field_that_may_stand_in_a_header(self):
        key, ref = "ab" * 32, {"rel": "reverses", "id": letters(0)}
        self.write([header(0, **{"class": "person"}, key=key), header(1, refs=[ref, ref], att=[key]),
                    header(2, actor=letters(9), refs=[], att=[], at=-1), header(3, actor="guest", via="odk")])
        self.assert_log(0)

    def test_attachments_are_checked_as_far_as_they_are_here(self):
        scan, gone, changed = (sha256(text).hex() for text in (b"scan", b"gone", b"changed"))
        self.write([header(0, att=[scan, gone]), header(1, att=[changed])])
        for name, content in [(scan, b"scan"), (changed, b"CHANGED")]:
            (self.folder / "blobs" / name[:2]).mkdir(parents=True)
            self.put(f"blobs/{name[:2]}/{name[2:]}", content)
        self.assert_log(1, f"The attachment {changed} is not the file that was attached.")
        (self.folder / "blobs" / changed[:2] / changed[2:]).unlink()
        self.assert_log(0, "2 entries, 1 of 3 attachments, root ")

    def test_signatures_of_others_and_further_lines_do_not_disturb(self):
        headers = [header(0)]
        text = f"{ORIGIN}\n1\n{b64(tree(headers))}\na further line\n"
        self.write(headers, f"{text}\n{Signer('kalurahan').line(text)}{self.signer.line(text)}")
        self.assert_log(0)

    def test_the_worked_example_of_the_formats(self):
        blocks = re.findall(r"```text\n(.*?)```", FORMATS.read_text(encoding="utf-8"), re.S)
        self.assertEqual(blocks, example())
        vkey, text = blocks[-1].split("\n\n", 1)
        self.assertEqual(self.proof(text, vkey)[0], 0)


class Damaged(Case):
    def test_every_flipped_byte_is_found(self):
        headers = [header(0), header(1, **{"class": "person"}, key="cd" * 32), header(2)]
        self.write(headers)
        for name in ["entries", "checkpoint", "vkey"]:
            original = (self.folder / name).read_bytes()
            for changed in flips(original):
                self.put(name, changed)
                code, out = self.log(*["--vkey", self.signer.vkey] if name != "vkey" else [])
                self.assertEqual(code, 2 if name == "vkey" else 1, (name, changed, out))
            self.put(name, original)
        text = proof(1, headers, self.signer.note(headers)).encode()
        for changed in flips(text):
            code, out = self.proof(changed)
            self.assertEqual(code, 1, (changed, out))

    def test_every_cut_is_found(self):
        headers = [header(0), header(1)]
        self.write(headers)
        for name in ["entries", "checkpoint"]:
            original = (self.folder / name).read_bytes()
            for end in range(len(original)):
                self.put(name, original[:end])
                self.assertEqual(self.log("--vkey", self.signer.vkey)[0], 1, (name, end))
            self.put(name, original)
        text = proof(1, headers, self.signer.note(headers)).encode()
        for end in range(len(text)):
            self.assertEqual(self.proof(text[:end])[0], 1, end)

    def test_what_a_liar_would_try(self):
        headers = [header(n) for n in range(5)]
        for lie in [headers[:4], headers[::-1], headers + [header(5)], [header(0, len=81)] + headers[1:], []]:
            self.write(lie, self.signer.note(headers))
            self.assert_log(1, "The checkpoint is for ")
        for note, sentence in [
            (Signer(seed=bytes(32)).note(headers), f"is not signed by {ORIGIN} with the key of this vkey."),
            (Signer("simpul/site/0a1b2c3d/2").note(headers), "is not signed by "),
            (self.signer.note(headers, origin="simpul/site/0a1b2c3d/2"), "does not give the size of the log"),
            (self.signer.note(headers).replace("\n5\n", "\n05\n"), "has a false signature of "),
            (resigned(self.signer, f"{ORIGIN}\n05\n{b64(tree(headers))}\n"), "does not give the size of the log"),
            (resigned(self.signer, f"{ORIGIN}\n5\n{b64(bytes(31))}\n"), "is for the root "),
            (resigned(self.signer, f"{ORIGIN}\n5\n"), "is for the root "),
        ]:
            self.write(headers, note)
            self.assert_log(1, sentence)
        note = self.signer.note(headers)
        self.assertEqual(self.proof(proof(1, headers, note).replace("index 1", "index 2"))[0], 1)
        self.assertEqual(self.proof(proof(1, headers, note).replace("index 1", "index 01"))[0], 1)
        self.assertEqual(self.proof(proof(1, headers, note), Signer(seed=bytes(32)).vkey)[0], 1)

    def test_headers_that_say_what_they_may_not(self):
        plain = header(0)
        for bad, sentence in [
            (b"", "has a header that is not a JSON object in UTF-8"),
            (b"[1]", "has a header that is not a JSON object in UTF-8"),
            (b"[" * 50000, "has a header that is not a JSON object in UTF-8"),
            (b'{"v":' + b"9" * 50000 + b"}", "has a header that is not a JSON object in UTF-8"),
            (plain.decode().encode("utf-16"), "has a header that is not a JSON object in UTF-8"),
            (plain + b" 1", "has a header that is not a JSON object in UTF-8"),
            (b"\xef\xbb\xbf" + plain, "has a header that is not a JSON object in UTF-8"),
            (plain.replace(b"operator", b"operat\xff"), "has a header that is not a JSON object in UTF-8"),
            (plain + b" " * 61440, f"has a header of {len(plain) + 61440} bytes; at most 61440 are allowed"),
            (plain.replace(b'"v":1', b'"v":1,"v":1'), "has a field twice"),
            (header(0, refs=[{"rel": "base", "id": letters(1)}]).replace(b'"rel"', b'"id":"","rel"'), "a field twice"),
            (header(0, name="Aminah"), "has the unknown field 'name'"),
            (header(0, **{"\ud800": 1}), "has the unknown field '\\ud800'"),
            (header(0, v=2), "in the field 'v'"),
            (header(0, v=True), "in the field 'v'"),
            (plain.replace(b'"v":1', b'"v":1.0'), "in the field 'v'"),
            (header(0, id=None), "in the field 'id'"),
            (header(0, id="8" + letters(0)[1:]), "in the field 'id'"),
            (header(0, id=letters(0).replace("0", "o")), "in the field 'id'"),
            (header(0, id=letters(0) + "\n"), "in the field 'id'"),
            (header(0, kind="waste"), "in the field 'kind'"),
            (header(0, at=2**63), "in the field 'at'"),
            (plain.replace(b"1774976400000000", b"NaN"), "in the field 'at'"),
            (plain.replace(b"1774976400000000", b"1e15"), "in the field 'at'"),
            (header(0, actor="Aminah"), "in the field 'actor'"),
            (header(0, via={"web": None}), "in the field 'via'"),
            (header(0, key=7), "in the field 'key'"),
            (header(0, body="AB" * 32), "in the field 'body'"),
            (header(0, len=-1), "in the field 'len'"),
            (header(0, len=2**32), "in the field 'len'"),
            (header(0, att="ab" * 32), "in the field 'att'"),
            (header(0, refs=[{"rel": "base"}]), "in the field 'refs'"),
            (header(0, refs=[["base", letters(1)]]), "in the field 'refs'"),
            (header(0, **{"class": "person"}), "must be sealed with a key"),
            (header(0, key="ab" * 32), "must be sealed with a key"),
            (header(1), f"has the id of an earlier entry, {letters(1)}"),
        ]:
            headers = [header(1), bad]
            self.write(headers)
            code, out = self.log("--vkey", self.signer.vkey)
            self.assertEqual((code, out.count("\n")), (1, 1), out)
            self.assertTrue(out.startswith("Entry 1 ") and sentence in out, (sentence, out))
            if bad and bad != header(1):
                self.assertEqual(self.proof(proof(1, headers, self.signer.note(headers)))[0], 1)

    def test_one_sentence_for_each_problem(self):
        self.write([header(0, v=2), header(1), header(1)], self.signer.note([header(0)]))
        self.assertEqual(self.log("--vkey", self.signer.vkey)[1].splitlines(), [
            "Entry 0 has no possible value in the field 'v'.",
            f"Entry 2 has the id of an earlier entry, {letters(1)}.",
            "The checkpoint is for 1 entries, but the folder has 3.",
        ])


class Unreadable(Case):
    def test_what_cannot_be_checked_ends_with_2(self):
        self.write([header(0)])
        for arguments in [
            [], ["log"], ["prove", self.folder], ["log", self.folder / "none"], ["log", self.folder / "vkey"],
            ["log", self.folder, "--vkey", "nothing"], ["log", self.folder, "--vkey", self.folder],
            ["log", self.folder, "--vkey", "x" * 5000], ["log", self.folder, "--vkey", "\udcff+00000000+" + "A" * 44],
            ["proof", self.folder / "checkpoint"], ["proof", self.folder / "none", "--vkey", self.signer.vkey],
            ["proof", self.folder, "--vkey", self.signer.vkey],
        ]:
            code, out = self.run_verifier(*arguments)
            self.assertEqual(code, 2, (arguments, out))
        for vkey in ["", "+", "++", "x", "a+b+c", self.signer.vkey[:-1], self.signer.vkey.replace("site", "s te"),
                     Signer("bank\u202e").vkey, "\xff" * 9, "A" * (2 << 20)]:
            self.put("vkey", vkey or b"")
            self.assertEqual(self.log()[0], 2, vkey[:80])

    def test_noise_never_breaks_it(self):
        dice = random.Random(6962)
        self.write([header(0)])
        pieces = [b"\n", b"\n\n", b" ", b"+", b"=", b"\0", b"\xff", b"\xe2\x80\x94 ", b"9" * 5000, ORIGIN.encode(),
                  b"c2sp.org/tlog-proof@v1\n", b"extra ", b"index ", b"{", b"[", b'"v":1', self.signer.vkey.encode(),
                  self.signer.note([header(0)]).encode(), header(0), b"A" * 44]
        for _ in range(400):
            noise = b"".join(dice.choices(pieces, k=dice.randrange(12)))
            for name in ["entries", "checkpoint"]:
                original = (self.folder / name).read_bytes()
                self.put(name, noise)
                self.assertEqual(self.log("--vkey", self.signer.vkey)[0], 0 if noise == original else 1, noise)
                self.put(name, original)
            self.assertEqual(self.proof(noise)[0], 1, noise)


def flips(data):
    for place in range(len(data)):
        for flip in [0x01, 0x08, 0x20, 0x80, 0xff]:
            yield data[:place] + bytes([data[place] ^ flip]) + data[place + 1:]


def resigned(signer, text):
    return f"{text}\n{signer.line(text)}"


def example():
    """What docs/formats.md shows: a weighing, the sealed name of the member, and the weighing taken back."""
    salt, nonce, key = bytes(range(16)), bytes(range(12)), bytes(range(32, 64))
    ids = [f"01m8671dcse98bgafa8mq8g2y{last}" for last in "123"]
    weighed = salt + b'{"fact":{"member":"01m8671dcse98bgafa8mq8g2y0","grams":2500}}'
    text = salt + b'{"fact":{"member":"01m8671dcse98bgafa8mq8g2y0","name":"Aminah"}}'
    bound = sum(LETTERS.index(letter) << 5 * place for place, letter in enumerate(reversed(ids[1]))).to_bytes(16, "big")
    named = nonce + AESGCM(key).encrypt(nonce, text, bound + b"people.named/1")
    reversed_ = salt + b'{"fact":{"target":"%s","day":"2026-04-01","reason":"wrong scale"}}' % ids[0].encode()
    about = [
        {"kind": "waste.weighed_in/1", "class": "household"},
        {"kind": "people.named/1", "class": "person", "key": sha256(b"simpul/key/1" + key).hex()},
        {"kind": "journal.reversed/1", "class": "household", "refs": [{"rel": "reverses", "id": ids[0]}]},
    ]
    headers = []
    for n, (fields, body) in enumerate(zip(about, [weighed, named, reversed_])):
        refs = {"refs": fields.pop("refs")} if "refs" in fields else {}
        kind = fields.pop("kind")
        headers.append(json.dumps({
            "v": 1, "id": ids[n], "kind": kind, "at": 1774976400000000 + n, "actor": "operator", "via": "web",
            **fields, "body": sha256(body).hex(), "len": len(body), **refs}, separators=(",", ":")).encode())
    signer = Signer()
    leaves = [sha256(b"\0" + header) for header in headers]
    return [
        "".join(f"{header.decode()}\n" for header in headers),
        "".join(f"leaf {n}   {leaf.hex()}\n" for n, leaf in enumerate(leaves))
        + f"node 0,1 {tree(headers[:2]).hex()}\nroot     {tree(headers).hex()}\n",
        f"{signer.vkey}\n\n{proof(1, headers, signer.note(headers))}",
    ]


if __name__ == "__main__":
    unittest.main()
