/** The path of a value: `description.it.features[2]`. */
export type YamlPath = string;

/** A number as written in the file: as a version, `1.10` differs from 1.1. */
interface YamlNumber {
  readonly written: string;
}

/** A value of a YAML document, independent of the parser: scalars, lists and sections. */
export type YamlValue = null | boolean | string | YamlNumber | readonly YamlValue[] | YamlSection;
export type YamlSection = ReadonlyMap<string, YamlValue>;

export const isSection = (value: YamlValue): value is YamlSection => value instanceof Map;
export const isList = (value: YamlValue): value is readonly YamlValue[] => Array.isArray(value);
export const isNumber = (value: YamlValue): value is YamlNumber =>
  typeof value === 'object' && value !== null && !isSection(value) && !isList(value);

/** Whether a value is empty: `key:`, `key: ''`, `key: []` or a missing key. */
export const isEmpty = (value: YamlValue | undefined): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === 'string' && value.trim() === '') ||
  (isList(value) && value.length === 0) ||
  (isSection(value) && value.size === 0);

/** The path of the value under a key, or at an index of a list. */
export const pathTo = (path: YamlPath, step: string | number): YamlPath =>
  typeof step === 'number' ? `${path}[${String(step)}]` : path === '' ? step : `${path}.${step}`;
