import { readPubliccode } from './read-publiccode.js';
import { changed, complete, issuesOf, isValid, minimal, readText } from './testing/samples.js';

const errorsOf = (text: string) => issuesOf(text).filter((issue) => issue.startsWith('ERROR'));

it('reports no issue for the smallest valid file', () => {
  expect(issuesOf(minimal)).toEqual([]);
  expect(readText(minimal).record).toMatchObject({
    name: 'Sagsflow',
    applicationSuite: null,
    usedBy: [],
    organisation: null,
  });
});

it('keeps every value of the standard', () => {
  expect(issuesOf(complete)).toEqual([]);
  expect(readText(complete).record).toEqual({
    name: 'Sagsflow',
    applicationSuite: 'Fjordsuiten',
    url: 'https://github.com/Fjordby/Sagsflow',
    landingURL: 'https://sagsflow.example/om',
    isBasedOn: ['https://github.com/Aaby/Sag', 'https://git.example.org/sag'],
    softwareVersion: '3.10',
    releaseDate: '2026-02-28',
    logo: 'img/logo.svg',
    platforms: ['web'],
    categories: ['workflow-management', 'document-management'],
    usedBy: ['Fjordby Kommune', 'Aaby: Rådhuset', '# 1'],
    fundedBy: [
      { name: 'Region Fjord', uri: 'https://fjord.example' },
      { name: 'Puljen', uri: 'urn:x-dk:puljen' },
    ],
    roadmap: 'https://sagsflow.example/plan',
    developmentStatus: 'STABLE',
    softwareType: 'STANDALONE_WEB',
    supports: ['alias:gdpr', 'https://data.europa.eu/eli/reg/2016/679/oj'],
    organisation: { uri: 'urn:x-dk:fjordby', name: 'Fjordby Kommune' },
    intendedAudience: {
      countries: ['DK', 'FO'],
      unsupportedCountries: ['US'],
      scope: ['local-authorities', 'government'],
    },
    description: [
      {
        ...{
          language: 'da',
          localisedName: 'Sagsflow til alle',
          shortDescription: 'Følger en sag fra modtagelse til arkiv',
        },
        longDescription: 'Sagsflow samler alt, hvad der hører til en sag, på ét sted. '.repeat(3).trim(),
        ...{ documentation: null, apiDocumentation: null, screenshots: [], videos: [], awards: [] },
        features: ['Modtagelse: post og e-post', 'Frister', 'yes', '1.10', '2020-01-01'],
      },
      {
        ...{ language: 'en-GB', localisedName: null, shortDescription: 'Follows a case from arrival to archive' },
        longDescription: expect.stringContaining('First line:\n  indented, with "quotes"') as string,
        documentation: 'https://sagsflow.example/docs',
        apiDocumentation: 'https://sagsflow.example/api',
        features: [],
        screenshots: ['img/list of cases.png', 'https://sagsflow.example/a.png'],
        videos: ['https://vimeo.com/1'],
        awards: ['Best form 2025'],
      },
    ],
    legal: { license: 'EUPL-1.2 OR MIT', mainCopyrightOwner: 'Fjordby Kommune' },
    maintenance: {
      type: 'CONTRACT',
      contractors: [{ name: 'Havnens Data ApS', until: '2031-12-31', website: 'https://havnensdata.example' }],
    },
    localisation: { localisationReady: true, availableLanguages: ['da'] },
    dependsOn: {
      open: [{ name: 'PostgreSQL', versionMin: '14.0', versionMax: '18', version: null, optional: false }],
      proprietary: [{ name: 'Archivex', versionMin: null, versionMax: null, version: '7', optional: true }],
      hardware: [{ name: 'Scanner', versionMin: null, versionMax: null, version: null, optional: null }],
    },
  });
});

it.each(['"0"', '"0.2.2"', '"0.3"', '"0.4.0"', '"0.5"', '"0.6"', '"0.7.0"'])('reads version %s', (version) => {
  expect(issuesOf(changed('"0.7"', version))).toEqual([]);
});

it.each(['"0.1"', '"1.0-rc"', '"1"'])('reads version %s, which the standard’s parser rejects', (version) => {
  const text = changed('"0.7"', version);
  expect(issuesOf(text)).toEqual(['INFO publiccodeYmlVersion other-version']);
  expect([readText(text).record?.name, isValid(text)]).toEqual(['Sagsflow', false]);
});

it.each([
  ['an unknown version', '"0.7"', '"0.9"', ['WARNING publiccodeYmlVersion unknown-version']],
  ['a version that is a number', '"0.7"', '0.7', ['WARNING publiccodeYmlVersion version-not-text']],
  ['no version', 'publiccodeYmlVersion: "0.7"', '', ['ERROR publiccodeYmlVersion missing']],
  ['no platforms', 'platforms: [web]', '', ['ERROR platforms missing']],
  ['one platform', 'platforms: [web]', 'platforms: web', ['WARNING platforms not-a-list']],
  ['an unknown category', 'platforms', 'categories: [own, hr]\nplatforms', ['ERROR categories[0] unknown-value']],
  ['a wrong date', 'platforms', 'releaseDate: 2021-31-08\nplatforms', ['ERROR releaseDate bad-date']],
  ['a script', 'platforms', 'landingURL: javascript:alert(1)\nplatforms', ['ERROR landingURL unsafe-url']],
  ['an unknown key', 'platforms', 'downloads: x\nplatforms', ['INFO downloads unknown-key']],
  ['a deprecated key', 'platforms', 'inputTypes: [text/plain]\nplatforms', ['INFO inputTypes deprecated-key']],
  ['the section of a country', 'platforms', 'nl: {a: b}\nplatforms', ['INFO nl country-section']],
  ['a key in another case', 'platforms: [web]', 'Platforms: [web]', ['WARNING Platforms key-case']],
  [
    'countries in lower case',
    'legal:',
    'intendedAudience: {countries: [dk]}\nlegal:',
    ['WARNING intendedAudience.countries[0] country-case'],
  ],
])('reports %s', (_what, from, to, issues) => {
  expect(issuesOf(changed(from, to))).toEqual(issues);
});

it('reads the keys of version 0.1 under their current names', () => {
  const text = `publiccode-yaml-version: "http://w3id.org/publiccode/version/0.1"
tags: [content-management, museum]
intendedAudience: {onlyFor: [cities, education]}
description:
  ita: {shortDescription: Gestisce le pratiche, featureList: [Archivio]}
it: {spid: yes, conforme: {privacy: yes}, riuso: {codiceIPA: C_H501}}
${minimal.replace(/publiccodeYmlVersion.*\n/, '').replace(/description:[^]*legal:/, 'legal:')}`;
  const { record } = readText(text);
  expect(record).toMatchObject({
    categories: ['content-management'],
    intendedAudience: { scope: ['education'] },
    description: [{ language: 'it', features: ['Archivio'] }],
    organisation: { uri: 'urn:x-italian-pa:c_h501' },
    supports: ['alias:gdpr', 'alias:spid'],
  });
  expect(errorsOf(text)).toEqual([
    'ERROR description.it.longDescription missing',
    'ERROR categories[1] unknown-value',
    'ERROR intendedAudience.scope[0] unknown-value',
  ]);
});

describe('readPubliccode with a repository', () => {
  it.each(['https://github.com/fjordby/sagsflow.git', 'git@github.com:Fjordby/Sagsflow.git', 'no address at all'])(
    'accepts %s',
    (own) => {
      expect(issuesOf(minimal, own)).toEqual([]);
    },
  );
  it('reports that the file names another repository', () => {
    expect(issuesOf(minimal, 'https://github.com/aaby/sagsflow')).toEqual(['WARNING url other-repository']);
  });
});

describe('readPubliccode without a name', () => {
  it('uses the localised name of a language', () => {
    const text = changed('name: Sagsflow\n', '').replace('  da:\n', '  da:\n    localisedName: Sagsflow til alle\n');
    expect(readText(text).record?.name).toBe('Sagsflow til alle');
    expect(issuesOf(text)).toEqual(['ERROR name missing']);
  });
  it('uses the name of the repository if there is no localised name', () => {
    expect(readText(changed('name: Sagsflow\n', '')).record?.name).toBe('sagsflow');
    const nowhere = changed('name: Sagsflow\n', '').replace(/url.*\n/, '');
    expect(readText(nowhere, 'https://github.com/fjordby/own').record?.name).toBe('own');
    expect(readText(nowhere).record).toBeNull();
  });
});

/** A kind of violation each; the test files of publiccode-parser-go have all of them (`reference-files.test.ts`). */
it.each([
  ['a key that is not in the standard', 'platforms', 'foo: bar\nplatforms', false],
  ['a section of another country', 'platforms', 'NL: {}\nplatforms', false],
  ['a key in another case', 'name: S', 'Name: S', false],
  ['a number instead of a text', 'platforms', 'softwareVersion: 1.10\nplatforms', true],
  ['a list instead of a text', 'platforms', 'softwareVersion: []\nplatforms', false],
  ['a text instead of a list', 'platforms', 'usedBy: foo\nplatforms', false],
  ['an empty section instead of a list', 'platforms', 'usedBy: {}\nplatforms', false],
  ['an empty text instead of a section', 'platforms', 'dependsOn: ""\nplatforms', false],
  ['an empty address', 'platforms', 'roadmap: ""\nplatforms', false],
  ['an empty category', 'platforms', "categories: ['']\nplatforms", false],
  ['nothing as a dependency', 'platforms', 'dependsOn: {open: [null]}\nplatforms', false],
  ['an empty user', 'platforms', "usedBy: ['']\nplatforms", true],
  ['an empty version', 'platforms', 'softwareVersion: ""\nplatforms', true],
  ['nothing as a value', 'platforms', 'roadmap:\ncategories:\ndependsOn:\nplatforms', true],
  ['a boolean of YAML 1.1', 'localisationReady: true', 'localisationReady: yes', false],
  ['a date with a time', 'platforms', 'releaseDate: 2024-01-02T00:00:00.000Z\nplatforms', false],
  ['a date in the future', 'platforms', 'releaseDate: 2999-01-02\nplatforms', true],
  ['a logo of another type', 'platforms', 'logo: a.jpg\nplatforms', false],
  ['a deprecated logo of another type', 'platforms', 'monochromeLogo: a.jpg\nplatforms', false],
  ['a deprecated key', 'platforms', 'inputTypes: [text/plain]\nplatforms', true],
  ['no media type', 'platforms', 'inputTypes: [text]\nplatforms', false],
  ['countries in lower case', 'platforms', 'intendedAudience: {countries: [dk]}\nplatforms', true],
  ['a generic name', 'features', 'genericName: x\n    features', true],
  ['a generic name that is too long', 'features', `genericName: ${'x'.repeat(36)}\n    features`, false],
  ['a video elsewhere', 'features', 'videos: [https://a.example/v]\n    features', false],
  ['a screenshot of another type', 'features', 'screenshots: [a.svg]\n    features', false],
  ['a long feature', '[Modtagelse', `[${'x'.repeat(600)}`, true],
  ['150 categories', 'platforms', `categories: [${'hr, '.repeat(150)}]\nplatforms`, true],
  ['a licence in lower case', 'EUPL-1.2', 'eupl-1.2', true],
  ['a licence with an operator in lower case', 'EUPL-1.2', 'EUPL-1.2 or MIT', false],
  ['the licence by its name', 'EUPL-1.2', 'The MIT License', false],
  ['a contact without a name', 'type: none', 'type: none\n  contacts: [{email: a@b.example}]', false],
  ['a contact without an e-mail address', 'type: none', 'type: none\n  contacts: [{name: A, email: a}]', false],
  ['a contact', 'type: none', 'type: none\n  contacts: [{name: A, phone: 12, affiliation: B}]', true],
  ['a funder without name', 'platforms', 'fundedBy: [{uri: urn:x-dk:a}]\nplatforms', true],
  ['a funder without URI', 'platforms', 'fundedBy: [{name: a}]\nplatforms', false],
  ['a repository over ssh', 'https://github.com', 'ssh://git@github.com', true],
  ['a repository as git writes it', 'https://github.com/', 'git@github.com:', false],
  ['an unknown key in the Italian section', 'platforms', 'IT: {designKit: {}}\nplatforms', false],
  ['an Italian section of the last version', 'platforms', 'IT: {countryExtensionVersion: "1.0"}\nplatforms', true],
  ['an Italian section of another version', 'platforms', 'IT: {countryExtensionVersion: "2.0"}\nplatforms', false],
  ['a key twice', 'platforms', 'name: a\nplatforms', false],
  ['merge keys', '  da:\n', '  en: &en {shortDescription: a}\n  sv: {<<: *en, localisedName: b}\n  da:\n', true],
])('states whether a file with %s is valid by the standard', (_what, from, to, expected) => {
  expect(isValid(changed(from, to))).toBe(expected);
});

it('does not repeat what it reads about persons', () => {
  const { record, issues } = readText(
    changed('type: none', 'type: none\n  contacts: [{name: Ane Vig, email: at home, phone: 4711}]'),
  );
  expect(JSON.stringify([record, issues])).not.toMatch(/Ane Vig|at home|4711/);
});

it('states the line and the column of each issue', () => {
  const { issues } = readText(
    changed('platforms: [web]', 'roadmap: x\nplatforms: [web]').replace('  license: EUPL-1.2\n', ''),
  );
  expect(issues.map(({ path, line, column }) => [path, line, column])).toEqual([
    ['legal.license', 13, 1],
    ['roadmap', 4, 1],
  ]);
});

it('does not report what may follow a syntax error as missing', () => {
  const { record, issues, isValidByStandard, isComplete } = readText(changed('platforms: [web]', 'platforms: "web'));
  expect(issues.map(({ rule, line }) => [rule, line])).toEqual([['yaml-syntax', 4]]);
  expect([record?.name, record?.legal.license, isValidByStandard, isComplete]).toEqual([
    'Sagsflow',
    null,
    false,
    false,
  ]);
});

it.each([
  ['another YAML file', 'services:\n  web: {image: nginx}\n'],
  ['a list', '- name\n'],
  ['an empty file', ''],
  ['an HTML page', '<!DOCTYPE html><html><head><title>404: Not Found</title></head></html>'],
])('returns no record for %s', (_what, text) => {
  expect(readText(text).record).toBeNull();
  expect(errorsOf(text)).toContain('ERROR not-publiccode');
});

it('returns a record or an error for any bytes', () => {
  let seed = 20_261_123;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const original = Buffer.from(complete);
  for (let round = 0; round < 300; round += 1) {
    const bytes = Buffer.from(original);
    for (let change = random(20); change >= 0; change -= 1) bytes[random(bytes.length)] = random(256);
    const { record, issues } = readPubliccode(bytes.subarray(random(bytes.length / 4)));
    expect(record !== null || issues.some(({ severity }) => severity === 'ERROR')).toBe(true);
  }
});
