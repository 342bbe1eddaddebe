const weights = [2, 7, 6, 5, 4, 3, 2, 1];

/** Whether the check digit of an eight-digit CVR number is right: the weighted sum of its digits divides by eleven. */
export const hasCvrCheckDigit = (notation: string): boolean =>
  Array.from(notation).reduce((sum, digit, index) => sum + Number(digit) * (weights[index] ?? 0), 0) % 11 === 0;
