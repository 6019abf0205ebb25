/** Lets other requests of this process through: an await of what is there already would not. */
export const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
