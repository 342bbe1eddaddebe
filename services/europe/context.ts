/** Europe's routes need nothing but the question. */
export type Context = Record<string, never>;
