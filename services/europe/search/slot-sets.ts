/**
 * A set of the slots of a segment, a bit for each. Bytes are in the order of PostgreSQL's bit strings, of which slot 0 is the first bit;
 * within a number, the first byte is the lowest one.
 */
export type SlotSet = Uint32Array;

/** An empty set for a segment of this size. */
export const emptySet = (size: number): SlotSet => new Uint32Array(Math.ceil(size / 32));

/** The highest bit of a byte is its first slot: `^ 7` turns the three lowest bits of a slot around. */
const bitOf = (slot: number): number => 1 << ((slot & 31) ^ 7);

export const add = (set: SlotSet, slot: number): void => {
  set[slot >> 5] = (set[slot >> 5] ?? 0) | bitOf(slot);
};

export const remove = (set: SlotSet, slot: number): void => {
  set[slot >> 5] = (set[slot >> 5] ?? 0) & ~bitOf(slot);
};

export const has = (set: SlotSet, slot: number): boolean => ((set[slot >> 5] ?? 0) & bitOf(slot)) !== 0;

/** The slots that are written with two bytes each. */
export function parseSlots(slots: Buffer, size: number): SlotSet {
  const set = emptySet(size);
  for (let at = 0; at + 1 < slots.length; at += 2) add(set, ((slots[at] ?? 0) << 8) | (slots[at + 1] ?? 0));
  return set;
}

/** The same slots as hexadecimal digits, for PostgreSQL. */
export const toMembers = (slots: Buffer, size: number): string => toHex(parseSlots(slots, size));

export function toHex(set: SlotSet): string {
  const bytes = Buffer.alloc(set.length * 4);
  set.forEach((word, index) => bytes.writeUInt32LE(word, index * 4));
  return bytes.toString('hex');
}

export function intersect(one: SlotSet, other: SlotSet): SlotSet {
  const result = new Uint32Array(one.length);
  for (let at = 0; at < one.length; at += 1) result[at] = (one[at] ?? 0) & (other[at] ?? 0);
  return result;
}

export function unite(one: SlotSet, other: SlotSet): SlotSet {
  const result = new Uint32Array(one.length);
  for (let at = 0; at < one.length; at += 1) result[at] = (one[at] ?? 0) | (other[at] ?? 0);
  return result;
}

export function subtract(one: SlotSet, other: SlotSet): SlotSet {
  const result = new Uint32Array(one.length);
  for (let at = 0; at < one.length; at += 1) result[at] = (one[at] ?? 0) & ~(other[at] ?? 0);
  return result;
}

/** The number of slots in a set. */
export function count(set: SlotSet): number {
  let sum = 0;
  for (let word of set) for (; word !== 0; word &= word - 1) sum += 1;
  return sum;
}

/** The slots of a set, in order. */
export function slotsOf(set: SlotSet): number[] {
  const slots: number[] = [];
  for (let at = 0; at < set.length; at += 1) {
    if (set[at] === 0) continue;
    for (let slot = at * 32; slot < at * 32 + 32; slot += 1) if (has(set, slot)) slots.push(slot);
  }
  return slots;
}
