import { charactersOf } from './usual-bytes.js';
import type { ValueForm } from './value-form.js';

const capitals = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** The name of a code list: short enough for the ids of its codes. */
export const codeScheme: ValueForm = {
  allowed:
    'the name of a code list: a capital letter, then at most 38 capital letters, digits and underscores, such as "DK_KLE"',
  isValid: (text) => /^[A-Z][A-Z0-9_]{0,38}$/.test(text),
  isUsual: charactersOf(`${capitals}0123456789_`, { first: capitals, max: 39 }),
};

/** The maximum length of a code. */
export const maxNotationLength = 60;

/** The id of a topic of solutions. */
export const topicId: ValueForm = {
  allowed: 'the id of a topic such as "meeting-management"',
  isValid: (text) => text.length <= 80 && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text),
};
