/** The countries whose organisations tests name: a country that is added to the list has no data at first. */
export const filledCountries = ['denmark', 'belgium', 'italy'] as const;
