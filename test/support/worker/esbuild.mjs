export const { build, transform, transformSync } = globalThis.ofTheWorker.esbuild
