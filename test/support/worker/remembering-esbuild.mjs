// esbuild that gives the same answer to the same question without working again: every file of a browser compiles the same app and the same runtime.
import * as esbuild from 'esbuild'

/** by what was asked; of a run, in which sources stand still */
const answers = new Map()

function once(key, ask) {
  const known = answers.get(key)
  if (known !== undefined) return known
  const answer = ask()
  answers.set(key, answer)
  answer.catch?.(() => answers.delete(key))
  return answer
}

/** esbuild asks for a RegExp of its own realm. */
const ofThisRealm = ({ name, setup }) => ({
  name,
  setup: build =>
    setup({
      ...build,
      onResolve: ({ filter, ...rest }, answer) => build.onResolve({ ...rest, filter: new RegExp(filter.source, filter.flags) }, answer),
      onLoad: ({ filter, ...rest }, answer) => build.onLoad({ ...rest, filter: new RegExp(filter.source, filter.flags) }, answer),
    }),
})

export const rememberingEsbuild = {
  transform: (text, options) => once(JSON.stringify(['transform', text, options]), () => esbuild.transform(text, options)),
  transformSync: (text, options) => once(JSON.stringify(['transformSync', text, options]), () => esbuild.transformSync(text, options)),
  build: options =>
    options.write === false && !options.plugins
      ? once(JSON.stringify(['build', options]), () => esbuild.build(options))
      : esbuild.build(options.plugins ? { ...options, plugins: options.plugins.map(ofThisRealm) } : options),
}
