"""Makes vectors.json from docs/audit-log.md alone, without the project's code: python3 make-vectors.py > vectors.json"""
import hashlib
import hmac
import json


def commitment(salt, record):
    text = json.dumps(record, sort_keys=True, separators=(',', ':'), ensure_ascii=False)
    return hmac.new(salt, text.encode(), hashlib.sha256).digest()


def leaf(entry):
    fields = ['undersigned-leaf/1', entry['scopeId'], str(entry['sequence']), entry['type'], entry['at'], entry['actorKind'],
              entry['actorId'] or '', entry['fingerprint'] or '', entry['commitment']]
    framed = b''.join(len(f.encode()).to_bytes(4, 'big') + f.encode() for f in fields)
    return hashlib.sha256(b'\x00' + framed).digest()


def root(leaves):
    if not leaves:
        return hashlib.sha256(b'').digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b'\x01' + root(leaves[:split]) + root(leaves[split:])).digest()


RECORDS = [
    ('letter-created', 'member', 'mem_AAAAAAAAAAAAAAAAAAAAAA', None, {'headline': 'Let the river run'}),
    ('letter-frozen', 'member', 'mem_AAAAAAAAAAAAAAAAAAAAAA', 'ab' * 32, {'languages': ['en', 'fa'], 'number': 1}),
    ('signed', 'signatory', 'sgn_BBBBBBBBBBBBBBBBBBBBBB', 'ab' * 32,
     {'name': 'Zo\u00eb \u06a9\u0627\u0648\u0647 \U0001f54a', 'quote': 'a "b" \\ c\n', 'capacity': 'personal', 'role': None}),
    ('batch-imported', 'command-line', None, 'ab' * 32, {'count': 23951, 'file': 'cd' * 32, 'held': False, 'nested': {'b': [1, [], {}], 'a': 0}}),
    ('letter-closed', 'system', None, None, {}),
]

vectors, leaves = [], []
for number, (kind, actor_kind, actor_id, fingerprint, record) in enumerate(RECORDS, 1):
    salt = hashlib.sha256(b'salt %d' % number).digest()
    entry = {'scopeId': 'let_CCCCCCCCCCCCCCCCCCCCCC', 'sequence': number, 'type': kind, 'at': '2026-03-04T05:06:07.%03dZ' % (number * 7),
             'actorKind': actor_kind, 'actorId': actor_id, 'fingerprint': fingerprint, 'commitment': commitment(salt, record).hex()}
    leaves.append(leaf(entry))
    vectors.append({'salt': salt.hex(), 'record': record, 'entry': entry, 'leaf': leaves[-1].hex(), 'root': root(leaves).hex()})
print(json.dumps({'format': 'undersigned-leaf/1', 'emptyRoot': root([]).hex(), 'entries': vectors}, indent=2, ensure_ascii=False))
