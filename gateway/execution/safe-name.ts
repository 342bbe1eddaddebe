/**
 * Returns the name by which a field is fetched. A client may use the alias `__proto__`, which in a JavaScript object is the
 * prototype and not a property.
 */
export const safeName = (name: string): string => (name === '__proto__' ? 'proto__' : name);

/** Sets a field of a response by the name that the client chose. */
export function setField(object: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__') Object.defineProperty(object, name, { value, enumerable: true });
  else object[name] = value;
}
