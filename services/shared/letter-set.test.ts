import { editDistance } from './edit-distance.js';
import { letterSet, mayBeWithin } from './letter-set.js';

it('excludes no word that is within the distance, and most that are not', () => {
  const words = [
    'riunioni',
    'riunoni',
    'reunion',
    'reunoin',
    'vergadering',
    'vergadring',
    'abcd',
    'abxd',
    'løn',
    'afløn',
  ];
  const pairs = words.flatMap((one) => words.map((other) => [one, other] as const));
  const may = pairs.filter(([one, other]) => mayBeWithin(letterSet(one), letterSet(other), 2));
  const are = pairs.filter(([one, other]) => editDistance(one, other, 2) <= 2);
  expect(may).toEqual(expect.arrayContaining(are));
  expect(may.length).toBeLessThan(pairs.length / 2);
});
