import { mapInSlices } from './map-in-slices.js';

it('values are mapped in their order, and other work runs in between if that takes long', async () => {
  let isOver = false;
  let turns = 0;
  const count = (): void => {
    turns += 1;
    if (!isOver) setImmediate(count);
  };
  setImmediate(count);
  const mapped = await mapInSlices([1, 2, 3, 4], (value) => {
    const end = performance.now() + 3;
    while (performance.now() < end);
    return value * 10;
  });
  isOver = true;
  expect(mapped).toEqual([10, 20, 30, 40]);
  expect(turns).toBeGreaterThanOrEqual(3);
});
