import { hangMs } from '../../kit/testing/hang.js';
import { withoutSpaces, readName, splitName, withoutSmallWords } from './read-name.js';

it.each([
  ['Comune di Cava de’ Tirreni', 'MUNICIPALITY', 'cava de tirreni'],
  ['Comune della Spezia', 'MUNICIPALITY', 'spezia'],
  ['COMUNE DELL’AQUILA', 'MUNICIPALITY', 'aquila'],
  ['Città di Palestrina', 'MUNICIPALITY', 'palestrina'],
  ['Città di Castello', 'MUNICIPALITY', 'castello'],
  ['Città metropolitana di Roma Capitale', 'PROVINCE', 'roma capitale'],
  ['Provincia autonoma di Trento', 'PROVINCE', 'trento'],
  ['Regione Emilia-Romagna', 'REGION', 'emilia romagna'],
  ['Comunità Montana del Fortore', 'MOUNTAIN_COMMUNITY', 'fortore'],
  ['Unione dei Comuni Modenesi Area Nord', 'INTERMUNICIPAL_BODY', 'modenesi area nord'],
  ['Azienda USL di Bologna', 'HEALTH_BODY', 'bologna'],
  ['Københavns Kommune', 'MUNICIPALITY', 'kobenhavns'],
  ['Bornholms Regionskommune', 'MUNICIPALITY', 'bornholms'],
  ['Region Hovedstaden', 'REGION', 'hovedstaden'],
  ['Commune d’Andenne', 'MUNICIPALITY', 'andenne'],
  ['Ville de La Louvière', 'MUNICIPALITY', 'la louviere'],
  ['CPAS de La Louvière', 'SOCIAL_WELFARE_CENTRE', 'la louviere'],
  ['OCMW Gent', 'SOCIAL_WELFARE_CENTRE', 'gent'],
  ['Zone de police de Mons-Quévy', 'POLICE_ZONE', 'mons quevy'],
  ['Stad Antwerpen', 'MUNICIPALITY', 'antwerpen'],
  ['Gemeente ’s-Hertogenbosch', 'MUNICIPALITY', 's hertogenbosch'],
  ['Stadt Eupen', 'MUNICIPALITY', 'eupen'],
  ['Comune', null, 'comune'],
  ['Comunicare', null, 'comunicare'],
  ['Stadecken', null, 'stadecken'],
  ['Consiglio della Provincia autonoma di Trento', null, 'consiglio della provincia autonoma di trento'],
  ['Ærø', null, 'aero'],
])('reads %s as the kind %s and the name %s', (written, kind, name) => {
  expect(readName(written)).toMatchObject({ kind, name });
});

it.each([
  ['Comune di Modena – siti tematici', { name: 'Comune di Modena', detail: 'siti tematici' }],
  ['Comune di Livo (TN)', { name: 'Comune di Livo', detail: 'TN' }],
  ['UCMAN (Unione dei Comuni Modenesi Area Nord)', { name: 'Unione dei Comuni Modenesi Area Nord', detail: 'UCMAN' }],
  ['Lyngby-Taarbæk', null],
  ['Comune di Parma', null],
])('splits %s into %j', (written, parts) => {
  expect(splitName(written)).toEqual(parts);
});

it('reads hostile names in bounded time', () => {
  const started = Date.now();
  for (const text of [' - '.repeat(300_000), '('.repeat(300_000), 'comune di '.repeat(30_000)]) {
    splitName(text);
    readName(text);
  }
  expect(Date.now() - started).toBeLessThan(hangMs);
});

it('makes different spellings equal', () => {
  expect(withoutSpaces('sant ilario d enza')).toBe('santilariodenza');
  expect(withoutSmallWords('reggio nell emilia')).toBe('reggio emilia');
  expect(withoutSmallWords('di')).toBeNull();
});
