import { quoted, type Report, type Rule } from './rules.js';
import { isEmpty, isList, isSection, pathTo, type YamlPath, type YamlSection, type YamlValue } from './values.js';

/** Where a value stands, and how to say what is wrong with it. */
export interface Location {
  readonly path: YamlPath;
  readonly issue: (rule: Rule, message: string) => void;
  /** The place of what stands under a key there, or at an index. */
  readonly at: (step: string | number) => Location;
}

export const locationAt = (path: YamlPath, report: Report): Location => ({
  path,
  issue: (rule, message) => {
    report(path, rule, message);
  },
  at: (step) => locationAt(pathTo(path, step), report),
});

/** Makes something of a value that is not empty; or says why it cannot, and gives null. */
export type Reader<T> = (value: YamlValue, place: Location) => T | null;

const nothing: YamlSection = new Map();

/** A section of a file. It knows which of its keys were asked for, and so which of them nobody knows. */
export class Section {
  readonly location: Location;
  readonly #values: YamlSection;
  /** What was found under the keys asked for, and the keys under which it was found. */
  readonly #found = new Map<string, YamlValue>();
  readonly #known = new Set<string>();
  readonly #missed = new Set<string>();

  constructor(values: YamlSection, place: Location) {
    this.#values = values;
    this.location = place;
  }

  /** What stands under a key; else under the same key in other letters, or under the name that it once had. */
  value(key: string, formerKey?: string): YamlValue {
    const before = this.#found.get(key);
    if (before !== undefined) return before;
    const written = this.#values.has(key) ? key : this.#otherwise(key, formerKey);
    if (written !== undefined) this.#known.add(written);
    const value = (written === undefined ? null : this.#values.get(written)) ?? null;
    this.#found.set(key, value);
    return value;
  }

  #otherwise(key: string, formerKey: string | undefined): string | undefined {
    const isMeant = (other: string) => other === formerKey || other.toLowerCase() === key.toLowerCase();
    const other = this.keys().find((candidate) => isMeant(candidate) && !this.#known.has(candidate));
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

  /** Reports the mandatory keys that say nothing. */
  requireKeys(...keys: readonly string[]): void {
    for (const key of keys.filter((candidate) => isEmpty(this.value(candidate)))) {
      this.issue(key, 'missing', 'is mandatory, and says nothing');
      this.#missed.add(key);
    }
  }

  /** What a reader makes of the value under a key. */
  read<T>(key: string, read: Reader<T>): T | null {
    const value = this.value(key);
    if (!isEmpty(value)) return read(value, this.location.at(key));
    if (value !== null && !this.#missed.has(key))
      this.issue(key, 'empty-value', 'is empty; leave the key out where nothing is known');
    return null;
  }

  /** The same for a text. That it is empty is no fault: editors write `version: ''`. */
  readText(key: string, read: Reader<string>): string | null {
    return isEmpty(this.value(key)) ? null : this.read(key, read);
  }

  /** What a reader makes of each item of a list, without repetitions. */
  readList<T>(key: string, read: Reader<T>, most: number, { allowOne = false, formerKey = '' } = {}): T[] {
    const value = this.value(key, formerKey);
    if (isEmpty(value)) return [];
    const place = this.location.at(key);
    if (!isList(value) && !allowOne) place.issue('not-a-list', 'is no list; its lines were taken for the items of one');
    const items = isList(value) ? value : toItems(value);
    if (items.length > most) place.issue('too-many', `has ${String(items.length)} items; ${String(most)} are kept`);
    const found = new Map<string, T>();
    for (const [index, item] of items.slice(0, most).entries()) {
      const itemPlace = isList(value) ? place.at(index) : place;
      const result = isEmpty(item) ? null : read(item, itemPlace);
      if (result === null) continue;
      const sameness = JSON.stringify(result);
      if (found.has(sameness)) itemPlace.issue('repeated-value', 'is in the list already');
      else found.set(sameness, result);
    }
    return [...found.values()];
  }

  /** The section under a key. An absent one is empty, so that what is mandatory in it is missed. */
  section(key: string): Section {
    const value = this.value(key);
    if (!isSection(value) && !isEmpty(value)) this.issue(key, 'wrong-type', 'is no section of keys; it is left out');
    return new Section(isSection(value) ? value : nothing, this.location.at(key));
  }

  /** Keys that the standard has or had, and of which nothing is made. */
  reportDeprecated(...keys: readonly string[]): void {
    for (const key of keys) {
      if (!isEmpty(this.value(key))) this.issue(key, 'deprecated-key', 'is deprecated; it is not kept');
    }
  }

  /** Reports the keys that nobody asked for. */
  reportUnknownKeys(): void {
    for (const key of this.keys().filter((candidate) => !this.#known.has(candidate))) {
      this.issue(key, 'unknown-key', 'is no key of the standard; it is not kept');
    }
  }
}

/** What stands where a list should: a text whose lines may begin with bullets. */
const toItems = (value: YamlValue): readonly YamlValue[] =>
  typeof value === 'string' ? value.split('\n').map((line) => line.replace(/^\s*[-*•]\s*/, '')) : [value];

/** Reads a section in a list of sections. A value alone is taken for what stands under its main key. */
export const sectionWith =
  <T>(mainKey: string, read: (section: Section) => T | null): Reader<T> =>
  (value, place) => {
    if (isList(value)) {
      place.issue('wrong-type', 'is a list, and no section of keys; it is left out');
      return null;
    }
    if (!isSection(value))
      place.issue('not-a-section', `is no section of keys; it was taken for its ${quoted(mainKey)}`);
    const section = new Section(isSection(value) ? value : new Map([[mainKey, value]]), place);
    const result = read(section);
    section.reportUnknownKeys();
    return result;
  };
