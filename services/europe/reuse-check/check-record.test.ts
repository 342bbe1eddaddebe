import { type CheckRecord, decodeCheckRecord, encodeCheckRecord, toFingerprint } from './check-record.js';

const record: CheckRecord = {
  input: {
    text: 'Vi søger et system til dagsordener og referater for byrådet og de politiske udvalg',
    for: 'dk:administration:0265',
    topics: ['meeting-management'],
    asOf: '2026-01-31',
    codes: ['DK_KLE:00.22'],
    need: 'dk:need:decisions',
  },
  checkedAt: 1_796_000_000,
  positions: [
    { country: 'BE', position: toFingerprint('feed cursor') },
    { country: 'DK', position: null },
  ],
};
const id = encodeCheckRecord(record);

it('restores the input, the time and the positions from an id, which is short', () => {
  expect(decodeCheckRecord(id)).toEqual(record);
  expect(encodeCheckRecord(record)).toBe(id);
  expect(id).toMatch(/^check:[A-Za-z0-9_-]{1,280}$/);
  const empty = {
    ...record,
    input: { text: null, for: null, topics: null, asOf: null, codes: null, need: null },
    positions: [],
  };
  expect(decodeCheckRecord(encodeCheckRecord(empty))).toEqual(empty);
});

it('rejects an id of which any character is changed, missing or added', () => {
  for (let place = 0; place < id.length; place += 1) {
    const other = id[place] === 'A' ? 'B' : 'A';
    expect(() => decodeCheckRecord(id.slice(0, place) + other + id.slice(place + 1))).toThrow(
      'is not the id of a reuse check',
    );
    expect(() => decodeCheckRecord(id.slice(0, place))).toThrow('is not the id of a reuse check');
  }
  expect(() => decodeCheckRecord(`${id}A`)).toThrow('is not the id of a reuse check');
});

it.each(['', 'x', 'dk:administration:0265', `${id}=`, 'A'.repeat(100), 'A'.repeat(1_000_000), 'é'])(
  'rejects %.40j',
  (text) => {
    expect(() => decodeCheckRecord(text)).toThrow('is not the id of a reuse check');
  },
);
