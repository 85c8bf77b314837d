// Reads a Dockerfile as far as ours needs it (https://docs.docker.com/reference/dockerfile/): instructions with flags, shell or exec form, stages.
export interface Instruction {
  /** counted from 1 */
  line: number
  /** in capitals */
  name: string
  flags: Record<string, string>
  /** what stands behind the flags */
  text: string
  /** words of the exec form, or of the shell form split at spaces */
  words: string[]
}

export interface Stage {
  image: string
  name: string | null
  instructions: Instruction[]
}

/** @throws Error naming the line that is no instruction */
export function readDockerfile(text: string): Stage[] {
  const stages: Stage[] = []
  for (const instruction of instructionsOf(text)) {
    if (instruction.name === 'FROM') {
      const [image, as, name] = instruction.words
      stages.push({ image: image ?? '', name: as?.toUpperCase() === 'AS' ? (name ?? null) : null, instructions: [] })
    } else if (stages.length > 0) stages.at(-1)!.instructions.push(instruction)
    else if (instruction.name !== 'ARG') throw new Error(`Dockerfile:${instruction.line}: ${instruction.name} stands before FROM`)
  }
  if (stages.length === 0) throw new Error('Dockerfile: has no FROM')
  return stages
}

function* instructionsOf(text: string): Generator<Instruction> {
  let begun: { line: number; text: string } | undefined
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    // a comment may stand within a continued instruction
    if (/^\s*(#|$)/.test(raw)) continue
    begun = begun ? { ...begun, text: `${begun.text} ${raw.trim()}` } : { line: index + 1, text: raw.trim() }
    if (begun.text.endsWith('\\')) begun.text = begun.text.slice(0, -1).trim()
    else {
      yield instructionIn(begun)
      begun = undefined
    }
  }
  if (begun) throw new Error(`Dockerfile:${begun.line}: ends in the middle of an instruction`)
}

const known = 'FROM ARG ENV WORKDIR COPY ADD RUN USER EXPOSE VOLUME LABEL HEALTHCHECK ENTRYPOINT CMD STOPSIGNAL SHELL'.split(' ')

function instructionIn({ line, text }: { line: number; text: string }): Instruction {
  const [, name = '', rest = ''] = /^([A-Za-z]+)\s+(.*)$/.exec(text) ?? []
  if (!known.includes(name.toUpperCase())) throw new Error(`Dockerfile:${line}: ${text.split(/\s/)[0]} is no instruction`)
  const flags: Record<string, string> = {}
  const behind = rest.replace(/^(--[a-z-]+(=\S+)?\s+)+/, given => {
    for (const [, key, value] of given.matchAll(/--([a-z-]+)(?:=(\S+))?/g)) flags[key!] = value ?? ''
    return ''
  })
  return { line, name: name.toUpperCase(), flags, text: behind, words: wordsOf(behind, line) }
}

function wordsOf(text: string, line: number): string[] {
  const exec = /(^|^CMD\s+)(\[.*\])$/.exec(text)?.[2]
  if (exec === undefined) return text.split(/\s+/)
  try {
    return JSON.parse(exec) as string[]
  } catch {
    throw new Error(`Dockerfile:${line}: ${exec} is not a list in JSON, docker would give it to a shell`)
  }
}

/** `A=1 B="2 3"` */
export function variablesOf({ text }: Instruction): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/([A-Za-z_]\w*)=("[^"]*"|\S*)/g)].map(([, name, value]) => [name!, value!.replace(/^"(.*)"$/, '$1')]),
  )
}

/**
 * Whether the build context has this file (.dockerignore: the last line that matches wins, `!` takes back what was left out; a line for a folder is
 * for all in it).
 */
export function isInContext(path: string, dockerignore: string): boolean {
  let inside = true
  for (const raw of dockerignore.split(/\r?\n/)) {
    const line = raw.trim()
    if (line === '' || line.startsWith('#')) continue
    const takesBack = line.startsWith('!')
    const pattern = (takesBack ? line.slice(1) : line).replace(/^\/|\/$/g, '')
    const source = pattern
      .split('/')
      .map(part =>
        part === '**'
          ? '**'
          : part
              .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
              .replaceAll('*', '[^/]*')
              .replaceAll('?', '[^/]'),
      )
      .join('/')
      .replaceAll('**/', '(?:.*/)?')
      .replaceAll('/**', '(?:/.*)?')
    if (new RegExp(`^${source}(?:/|$)`).test(path)) inside = takesBack
  }
  return inside
}
