type Factories<Input extends readonly unknown[]> = Readonly<Record<string, (...input: Input) => unknown>>;

/** An object with what each factory makes. */
type Made<Of> = {
  readonly [Name in keyof Of]: Of[Name] extends (...input: never[]) => infer Value ? Value : never;
};

/**
 * Creates objects whose properties are made when they are first read. A request uses few of the many loaders and repositories that it
 * could use.
 *
 *     const createLoaders = lazyObjects<[Repositories]>()({ organisation: ({ organisations }) => createRowLoader(…), … });
 */
export const lazyObjects =
  <Input extends readonly unknown[]>() =>
  <Of extends Factories<Input>>(factories: Of): ((...input: Input) => Made<Of>) => {
    class Lazy {
      readonly input: Input;
      constructor(input: Input) {
        this.input = input;
      }
    }
    for (const [name, make] of Object.entries(factories))
      Object.defineProperty(Lazy.prototype, name, {
        get(this: Lazy) {
          const value = make(...this.input);
          Object.defineProperty(this, name, { value });
          return value;
        },
      });
    return (...input) => new Lazy(input) as unknown as Made<Of>;
  };
