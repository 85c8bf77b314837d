export const { newRsaKey } = globalThis.ofTheWorker
