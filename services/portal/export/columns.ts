import type { FieldNode, SelectionNode } from 'graphql';

import { fieldsOf, keyOf } from '../lists/list-operation.js';
import { projectLanguages } from './languages.js';

/** A column of a table: its name, and its text for an item. */
export interface Column {
  readonly name: string;
  readonly read: (item: unknown) => string;
  /** The keys that lead to its value. */
  readonly path: readonly string[];
  /** Creates what reads the value behind so many of the keys. */
  readonly readBehind: (keys: number) => (value: unknown) => string;
}

const createColumn = (name: string, path: readonly string[], toText: (value: unknown) => string): Column => {
  const readBehind = (keys: number): ((value: unknown) => string) => {
    const valuesOf = compilePath(path.slice(keys));
    return (value) => toText(valuesOf(value));
  };
  return { name, path, readBehind, read: readBehind(0) };
};

/** Between the values of a list in one cell. */
const separator = ' | ';

/**
 * The columns of what is selected of an item, in the order of the operation: one for each field without a selection, named by the
 * keys that lead to it (`provenance.source`). Values of a list are joined. Texts in several languages have a column per language.
 */
export function toColumns(selections: readonly SelectionNode[], prefix: readonly string[] = []): Column[] {
  return groupByKey(selections).flatMap(([key, fields]): Column[] => {
    const path = [...prefix, key];
    const inner = fields.flatMap(({ selectionSet }) => selectionSet?.selections ?? []);
    if (inner.length === 0) return [createColumn(path.join('.'), path, toText)];
    return isLocalised(inner) ? toLanguageColumns(path) : toColumns(inner, path);
  });
}

/** A field may be selected in several fragments. */
function groupByKey(selections: readonly SelectionNode[]): [string, FieldNode[]][] {
  const groups = new Map<string, FieldNode[]>();
  for (const field of fieldsOf(selections)) groups.set(keyOf(field), [...(groups.get(keyOf(field)) ?? []), field]);
  return [...groups];
}

/** `LocalisedText`, as it is selected without aliases. */
const isLocalised = (selections: readonly SelectionNode[]): boolean =>
  fieldsOf(selections).map(keyOf).sort().join() === 'language,text';

interface LocalisedText {
  readonly language: string;
  readonly text: string;
}

/** A column for each language that the catalogues have, and one for all others: which columns there are depends on no row. */
const toLanguageColumns = (path: readonly string[]): Column[] => {
  const texts = (value: unknown, isWanted: (language: string) => boolean): LocalisedText[] =>
    ([value].flat(Infinity) as LocalisedText[]).filter(
      (localised) => (localised as LocalisedText | null) !== null && isWanted(localised.language),
    );
  const name = path.join('.');
  return [
    ...projectLanguages.map((language) =>
      createColumn(`${name}.${language}`, path, (value) =>
        texts(value, (found) => found === language)
          .map(({ text }) => text)
          .join(separator),
      ),
    ),
    createColumn(`${name}.other`, path, (value) =>
      texts(value, (found) => !projectLanguages.includes(found))
        .map(({ language, text }) => `${language}: ${text}`)
        .join(separator),
    ),
  ];
};

/** Creates what reads the value at a path, or those in the lists on the way. */
const compilePath = (path: readonly string[]): ((value: unknown) => unknown) =>
  path.reduceRight<(value: unknown) => unknown>(
    (readRest, key) => {
      const read = (value: unknown): unknown => {
        if (value === null || value === undefined) return value;
        return Array.isArray(value) ? value.map(read) : readRest((value as Record<string, unknown>)[key]);
      };
      return read;
    },
    (value) => value,
  );

/** The text of a cell. Columns of one list have as many values each, so that they can be matched; missing ones are empty. */
function toText(value: unknown): string {
  if (!Array.isArray(value)) return toScalar(value);
  if (value.length === 0) return '';
  const texts = (value.flat(Infinity) as unknown[]).map((element) => toScalar(element).replaceAll('|', '\\|'));
  return texts.every((text) => text === '') ? '' : texts.join(separator);
}

const toScalar = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
};
