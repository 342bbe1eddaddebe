import { InputError } from '../../kit/graphql/errors.js';

const maxItems = 100;

/** @throws InputError INVALID_ARGUMENT when more objects are requested than one field returns. */
export function requireFewItems(count: number, what: string): void {
  if (count > maxItems)
    throw new InputError(
      'INVALID_ARGUMENT',
      `You requested ${count} ${what}; at most ${maxItems} are allowed at once.`,
    );
}

/** Lets an item with invalid input fail by itself: it becomes null in the list, with an error at its index. */
export const rejectPerItem =
  <Item, Found>(find: (item: Item) => Found) =>
  (item: Item): Found | Promise<never> => {
    try {
      return find(item);
    } catch (error) {
      if (error instanceof InputError) return Promise.reject(error);
      throw error;
    }
  };
