import { type ReadPubliccode, readPubliccode } from '../read-publiccode.js';
import { abbreviate } from '../rules.js';

/** The smallest valid file: the mandatory keys. */
export const minimal = `publiccodeYmlVersion: "0.7"
name: Sagsflow
url: https://github.com/Fjordby/Sagsflow
platforms: [web]
developmentStatus: stable
softwareType: standalone/web
description:
  da:
    shortDescription: Følger en sag fra modtagelse til arkiv
    longDescription: ${'Sagsflow samler alt, hvad der hører til en sag, på ét sted. '.repeat(3).trim()}
    features: [Modtagelse, Frister, Arkiv]
legal:
  license: EUPL-1.2
maintenance:
  type: none
localisation:
  localisationReady: true
  availableLanguages: [da]
`;

const english = `  en-GB:
    shortDescription: Follows a case from arrival to archive
    documentation: https://sagsflow.example/docs
    apiDocumentation: https://sagsflow.example/api
    screenshots: [img/list of cases.png, https://sagsflow.example/a.png]
    videos: [https://vimeo.com/1]
    awards: [Best form 2025]
    longDescription: |
      First line:
        indented, with "quotes", 'others' and a # sign

      - last line: ${'it goes on and on, '.repeat(6)}and ends
`;

const contract = `  type: contract
  contractors: [{name: Havnens Data ApS, until: "2031-12-31", website: https://havnensdata.example}]`;

/** Every key of version 0.7 at least once, and texts that YAML would read as other types. */
export const complete = `${minimal
  .replace('  type: none', contract)
  .replace('  license: EUPL-1.2', '  license: EUPL-1.2 OR MIT\n  mainCopyrightOwner: Fjordby Kommune')
  .replace('  da:\n', '  da:\n    localisedName: Sagsflow til alle\n')
  .replace('[Modtagelse, Frister, Arkiv]', '["Modtagelse: post og e-post", Frister, "yes", "1.10", "2020-01-01"]')
  .replace('legal:', `${english}legal:`)}applicationSuite: Fjordsuiten
landingURL: https://sagsflow.example/om
isBasedOn: [https://github.com/Aaby/Sag, https://git.example.org/sag]
softwareVersion: "3.10"
releaseDate: "2026-02-28"
logo: img/logo.svg
categories: [workflow-management, document-management]
usedBy: [Fjordby Kommune, "Aaby: Rådhuset", "# 1"]
fundedBy: [{name: Region Fjord, uri: https://fjord.example}, {name: Puljen, uri: urn:x-dk:puljen}]
roadmap: https://sagsflow.example/plan
supports: [{id: alias:gdpr}, {id: https://data.europa.eu/eli/reg/2016/679/oj}]
organisation: {uri: urn:x-dk:fjordby, name: Fjordby Kommune}
intendedAudience: {countries: [DK, FO], unsupportedCountries: [US], scope: [local-authorities, government]}
dependsOn:
  open: [{name: PostgreSQL, versionMin: "14.0", versionMax: "18", optional: false}]
  proprietary: [{name: Archivex, version: "7", optional: true}]
  hardware: [{name: Scanner}]
`;

export const readText = (text: string, repository?: string): ReadPubliccode =>
  readPubliccode(Buffer.from(text), repository === undefined ? {} : { repository });

/** Whether a text is valid by the standard. */
export const isValid = (text: string): boolean => readText(text).isValidByStandard;

/** The issues of a text, as `WARNING url other-repository`. */
export const issuesOf = (text: string, repository?: string): string[] =>
  readText(text, repository).issues.map(({ severity, path, rule }) => abbreviate(`${severity} ${path} ${rule}`, 200));

/** The minimal file with a replacement and added lines. */
export const changed = (from: string | RegExp, to: string, added = ''): string =>
  `${minimal.replace(from, to)}${added}`;
