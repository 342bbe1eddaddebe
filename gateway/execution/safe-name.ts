/**
 * By what name a field is fetched. A client may call one `__proto__`; in an object of JavaScript that would be no field but
 * what it inherits.
 */
export const safeName = (name: string): string => (name === '__proto__' ? 'proto__' : name);

/** Sets a field of an answer by the name that the client gave it. */
export function setField(object: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__') Object.defineProperty(object, name, { value, enumerable: true });
  else object[name] = value;
}
