/**
 * A limit for work that takes time in proportion to its input: it ends long before, on a busy machine too, while work that grows with
 * the square of such an input takes minutes.
 */
export const hangMs = 30_000;
