/**
 * Three made-up subgraphs with what makes a plan complicated: stubs of objects that another subgraph owns and that may not exist,
 * interfaces and unions over several subgraphs, `@requires` with arguments, shared types, fields that fail, and arguments of every
 * kind, which the values repeat.
 */

type Source = Readonly<Record<string, unknown>>;
type Arguments = Readonly<Record<string, unknown>>;
type Resolver = (source: Source, args: Arguments) => unknown;

/** Resolvers by type and field. */
export type Resolvers = Readonly<Record<string, Readonly<Record<string, Resolver>>>>;

export interface MadeUpSubgraph {
  readonly typeDefs: string;
  readonly resolvers: Resolvers;
  /** Finds an entity by its representation. */
  readonly references: Readonly<Record<string, (representation: Source) => Source | null>>;
}

const byKey = (key: string, items: readonly Source[]): ReadonlyMap<unknown, Source> =>
  new Map(items.map((item) => [item[key], item]));

const products = byKey('id', [
  { id: 'p1', name: 'Pump', weight: 3, status: 'PRODUCT', maker: 'm1' },
  { id: 'p2', name: null, weight: 5, status: null, maker: 'm2' },
  // Its maker does not exist.
  { id: 'p3', name: 'Pipe', weight: 7, status: 'NOTE', maker: 'm9' },
  { id: 'p4', name: 'Plug', weight: 11, status: 'MAKER', maker: null },
]);
const makers = byKey('ref', [
  { ref: 'm1', id: 'maker:1', founded: 1901, strict: 1, peers: ['m2', 'm9', 'm1'], products: ['p1', 'p3'] },
  { ref: 'm2', id: 'maker:2', founded: 1902, strict: null, peers: [], products: [] },
  { ref: 'm3', id: 'maker:3', founded: 1903, strict: 3, peers: ['m3'], products: ['p4', 'p2', 'p1'] },
]);
const shops = byKey('ref', [
  { ref: 's1', id: 'shop:1', open: true, stock: ['p2', 'p1'] },
  { ref: 's2', id: 'shop:2', open: null, stock: [] },
]);
const reviews: readonly Source[] = [
  { stars: 1, text: 'bad', author: 'm1', product: 'p1' },
  { stars: 5, text: null, author: 's2', product: 'p1' },
  { stars: 3, text: 'fine', author: null, product: 'p1' },
  // Its author does not exist.
  { stars: 4, text: 'good', author: 'm9', product: 'p2' },
  { stars: 2, text: 'so so', author: 's1', product: 'p4' },
];

/** Arguments as text, in any order. */
const toText = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

const take = (list: unknown, { first }: Arguments): unknown[] =>
  (list as unknown[]).slice(0, Math.max(0, Number(first)));
const asProducts = (ids: readonly unknown[]): unknown[] => ids.map((id) => products.get(id));
const priceOf = ({ weight }: Source, currency: unknown): number => Number(weight) * (currency === 'USD' ? 10 : 9);

/** A stub of an object that another subgraph owns, by its reference. */
const toStub = (ref: unknown): Source | null =>
  typeof ref === 'string' ? { __typename: ref.startsWith('s') ? 'Shop' : 'Maker', ref } : null;

/** The owner's object of a stub. Null: it does not exist. */
const findOwned = ({ ref }: Source): Source | null => makers.get(ref) ?? shops.get(ref) ?? null;

/** Of the subgraph that owns shops, and has stubs of makers. */
function toAuthor(ref: unknown): Source | null {
  const shop = shops.get(ref);
  return shop ? { __typename: 'Shop', ...shop } : (toStub(ref) ?? { __typename: 'Guest' });
}

const fail: Resolver = () => {
  throw new Error('This field always fails.');
};

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@external", "@requires", "@shareable", "@inaccessible"])';

const index: MadeUpSubgraph = {
  typeDefs: `${link}
    type Query {
      body(ref: ID = "m1"): Body
      bodies(refs: [ID!]! = ["m1", "s1", "m9"]): [Body]!
      product(id: ID! = "p1"): Product
      products(first: Int = 3, filter: Filter, after: Position): [Product!]
      found(kinds: [Kind!]! = [PRODUCT, NOTE, MAKER], first: Int! = 3): [Found]
      echo(int: Int = 7, float: Float, text: String = "none", flag: Boolean!, list: [[Int]], kind: Kind, filter: Filter): String
    }
    interface Body { ref: ID! @inaccessible }
    type Maker implements Body @key(fields: "ref") { ref: ID! @inaccessible }
    type Shop implements Body @key(fields: "ref") { ref: ID! @inaccessible }
    type Product @key(fields: "id") {
      id: ID!
      name: String
      price(currency: Currency = EUR): Int
      weight: Int!
      status: Kind
      maker: Maker
    }
    union Found = Product | Maker | Note
    type Note { text(length: Int = 3): String! note: Note constructor: Int id: String ref: Int }
    input Filter { name: String kinds: [Kind!] limits: [[Int]] nested: Filter flag: Boolean! = true }
    input Position { product: ID! shift: Int = 0 }
    enum Kind { PRODUCT NOTE MAKER }
    enum Currency { EUR USD }`,
  resolvers: {
    Query: {
      body: (_root, { ref }) => toStub(ref ?? null),
      bodies: (_root, { refs }) => (refs as readonly unknown[]).map(toStub),
      product: (_root, { id }) => products.get(id) ?? null,
      products: (_root, args) => (Number(args['first']) < 0 ? fail({}, {}) : take([...products.values()], args)),
      found: (_root, { kinds, first }) =>
        take(kinds, { first }).flatMap((kind) => {
          if (kind === 'PRODUCT') return [{ __typename: 'Product', ...products.get('p2') }, null];
          return kind === 'NOTE' ? [{ __typename: 'Note' }] : [toStub('m3'), toStub('m9')];
        }),
      echo: (_root, args) => toText(args),
    },
    Product: {
      price: (product, { currency }) => priceOf(product, currency),
      maker: ({ maker }) => toStub(maker),
    },
    Note: {
      text: (_note, { length }) => 'note'.slice(0, Number(length)),
      note: () => ({ __typename: 'Note' }),
      constructor: () => 8,
      id: () => 'an id',
      ref: () => 9,
    },
  },
  references: { Product: ({ id }) => products.get(id) ?? null },
};

const owners: MadeUpSubgraph = {
  typeDefs: `${link}
    interface Body { ref: ID! @inaccessible id: ID! label(language: String = "en"): String address: Address }
    type Maker implements Body @key(fields: "ref") {
      ref: ID! @inaccessible
      id: ID!
      label(language: String = "en"): String
      address: Address
      founded: Int!
      strict: Int!
      failing: Int
      peers(first: Int = 2): [Maker]
      products(first: Int! = 2): [Product!]!
    }
    type Address @shareable { street: String city(upper: Boolean = false): String! }
    type Product @key(fields: "id", resolvable: false) { id: ID! }`,
  resolvers: {
    Maker: {
      label: ({ id }, { language }) => `${String(id)} ${String(language)}`,
      address: ({ ref }) => (ref === 'm3' ? null : { street: ref, city: 'Gent' }),
      failing: fail,
      peers: ({ peers }, args) => take(peers, args).map((ref) => makers.get(ref) ?? null),
      products: ({ products: ids }, args) => asProducts(take(ids, args)),
    },
    Address: { city: ({ city }, { upper }) => (upper === true ? String(city).toUpperCase() : city) },
  },
  references: { Maker: ({ ref }) => makers.get(ref) ?? null },
};

const trade: MadeUpSubgraph = {
  typeDefs: `${link}
    interface Body { ref: ID! @inaccessible id: ID! label(language: String = "en"): String address: Address }
    type Shop implements Body @key(fields: "ref") {
      ref: ID! @inaccessible
      id: ID!
      label(language: String = "en"): String
      address: Address
      open: Boolean
      stock(first: Int = 5): [Product!]
    }
    type Address @shareable { street: String city(upper: Boolean = false): String! }
    type Maker @key(fields: "ref") { ref: ID! @inaccessible }
    type Product @key(fields: "id") {
      id: ID!
      weight: Int! @external
      price(currency: Currency = EUR): Int @external
      shipping(express: Boolean = false): Int @requires(fields: "weight")
      duty: Int @requires(fields: "price(currency: USD)")
      reviews(first: Int = 2): [Review!]
    }
    type Review { stars: Int! text: String author: Author! writer: Author product: Product }
    union Author = Maker | Shop | Guest
    type Guest { name: String toString: String id: Int }
    enum Currency { EUR USD }`,
  resolvers: {
    Shop: {
      label: ({ id }, { language }) => `${String(id)} ${String(language)}`,
      address: () => ({ street: null, city: 'Roma' }),
      stock: ({ stock }, args) => asProducts(take(stock, args)),
    },
    Address: { city: ({ city }, { upper }) => (upper === true ? String(city).toUpperCase() : city) },
    Product: {
      shipping: ({ weight }, { express }) => Number(weight) * (express === true ? 2 : 1),
      duty: ({ price }) => Number(price) / 10,
      reviews: ({ id }, args) =>
        take(
          reviews.filter(({ product }) => product === id),
          args,
        ),
    },
    Review: {
      author: ({ author }) => toAuthor(author),
      writer: ({ author }) => toAuthor(author),
      product: ({ product }) => ({ id: product }),
    },
    Guest: { name: () => 'a guest', toString: () => 'text', id: () => 4 },
  },
  references: {
    Shop: ({ ref }) => shops.get(ref) ?? null,
    Maker: ({ ref }) => ({ ref }),
    Product: (representation) => representation,
  },
};

/** The subgraphs by their names. */
export const madeUpSubgraphs: Readonly<Record<string, MadeUpSubgraph>> = { index, owners, trade };

/** The resolvers of the whole graph in one process: those of the subgraphs, with objects instead of stubs and representations. */
export function createWholeResolvers(): Resolvers {
  const whole: Record<string, Record<string, Resolver>> = {};
  for (const { resolvers } of [trade, owners, index])
    for (const [type, fields] of Object.entries(resolvers)) {
      const ofType = (whole[type] ??= Object.create(null) as Record<string, Resolver>);
      for (const [field, resolve] of Object.entries(fields))
        ofType[field] = (source, args) => toOwned(resolve(source, args));
    }
  const { Product: ofProduct, Review: ofReview } = whole;
  if (ofProduct && ofReview) {
    ofProduct['duty'] = (product) => Number(ofProduct['price']?.(product, { currency: 'USD' })) / 10;
    ofReview['product'] = ({ product }) => products.get(product) ?? null;
  }
  return whole;
}

/** Replaces stubs by the objects that their owners have. */
function toOwned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toOwned);
  const { __typename, ref } = (value ?? {}) as Source;
  if (__typename !== 'Maker' && __typename !== 'Shop') return value;
  const owned = findOwned({ ref });
  return owned && { __typename, ...owned };
}
