import { type GraphQLLeafType, isEnumType } from 'graphql';

import type { NumberRange } from '../../schema/values/field-forms.js';
import { scalarForms } from '../../schema/values/scalars.js';
import { type IsUsual, oneOf } from '../../schema/values/usual-bytes.js';
import { plainText, type ValueForm } from '../../schema/values/value-form.js';

/** Which values a field may have that are neither null, a list nor an object. */
export interface LeafRule {
  /** The allowed values in words, for messages. */
  readonly allowed: string;
  readonly isValid: (value: unknown) => boolean;
  /** As those of a `ValueForm`. */
  readonly plainLength?: number | undefined;
  readonly isUsual?: IsUsual | undefined;
}

/** What the contract states of a field beyond its type. */
export interface FieldForm {
  readonly text?: ValueForm | undefined;
  readonly range?: NumberRange | undefined;
}

/** The maximum length of texts of which the contract states none. */
const maxTextLength = 20_000;
const maxIdLength = 500;

const anyText = plainText(maxTextLength);
const anyId = plainText(maxIdLength);

/** Creates the rule of a field. A text or number is checked by one test, the most common check of all first. */
export function createLeafRule(type: GraphQLLeafType, { text, range }: FieldForm): LeafRule {
  if (isEnumType(type)) return createEnumRule(type.getValues().map(({ name }) => name));
  switch (type.name) {
    case 'String':
      return toTextRule(text ?? anyText);
    case 'ID':
      return text ? toTextRule(text) : idRule;
    case 'Boolean':
      return { allowed: 'true or false', isValid: (value) => typeof value === 'boolean' };
    case 'Int':
      return createNumberRule('an integer', (value) => (value | 0) === value, range ?? int32);
    case 'Float':
      return createNumberRule('a number', Number.isFinite, range);
    default:
      return Object.hasOwn(scalarForms, type.name)
        ? toTextRule(text ?? scalarForms[type.name as keyof typeof scalarForms])
        : otherScalarRule;
  }
}

const toTextRule = ({ allowed, isValid, plainLength, isUsual }: ValueForm): LeafRule => ({
  allowed,
  isValid: (value) => typeof value === 'string' && isValid(value),
  plainLength,
  isUsual,
});

/** A subgraph may return an id that is a number as one. */
const idRule: LeafRule = {
  allowed: anyId.allowed,
  isValid: (value) => (typeof value === 'string' ? anyId.isValid(value) : Number.isSafeInteger(value)),
  plainLength: anyId.plainLength,
};

/** The contract has no other scalars, but a country may. */
const otherScalarRule: LeafRule = {
  allowed: `${anyText.allowed}, a number, true or false`,
  isValid: (value) =>
    typeof value === 'string' ? anyText.isValid(value) : Number.isFinite(value) || typeof value === 'boolean',
};

const int32: NumberRange = { min: -2_147_483_648, max: 2_147_483_647 };

const createNumberRule = (
  kind: string,
  isOfKind: (value: number) => boolean,
  range: NumberRange | undefined,
): LeafRule =>
  range
    ? {
        allowed: `${kind} from ${range.min} to ${range.max}`,
        isValid: (value) => typeof value === 'number' && isOfKind(value) && value >= range.min && value <= range.max,
      }
    : { allowed: kind, isValid: (value) => typeof value === 'number' && isOfKind(value) };

/** The names that a message lists. */
const maxListedNames = 12;

function createEnumRule(names: readonly string[]): LeafRule {
  const allowed = new Set<unknown>(names);
  return {
    allowed: `one of ${names.slice(0, maxListedNames).join(', ')}${names.length > maxListedNames ? ', …' : ''}`,
    isValid: (value) => allowed.has(value),
    isUsual: oneOf(names),
  };
}
