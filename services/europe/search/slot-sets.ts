/** A set of the slots of a segment, a bit for each: slot 0 is the highest bit of the first byte, as in PostgreSQL's bit strings. */
export type SlotSet = Uint8Array;

/** An empty set for a segment of this size. */
export const emptySet = (size: number): SlotSet => new Uint8Array(Math.ceil(size / 8));

/** The slots that are written with two bytes each. */
export function parseSlots(slots: Buffer, size: number): SlotSet {
  const set = emptySet(size);
  for (let at = 0; at < slots.length; at += 2) add(set, slots.readUInt16BE(at));
  return set;
}

export const add = (set: SlotSet, slot: number): void => {
  set[slot >> 3] = (set[slot >> 3] ?? 0) | (128 >> (slot & 7));
};

export const has = (set: SlotSet, slot: number): boolean => ((set[slot >> 3] ?? 0) & (128 >> (slot & 7))) !== 0;

/** The same slots as hexadecimal digits, for PostgreSQL. */
export const toMembers = (slots: Buffer, size: number): string => toHex(parseSlots(slots, size));

export const toHex = (set: SlotSet): string => Buffer.from(set.buffer, set.byteOffset, set.length).toString('hex');

export const intersect = (one: SlotSet, other: SlotSet): SlotSet => one.map((byte, at) => byte & (other[at] ?? 0));
export const unite = (one: SlotSet, other: SlotSet): SlotSet => one.map((byte, at) => byte | (other[at] ?? 0));
export const subtract = (one: SlotSet, other: SlotSet): SlotSet => one.map((byte, at) => byte & ~(other[at] ?? 0));

const bitsOf = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll('0', '').length);

export const count = (set: SlotSet): number => set.reduce((sum, byte) => sum + (bitsOf[byte] ?? 0), 0);

/** The slots of a set, in order. */
export function slotsOf(set: SlotSet): number[] {
  const slots: number[] = [];
  for (let at = 0; at < set.length; at += 1) {
    const byte = set[at] ?? 0;
    for (let bit = 0; byte !== 0 && bit < 8; bit += 1) if ((byte & (128 >> bit)) !== 0) slots.push(at * 8 + bit);
  }
  return slots;
}
