import { normalise } from './normalise.js';

describe('normalise', () => {
  it.each([
    ['Høje-Taastrup', 'hoje taastrup'],
    ['Ærø', 'aero'],
    ['  Aglié’ ', 'aglie'],
    ['Sant’Ilario d’Enza', 'sant ilario d enza'],
    ['Straße', 'strasse'],
    ['Duino Aurisina-Devin Nabrežina', 'duino aurisina devin nabrezina'],
    ['--', ''],
  ])('%s becomes %s', (text, expected) => {
    expect(normalise(text)).toBe(expected);
  });
});
