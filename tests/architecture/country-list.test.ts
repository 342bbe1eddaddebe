import { readdirSync } from 'node:fs';

import { memberStates } from '../../cli/new-country/member-states.js';
import { projectPath, readProjectFile } from '../../schema/files.js';
import { countries } from '../../schema/values/countries.js';
import { filledCountries } from '../support/filled-countries.js';

// A country is added by one command. Tests of other parts do not change, so they derive the list from schema/values/countries.ts, name
// the countries that have data by `filledCountries`, and give a country that does not exist a name and code that none can have.

const separator = String.raw`['"]?(?:: ?[\w'"]+)?,\s*['"]?`;
/** The countries one after the other, as in `denmark, belgium, italy`, `['DK', 'BE', 'IT']` or `{ denmark: 1, belgium: 1, italy: 1 }`. */
const wholeList = new RegExp(
  [filledCountries, ['DENMARK', 'BELGIUM', 'ITALY'], ['DK', 'BE', 'IT']]
    .map((names) => names.join(separator))
    .join('|'),
);
const absent = memberStates.filter(({ code }) => countries.every((country) => country.code !== code));
/** An organisation, a municipality, an argument or a field of a country that may be added. */
const otherCountry = new RegExp(
  [
    `'(${absent.map(({ code }) => code).join('|')})_\\d`,
    `\\b(${absent.map(({ code }) => code.toLowerCase()).join('|')}):(administration|consortium|catalogue)`,
    `\\['(${absent.map(({ name }) => name.toLowerCase()).join('|')})'\\]`,
    `\\{ (${absent.map(({ name }) => name.toLowerCase()).join('|')})\\b`,
  ].join('|'),
);

/** Folders whose tests make up their graph, as those of `services/europe` do; and the tests of this file. */
const madeUp = /^(?:bench\/gateways|gateway\/execution|tests\/architecture)\//;
const sources = ['bench', 'cli', 'gateway', 'services/portal', 'tests']
  .flatMap((folder) =>
    readdirSync(projectPath(folder), { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path}`),
  )
  .filter((path) => path.endsWith('.ts') && !madeUp.test(path));

/** The lines of files that match. A comparison with a part of a value holds for a longer list too. */
const linesOf = (pattern: RegExp): string[] =>
  sources.flatMap((path) =>
    readProjectFile(path)
      .split('\n')
      .filter((line) => pattern.test(line) && !/toMatchObject|filledCountries/.test(line))
      .map((line) => `${path}: ${line.trim()}`),
  );

it('recognises lists of all countries, and countries that may be added', () => {
  for (const text of [
    `of denmark, belgium, italy.`,
    `['DK', 'BE', 'IT']`,
    `{ denmark: 1, belgium: 1, italy: each(2) }`,
  ])
    expect([text, wholeList.test(text)]).toEqual([text, true]);
  const [{ code, name } = { code: '', name: '' }] = absent;
  for (const text of [
    `'${code.toLowerCase()}:administration:1'`,
    `'${code}_75056'`,
    `run(['${name.toLowerCase()}'])`,
    `{ ${name.toLowerCase()} { id } }`,
  ])
    expect([text, otherCountry.test(text)]).toEqual([text, true]);
});

it('files outside of the catalogues and the index do not write the list of countries again', () => {
  expect(linesOf(wholeList)).toEqual([]);
});

it('files outside of the catalogues and the index do not rely on the absence of a country that may be added', () => {
  expect(linesOf(otherCountry)).toEqual([]);
});
