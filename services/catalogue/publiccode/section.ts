import { quoted, type Report, type Rule } from './rules.js';
import { isEmpty, isList, isSection, pathTo, type YamlPath, type YamlSection, type YamlValue } from './values.js';

/** The location of a value, and how to report an issue with it. */
export interface Location {
  readonly path: YamlPath;
  readonly issue: (rule: Rule, message: string) => void;
  /** The location of the value under a key, or at an index. */
  readonly at: (step: string | number) => Location;
}

export const locationAt = (path: YamlPath, report: Report): Location => ({
  path,
  issue: (rule, message) => {
    report(path, rule, message);
  },
  at: (step) => locationAt(pathTo(path, step), report),
});

/** Converts a value that is not empty; reports an issue and returns null if it cannot. */
export type Reader<T> = (value: YamlValue, location: Location) => T | null;

const nothing: YamlSection = new Map();

/** A section of a file. It records which of its keys were read, so that the other ones can be reported. */
export class Section {
  readonly location: Location;
  readonly #values: YamlSection;
  /** The values that were read, by key. */
  readonly #valuesByKey = new Map<string, YamlValue>();
  readonly #readKeys = new Set<string>();
  readonly #missing = new Set<string>();

  constructor(values: YamlSection, location: Location) {
    this.#values = values;
    this.location = location;
  }

  /** The value under a key; else under the same key in another case, or under its former name. */
  value(key: string, formerKey?: string): YamlValue {
    const cached = this.#valuesByKey.get(key);
    if (cached !== undefined) return cached;
    const written = this.#values.has(key) ? key : this.#findOtherSpelling(key, formerKey);
    if (written !== undefined) this.#readKeys.add(written);
    const value = (written === undefined ? null : this.#values.get(written)) ?? null;
    this.#valuesByKey.set(key, value);
    return value;
  }

  #findOtherSpelling(key: string, formerKey: string | undefined): string | undefined {
    const isMeant = (other: string) => other === formerKey || other.toLowerCase() === key.toLowerCase();
    const other = this.keys().find((candidate) => isMeant(candidate) && !this.#readKeys.has(candidate));
    if (other !== undefined) {
      this.issue(other, other === formerKey ? 'renamed-key' : 'key-case', `is ${quoted(key)} in the standard`);
    }
    return other;
  }

  keys(): string[] {
    return [...this.#values.keys()];
  }

  issue(key: string, rule: Rule, message: string): void {
    this.location.at(key).issue(rule, message);
  }

  /** Reports mandatory keys without a value. */
  requireKeys(...keys: readonly string[]): void {
    for (const key of keys.filter((candidate) => isEmpty(this.value(candidate)))) {
      this.issue(key, 'missing', 'is mandatory, but missing or empty');
      this.#missing.add(key);
    }
  }

  /** Reads the value under a key. */
  read<T>(key: string, read: Reader<T>): T | null {
    const value = this.value(key);
    if (!isEmpty(value)) return read(value, this.location.at(key));
    if (value === null || this.#missing.has(key)) return null;
    if (typeof value === 'string') this.issue(key, 'empty-value', 'is empty; omit the key if the value is unknown');
    else this.issue(key, 'wrong-type', 'is a list or a section, and must be a single value');
    return null;
  }

  /** Reads a text. An empty one is not an issue: publiccode editors write `version: ''`. */
  readText(key: string, read: Reader<string>): string | null {
    const value = this.value(key);
    return typeof value === 'string' && isEmpty(value) ? null : this.read(key, read);
  }

  /** Reads each item of a list, without duplicates. An empty text is not an issue if the standard allows any text. */
  readList<T>(
    key: string,
    read: Reader<T>,
    maxItems: number,
    { allowOne = false, allowEmptyTexts = false, formerKey = '' } = {},
  ): T[] {
    const value = this.value(key, formerKey);
    if (isEmpty(value)) {
      if (value !== null && !isList(value) && !this.#missing.has(key)) this.issue(key, 'not-a-list', 'must be a list');
      return [];
    }
    const location = this.location.at(key);
    if (!isList(value) && !allowOne) location.issue('not-a-list', 'must be a list; its lines were read as items');
    const items = isList(value) ? value : toItems(value);
    if (items.length > maxItems) {
      const limit = `${String(maxItems)} are kept, the limit of this catalogue`;
      location.issue('over-limit', `has ${String(items.length)} items; ${limit}`);
    }
    const found = new Map<string, T>();
    for (const [index, item] of items.slice(0, maxItems).entries()) {
      const itemLocation = isList(value) ? location.at(index) : location;
      if (isEmpty(item)) {
        // Of the lines of a text, the last one is often empty.
        const isAllowed = !isList(value) || (allowEmptyTexts && (item === null || typeof item === 'string'));
        if (!isAllowed) itemLocation.issue('empty-value', 'is empty; it is ignored');
        continue;
      }
      const result = read(item, itemLocation);
      if (result === null) continue;
      const itemKey = JSON.stringify(result);
      if (found.has(itemKey)) itemLocation.issue('repeated-value', 'is in the list already; it is ignored');
      else found.set(itemKey, result);
    }
    return [...found.values()];
  }

  /** The section under a key. A missing one counts as empty, so that its mandatory keys are reported. */
  section(key: string): Section {
    const value = this.value(key);
    if (!isSection(value) && value !== null && !this.#missing.has(key))
      this.issue(key, 'wrong-type', 'must be a section of keys; it is ignored');
    return new Section(isSection(value) ? value : nothing, this.location.at(key));
  }

  /** Reports a deprecated key, which is not kept, and what is wrong with its value. */
  checkDeprecated(key: string, check: (section: Section) => void): void {
    if (this.value(key) === null) return;
    this.issue(key, 'deprecated-key', 'is deprecated; it is not kept');
    check(this);
  }

  /** Reports keys of earlier versions, which the standard no longer has. */
  reportRemoved(...keys: readonly string[]): void {
    for (const key of keys) {
      if (this.value(key) !== null)
        this.issue(key, 'removed-key', 'is no longer a key of the standard; it is not kept');
    }
  }

  /** Reports the keys that were not read. */
  reportUnknownKeys(): void {
    for (const key of this.keys().filter((candidate) => !this.#readKeys.has(candidate))) {
      this.issue(key, 'unknown-key', 'is not a key of the standard; it is not kept');
    }
  }
}

/** The items of a value that should be a list: the lines of a text, which can begin with bullets. */
const toItems = (value: YamlValue): readonly YamlValue[] =>
  typeof value === 'string' ? value.split('\n').map((line) => line.replace(/^\s*[-*•]\s*/, '')) : [value];

/** Creates a reader of a section in a list of sections. A value instead of a section is read as the value of the main key. */
export const sectionWith =
  <T>(mainKey: string, read: (section: Section) => T | null): Reader<T> =>
  (value, location) => {
    if (isList(value)) {
      location.issue('wrong-type', 'is a list and must be a section of keys; it is ignored');
      return null;
    }
    if (!isSection(value))
      location.issue('not-a-section', `must be a section of keys; it was read as its ${quoted(mainKey)}`);
    const section = new Section(isSection(value) ? value : new Map([[mainKey, value]]), location);
    const result = read(section);
    section.reportUnknownKeys();
    return result;
  };
