export const { chromium } = globalThis.ofTheWorker
