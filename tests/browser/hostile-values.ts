import {
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

import { countries } from '../../schema/values/countries.js';

/** What each script of a hostile value calls: a page in which one ran has this property. */
export const mark = 'hostileScriptRan';

const longText = 'x'.repeat(10_000);

/** What a catalogue may have in a text, whatever its author intended. */
export const hostileTexts = [
  `<script>window.${mark} = 1</script><img src=x onerror="window.${mark} = 1"><h1>Not a title</h1>`,
  `"' onmouseover='window.${mark} = 1' style='position:fixed;inset:0' --></script><style>*{display:none}</style>`,
  'before \u202eright to left\u202c \u2066isolated \u200f\u200b\ufeff after',
  longText,
  '👩🏽‍💻🏴󠁧󠁢󠁷󠁬󠁳󠁿 Z̴͎̈́a̵͔̒l̸̰͝g̵̰̈o̷͔̊ \u0000\u2028\u2029 {{ 1 + 1 }} ${1 + 1} %s {name, plural, other {#}}',
  `javascript:window.${mark} = 1`,
  ' ',
];

/** What a catalogue may have where an address belongs. */
export const hostileAddresses = [
  `javascript:window.${mark}=1`,
  ` jAvAsCrIpT:window.${mark}=1`,
  `java\nscript:window.${mark}=1`,
  `data:text/html,<script>window.${mark}=1</script>`,
  `vbscript:window.${mark}=1`,
  'https://example.org/"><img src=x onerror=alert(1)>',
  '//example.org/without-a-scheme',
  `https://example.org/${longText}`,
  'not an address',
];

/** What generated data is like. */
export interface HostileOptions {
  /** Shifts which value is where. */
  readonly offset: number;
  /** Whether everything that may be null is null, lists are empty, and numbers are 0. */
  readonly isEmpty?: boolean;
  /** Whether texts and addresses are ordinary, as those of a catalogue without hostile ones. */
  readonly isHarmless?: boolean;
}

/**
 * Resolves every field of any operation with a hostile value of its type: the same one for the same field. Lists have two items, and
 * objects of an interface take turns among its types.
 */
export function createHostileResolver(
  schema: GraphQLSchema,
  { offset, isEmpty = false, isHarmless = false }: HostileOptions,
): GraphQLFieldResolver<unknown, unknown, { readonly id?: unknown }> {
  const valueOf = (type: GraphQLOutputType, key: string): unknown => {
    if (isNonNullType(type)) return valueOf(type.ofType, key);
    if (isListType(type)) return isEmpty ? [] : [valueOf(type.ofType, `${key}.0`), valueOf(type.ofType, `${key}.1`)];
    const pick = <Value>(values: readonly Value[]): Value =>
      values[(hash(key) + offset) % values.length] ?? (values[0] as Value);
    if (isObjectType(type)) return { __typename: type.name };
    if (isAbstractType(type)) return { __typename: pick(schema.getPossibleTypes(type)).name };
    if (isEnumType(type)) return pick(type.getValues()).value;
    if (isHarmless && type.name === 'URL') return 'https://example.org/a';
    return pick<unknown>(scalars[type.name]?.(isEmpty) ?? (isHarmless ? ['Example'] : hostileTexts));
  };
  return (_source, { id }, _context, { fieldName, path, returnType }) => {
    const isRoot = path.prev === undefined;
    if (isEmpty && !isRoot && !isNonNullType(returnType)) return null;
    // An object that is requested by its id is what the id says: `dk:consortium:1`.
    const [, kind] = /^\w\w:([a-z]+)/.exec(String(id)) ?? [];
    if (isAbstractType(returnType) && kind !== undefined) {
      const type = schema.getPossibleTypes(returnType).find(({ name }) => name.toLowerCase().endsWith(kind));
      if (type) return { __typename: type.name };
    }
    return valueOf(returnType, keyOf(path, fieldName));
  };
}

const scalars: Readonly<Record<string, (isEmpty: boolean) => readonly unknown[]>> = {
  Int: (isEmpty) => (isEmpty ? [0] : [1_000_000_000, 0, 1]),
  Float: (isEmpty) => (isEmpty ? [0] : [1e15 + 0.123, 0, 1e-7]),
  Boolean: () => [true, false],
  Date: () => ['2017-08-07', '0001-01-01', '9999-12-31'],
  DateTime: () => ['2026-11-23T09:30:00Z'],
  Decimal: () => ['203435.5', '999999999999999.999'],
  CountryCode: () => countries.map(({ code }) => code),
  URL: () => hostileAddresses,
};

interface Path {
  readonly prev: Path | undefined;
  readonly key: string | number;
}

const keyOf = ({ prev, key }: Path, name: string): string => (prev ? `${keyOf(prev, '')}.${key}` : name);

/** FNV-1a: spreads similar texts. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return value;
}
