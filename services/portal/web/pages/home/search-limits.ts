/** The longest text that the graph searches for. */
export const maxSearchLength = 100;
