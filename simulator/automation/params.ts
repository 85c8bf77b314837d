// What a client sends with a method of the protocol; each method reads its own.
export type Params = Record<string, unknown>
