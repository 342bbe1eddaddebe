import { nameKey, normalise, spellings } from './normalise.js';

describe('normalise', () => {
  it.each([
    ['Høje-Taastrup', 'hoje taastrup'],
    ['Ærø', 'aero'],
    ['  Aglié’ ', 'aglie'],
    ['Sant’Ilario d’Enza', 'sant ilario d enza'],
    ['Santʼ Ilario', 'sant ilario'],
    ['Straße', 'strasse'],
    ['Duino Aurisina-Devin Nabrežina', 'duino aurisina devin nabrezina'],
    ['Ħamrun', 'hamrun'],
    ['ΈΓΓΡΑΦΟΣ έγγραφος', 'εγγραφοσ εγγραφοσ'],
    ['--', ''],
  ])('turns %s into %s', (text, expected) => {
    expect(normalise(text)).toBe(expected);
  });

  it.each([
    ['a soft hyphen', 'Køben\u00adhavn', 'kobenhavn'],
    ['a zero-width space', 'Køben\u200bhavn', 'kobenhavn'],
    ['a zero-width joiner', 'Køben\u200dhavn', 'kobenhavn'],
    ['a word joiner', 'Køben\u2060havn', 'kobenhavn'],
    ['a byte-order mark', '\ufeffKøbenhavn', 'kobenhavn'],
    ['a mark of direction', '\u200eKøbenhavn\u200f', 'kobenhavn'],
    ['a variation selector', 'Køben\ufe0fhavn', 'kobenhavn'],
    ['a decomposed letter', 'Ko\u0308ln', 'koln'],
    ['a ligature', 'Oﬀiziell ﬁnanziert', 'offiziell finanziert'],
    ['a Dutch digraph', 'Ĳsselstein', 'ijsselstein'],
    ['full-width letters', 'ＯＳ２ｍｏ', 'os2mo'],
    ['mathematical letters', '𝐎𝐒𝟐', 'os2'],
    ['a superscript', 'm²', 'm2'],
    ['a no-break space', 'La\u00a0Louvière', 'la louviere'],
    ['a no-break hyphen', 'Mons\u2011Quévy', 'mons quevy'],
    ['a trade mark', 'Plone™ GeoNode℠', 'plone geonode'],
  ])('reads %s like plain letters', (_what, text, expected) => {
    expect(normalise(text)).toBe(expected);
    expect(normalise(normalise(text))).toBe(expected);
  });
});

describe('spellings', () => {
  it.each([
    ['Åbenrå', 'Aabenraa'],
    ['Åbenrå', 'A\u030abenra\u030a'],
    ['Åbenrå', 'Abenra'],
    ['Ålborg Kommune', 'Aalborg Kommune'],
    ['Tønder', 'Toender'],
    ['Tønder', 'Tonder'],
    ['Köln', 'Koeln'],
    ['Zürich', 'Zuerich'],
    ['Märkischer Kreis', 'Maerkischer Kreis'],
    ['Saint-Étienne', 'St-Etienne'],
    ['Sint-Niklaas', 'St.-Niklaas'],
    ['Sankt Vith', 'St. Vith'],
    ['Sankt Vith', 'Saint-Vith'],
    ['Sct. Jørgen', 'Sankt Joergen'],
    ['Sainte-Ode', 'Ste-Ode'],
    ['San Giovanni in Persiceto', 'S. Giovanni in Persiceto'],
    ['Sant’Ilario d’Enza', 'S.Ilario d’Enza'],
  ])('of %s and %s have one in common', (one, other) => {
    expect(spellings(one).filter((spelling) => spellings(other).includes(spelling))).not.toEqual([]);
    expect(spellings(one)).toContain(nameKey(one));
    // As a written name is compared with those of an organisation abroad.
    expect(spellings(one).some((spelling) => [nameKey(other), normalise(other)].includes(spelling))).toBe(true);
  });

  it.each([
    ['Saint-Étienne', 'Étienne'],
    ['Lunéville', 'Luneuville'],
    ['Boëge', 'Boge'],
    ['Stadt', 'Saint'],
  ])('of %s and %s have none in common', (one, other) => {
    expect(spellings(one).filter((spelling) => spellings(other).includes(spelling))).toEqual([]);
  });

  it('has the usual spelling first, and each once', () => {
    expect(spellings('Sankt Jørgen')).toEqual(['sankt jorgen', 'sankt joergen', 'st jorgen', 'st joergen']);
    expect(spellings('Parma')).toEqual(['parma']);
  });
});
