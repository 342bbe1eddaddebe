/** Something that waits in a `FairQueue`. */
export interface QueueItem {
  /** Who it is for. */
  readonly client: string;
  /** How much work it is, in any unit. */
  readonly size: number;
}

/** What waits for one client, the smallest first. */
interface Share<Item> {
  readonly items: Item[];
  /** Up to which point of the queue's time this client has been served. */
  startsAt: number;
}

/**
 * A queue in which each client gets an equal share of the work: self-clocked fair queueing. The queue's time is the amount of
 * work that each client may have received. An item is due when its client, having received all before, may receive it as well;
 * the item that is due first is next. So a small item of a client that has nothing else waiting precedes large ones, and
 * items of a client that sends many follow those of others.
 */
export class FairQueue<Item extends QueueItem> {
  readonly #shares = new Map<string, Share<Item>>();
  #time = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(item: Item): void {
    const share = this.#shares.get(item.client) ?? { items: [], startsAt: this.#time };
    this.#shares.set(item.client, share);
    const index = share.items.findIndex(({ size }) => size > item.size);
    share.items.splice(index === -1 ? share.items.length : index, 0, item);
    this.#length += 1;
  }

  /** Removes and returns the item that is next among those up to a size. */
  shift(maxSize = Infinity): Item | undefined {
    let next: { readonly share: Share<Item>; readonly item: Item; readonly dueAt: number } | undefined;
    for (const share of this.#shares.values()) {
      const [item] = share.items;
      const dueAt = share.startsAt + (item?.size ?? 0);
      if (item && item.size <= maxSize && (!next || dueAt < next.dueAt)) next = { share, item, dueAt };
    }
    if (!next) return undefined;
    next.share.startsAt = next.dueAt;
    this.#time = next.dueAt;
    this.remove(next.item);
    return next.item;
  }

  /** Removes the largest item of the client that has most of them. */
  dropLargest(): Item | undefined {
    let most: readonly Item[] = [];
    for (const { items } of this.#shares.values()) {
      const isLarger = items.length === most.length && (items.at(-1)?.size ?? 0) >= (most.at(-1)?.size ?? 0);
      if (items.length > most.length || isLarger) most = items;
    }
    const dropped = most.at(-1);
    if (dropped) this.remove(dropped);
    return dropped;
  }

  /** Removes and returns the items for which a condition holds. */
  removeWhere(condition: (item: Item) => boolean): Item[] {
    const removed = [...this.#shares.values()].flatMap(({ items }) => items.filter(condition));
    for (const item of removed) this.remove(item);
    return removed;
  }

  /** @returns whether it was waiting. */
  remove(item: Item): boolean {
    const share = this.#shares.get(item.client);
    const index = share?.items.indexOf(item) ?? -1;
    if (!share || index === -1) return false;
    share.items.splice(index, 1);
    if (share.items.length === 0) this.#shares.delete(item.client);
    this.#length -= 1;
    return true;
  }
}
