/** Whether the last two digits of a ten-digit KBO/BCE number are right: 97 minus what the first eight leave when divided by 97. */
export const hasKboCheckDigits = (notation: string): boolean =>
  Number(notation.slice(8)) === 97 - (Number(notation.slice(0, 8)) % 97);
