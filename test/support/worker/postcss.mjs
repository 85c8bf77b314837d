const { postcss } = globalThis.ofTheWorker

export default postcss
export const { CssSyntaxError } = postcss
